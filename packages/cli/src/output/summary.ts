import { errorColors } from './colors.js';
import { countOf } from './count-of.js';

/** The speed over fewer events says nothing. */
const LEAST_EVENTS = 100;

/** What a run did. */
export interface RunSummary {
  readonly events: number;
  readonly rules: number;
  readonly broken: number;
  readonly alerts: number;
  /** From the first event that was read to the last alert. */
  readonly elapsedMs: number;
}

/** One line for the end of a run. */
export function renderSummary({ events, rules, broken, alerts, elapsedMs }: RunSummary): string {
  const seconds = elapsedMs / 1000;
  const parts = [
    countOf(events, 'event') + ' read',
    countOf(rules, 'rule') + ' run',
    ...(broken === 0 ? [] : [errorColors.red(countOf(broken, 'rule') + ' broken')]),
    errorColors.bold(countOf(alerts, 'alert')),
    `${seconds.toFixed(2)} s`,
    ...(events < LEAST_EVENTS || seconds === 0
      ? []
      : [`${Math.round(events / seconds).toLocaleString('en-US')} events/s`]),
  ];
  return parts.join(' · ');
}

/** What answering a query did. */
export interface QuerySummary {
  readonly events: number;
  readonly found: number;
  readonly shown: number;
  /** Reading ended before the events did, as the answer was complete. */
  readonly endedEarly: boolean;
  readonly tookMs: number;
}

/** One line for the end of a query: how many results are shown of how many, and what was read for them. */
export function renderQuerySummary({ events, found, shown, endedEarly, tookMs }: QuerySummary): string {
  const results =
    found > shown && !endedEarly
      ? `${shown.toLocaleString('en-US')} of ${countOf(found, 'result')} (--size shows more)`
      : countOf(shown, 'result');
  const read = `${countOf(events, 'event')} read${endedEarly ? ', then the answer was complete' : ''}`;
  return [errorColors.bold(results), read, `${(tookMs / 1000).toFixed(2)} s`].join(' · ');
}
