import { errorColors } from './colors.js';
import { countOf } from './count-of.js';

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
    countOf(events, 'event') + ' read',
    countOf(rules, 'rule') + ' run',
    ...(broken === 0 ? [] : [errorColors.red(countOf(broken, 'rule') + ' broken')]),
    errorColors.bold(countOf(alerts, 'alert')),
    `${perSecond.toLocaleString('en-US')} events/s`,
  ];
  return parts.join(' · ');
}
