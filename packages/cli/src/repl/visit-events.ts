import { setImmediate } from 'node:timers/promises';

/** Events between two looks at Ctrl-C. */
const EVENTS_OF_A_TURN = 500;

/** Calls a visitor with each event until all are through or the signal is aborted. Gives how many it visited. */
export async function visitEvents<T>(
  events: Iterable<T>,
  signal: AbortSignal,
  visit: (event: T) => void,
): Promise<number> {
  let visited = 0;
  for (const event of events) {
    visit(event);
    visited += 1;
    if (visited % EVENTS_OF_A_TURN === 0) await setImmediate();
    if (signal.aborted) break;
  }
  return visited;
}
