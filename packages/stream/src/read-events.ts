import type { Readable } from 'node:stream';
import { printableText } from './decode/printable-text.js';
import type { EventProblem } from './decode/event-problem.js';
import { createRecordDecoder, type RecordDecoderOptions } from './decode/record-decoder.js';
import type { EventFormat } from './formats/event-format.js';
import type { EventBatch, EventRecord } from './event-record.js';
import { readLines } from './lines/read-lines.js';
import { UnreadableSources } from './unreadable-sources.js';
import type { EventSource } from './sources/event-source.js';

/** How events are read. */
export interface ReadEventsOptions extends RecordDecoderOptions {
  /** Longest line that is read, in bytes; 16 MiB if absent. */
  readonly maxLineBytes?: number;
  /** Where standard input comes from; the standard input of the process if absent. */
  readonly stdin?: Readable;
  /** How events stand in the source; recognised by its first bytes if absent. */
  readonly format?: EventFormat;
  /** Ends the reading early, behind what has been read, once it is aborted. */
  readonly signal?: AbortSignal;
  /** Called with the format of each source, and the one that it looks like, once that is known; a source may be looked at more than once. */
  onFormat?(source: EventSource, format: EventFormat, lookedLike: EventFormat | null): void;
  /** Bytes of one read from a file, and so of about one batch; 1 MiB if absent. */
  readonly chunkBytes?: number;
}

/**
 * Reads the events of a source in the order they stand there, one JSON object per line, in batches of about 1 MiB of
 * text. Whatever is wrong with a line goes to `onProblem` and reading goes on; a source that cannot be read to its end
 * is a problem, too. Throws only what `onProblem` throws. Leaving the loop closes the source.
 */
export async function* readEvents(source: EventSource, options: ReadEventsOptions): AsyncGenerator<EventBatch> {
  let records: EventRecord[] = [];
  const unreadable = new UnreadableSources();
  const onProblem = (problem: EventProblem): void => {
    unreadable.addProblem(problem);
    options.onProblem(problem);
  };
  const decode = createRecordDecoder(source.name, { ...options, onProblem });
  const lines = readLines(source, {
    ...options,
    onLine: (buffer, start, end, line) => {
      const record = decode(buffer, start, end, line);
      if (record === null) return;
      unreadable.addEvent(record.source);
      records.push(record);
    },
    onProblem: (kind, line, detail) => {
      onProblem({ kind, source: source.name, line, detail: printableText(detail) });
    },
  });
  for await (const bytesRead of lines) {
    if (bytesRead === 0 && records.length === 0) continue;
    yield { records, bytesRead };
    records = [];
  }
  for (const problem of unreadable.problems()) options.onProblem(problem);
}
