import type { Readable } from 'node:stream';
import type { EventProblemKind } from '../decode/event-problem.js';
import type { EventSource } from '../sources/event-source.js';
import { chooseLineMapper, type LineMapper } from '../formats/line-mapper.js';
import type { EventFormat } from '../formats/event-format.js';
import { readChunks } from '../sources/read-chunks.js';
import { LineSplitter, type LineVisitor, type TakenLines } from './line-splitter.js';

/** Bytes of a line that are accepted unless the caller says otherwise: 16 MiB, which decoded take some 200 MiB. */
export const DEFAULT_MAX_LINE_BYTES = 16 * 1024 * 1024;

/** How lines are read, and what is done with them. */
export interface ReadLinesOptions {
  readonly maxLineBytes?: number;
  /** Bytes of one read from a file; 1 MiB if absent. */
  readonly chunkBytes?: number;
  readonly stdin?: Readable;
  /** How events stand in the source; recognised by its first bytes if absent. */
  readonly format?: EventFormat;
  /** Ends the reading early, behind the last whole line, once it is aborted. */
  readonly signal?: AbortSignal;
  /** Lets the bytes of a line change as soon as `onLine` has returned. */
  readonly recyclesMemory?: boolean;
  /** Memory for that, as `readChunks` takes it. */
  readonly chunkRing?: readonly Buffer[];
  /** Called with the format of each source, and the one that it looks like, once that is known; a source may be looked at more than once. */
  onFormat?(source: EventSource, format: EventFormat, lookedLike: EventFormat | null): void;
  /**
   * Takes a line: `buffer` from `start` to `end`. Blank lines are left out, but counted. `offset` is the place of its first
   * byte in the file; null if the file does not hold these bytes as they are.
   */
  onLine(buffer: Buffer, start: number, end: number, line: number, offset: number | null): void;
  /** Takes many lines of a file at once, as a {@link LineVisitor} does, where the file holds them as they are. None may be blank. */
  takeLines?(buffer: Buffer, start: number, line: number, offset: number): TakenLines | null;
  /** Takes a problem of the lines as such: `line-too-long`, `uneven-record` and `truncated-input`. */
  onProblem(kind: EventProblemKind, line: number, detail: string): void;
}

/**
 * Reads all lines of a source. Lines are handed over synchronously while a chunk is taken apart; after each chunk the
 * generator yields the number of bytes read, as stored. A read error or damaged gzip is reported as `truncated-input`
 * and ends the lines; what stands after the last line break is then dropped.
 */
export async function* readLines(source: EventSource, options: ReadLinesOptions): AsyncGenerator<number> {
  const { maxLineBytes = DEFAULT_MAX_LINE_BYTES } = options;
  let format: EventFormat | null = null;
  let isStored = false;
  // Unknown until the first line.
  let mapLine: LineMapper | null | undefined;
  const visitor: LineVisitor = {
    onLine: (buffer, start, end, line, offset) => {
      if (isBlank(buffer, start, end)) return;
      if (mapLine === undefined) mapLine = chooseLineMapper(format ?? 'ndjson', buffer.subarray(start, end));
      if (mapLine === null) {
        options.onLine(buffer, start, end, line, isStored ? offset : null);
        return;
      }
      const mapped = mapLine(buffer, start, end);
      if (mapped !== null) options.onLine(mapped.buffer, mapped.start, mapped.end, line, null);
    },
    takeLines: (buffer, start, line, offset) =>
      mapLine === null && isStored ? (options.takeLines?.(buffer, start, line, offset) ?? null) : null,
    onTooLong: (line) => {
      options.onProblem('line-too-long', line, describeTooLong(maxLineBytes));
    },
  };
  const splitter = new LineSplitter(visitor, maxLineBytes);
  let failure: string | undefined;
  const chunks = readChunks(source, {
    ...options,
    onFailure: (detail) => {
      failure = detail;
    },
    onUneven: ({ line, detail }) => {
      options.onProblem('uneven-record', line, detail);
    },
  });
  for await (const chunk of chunks) {
    if (format === null) {
      ({ format } = chunk);
      isStored = chunk.isStored === true;
      options.onFormat?.(source, format, chunk.lookedLike);
    }
    splitter.push(chunk.bytes);
    yield chunk.storedBytes;
  }
  if (options.signal?.aborted === true) return;
  if (failure === undefined) splitter.finish();
  else options.onProblem('truncated-input', splitter.line, failure);
  yield 0;
}

/** What is said of a line that has more bytes than are accepted. */
export function describeTooLong(maxLineBytes: number): string {
  return `the line has more than ${String(maxLineBytes)} bytes`;
}

/** Whether a line has nothing but blanks. */
export function isBlank(buffer: Buffer, start: number, end: number): boolean {
  for (let index = start; index < end; index++) {
    const byte = buffer[index];
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false;
  }
  return true;
}
