import { errorColors } from './colors.js';

/** What a run did. */
export interface RunSummary {
  readonly events: number;
  readonly rules: number;
  readonly broken: number;
  readonly alerts: number;
  readonly elapsedMs: number;
}

/** One line for the end of a run. */
export function renderSummary({ events, rules, broken, alerts, elapsedMs }: RunSummary): string {
  const perSecond = Math.round(events / Math.max(elapsedMs / 1000, 0.001));
  const parts = [
    count(events, 'event') + ' read',
    count(rules, 'rule') + ' run',
    ...(broken === 0 ? [] : [errorColors.red(count(broken, 'rule') + ' broken')]),
    errorColors.bold(count(alerts, 'alert')),
    `${perSecond.toLocaleString('en-US')} events/s`,
  ];
  return parts.join(' · ');
}

function count(value: number, noun: string): string {
  return `${value.toLocaleString('en-US')} ${noun}${value === 1 ? '' : 's'}`;
}
