import { setImmediate } from 'node:timers/promises';

/** Longest time that signals and timers have to wait for their turn, in milliseconds. */
const MAX_BUSY_MS = 50;

/**
 * Makes a function to be awaited between pieces of work: it gives the event loop a turn if the last was long ago.
 * Generators that find their data in memory go on without one, and signals such as Ctrl-C would not be seen.
 */
export function createEventLoopPause(): () => Promise<void> {
  let latest = performance.now();
  return async () => {
    if (performance.now() - latest < MAX_BUSY_MS) return;
    await setImmediate();
    latest = performance.now();
  };
}
