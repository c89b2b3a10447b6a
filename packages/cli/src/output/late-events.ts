import { countOf } from './count-of.js';

/** Says that events came behind later ones, so that sequences left them out, and what helps. */
export function describeLateEvents(count: number): string {
  return (
    `${countOf(count, 'event')} came too late for sequences to see: standard input is put in order only as far as ` +
    'a buffer reaches; save it to a file, which is put in order as a whole'
  );
}
