import type { EventSource } from '@eqlkit/stream';
import { Presets, SingleBar } from 'cli-progress';
import { verbosity } from './verbosity.js';

/** Inputs below this size are read too fast for a bar to be worth drawing. */
const WORTH_A_BAR_BYTES = 8 * 1024 * 1024;

/** Shows how much of the input has been read. */
export interface Progress {
  advance(bytes: number, events: number): void;
  stop(): void;
}

/** Draws a bar on standard error for long inputs, if that is a terminal. */
export function startProgress(sources: readonly EventSource[]): Progress {
  const total = sources.reduce((sum, source) => sum + (source.sizeBytes ?? 0), 0);
  if (verbosity() === 'quiet' || !process.stderr.isTTY || total < WORTH_A_BAR_BYTES)
    return { advance: () => undefined, stop: () => undefined };
  const format = ' {bar} {percentage}% | {events} events | {duration_formatted}';
  const bar = new SingleBar(
    { format, stream: process.stderr, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  bar.start(total, 0, { events: 0 });
  let read = 0;
  return {
    advance: (bytes, events) => {
      read += bytes;
      bar.update(Math.min(read, total), { events });
    },
    stop: () => {
      bar.stop();
    },
  };
}
