import { readSync } from 'node:fs';
import type { EventProblem } from '../decode/event-problem.js';
import type { RecordDecoderOptions } from '../decode/record-decoder.js';
import { LineSplitter } from '../lines/line-splitter.js';
import { describeTooLong, isBlank } from '../lines/read-lines.js';
import { createKeyReader, DEFAULT_TIMESTAMP_FIELD, type KeyReader } from '../order/key-reader.js';
import { KeyedLine } from '../order/keyed-line.js';
import { LineLooker } from '../order/line-looker.js';
import type { LineRange } from '../order/range-cutter.js';
import { describeReadFailure } from '../sources/describe-read-failure.js';
import type { EventSource } from '../sources/event-source.js';

/** A range of one of several files that are open. */
export interface FileRange extends LineRange {
  /** Descriptor of the open file; all threads of a process share them. */
  readonly fd: number;
  readonly sourceIndex: number;
  /** How many lines of all files come before it in the order. */
  readonly ordinal: number;
}

/** What a range holds. */
export interface RangeLines {
  /** The lines that may be events, in their order. Their bytes are valid until the next range is read. */
  readonly lines: readonly KeyedLine[];
  /** What is wrong with lines that are none, and with the file if it could not be read to the end of the range. */
  readonly problems: readonly EventProblem[];
  /** Whether reading has come to the end of the range. */
  readonly isWhole: boolean;
}

/** How ranges are read. */
export interface RangeReaderOptions extends Pick<RecordDecoderOptions, 'timestampField' | 'categoryField'> {
  readonly maxLineBytes: number;
  /** Of usual ranges: most are not much longer. */
  readonly rangeBytes: number;
}

/** Reads ranges of files into memory that is used again, and finds the lines in them as reading the file as a whole does. */
export class RangeReader {
  private readonly looker: LineLooker | null;
  private readonly memory: Buffer;
  private readonly keyReaders = new Map<number, KeyReader>();
  /** Of the range that is read. */
  private problems: EventProblem[] = [];

  constructor(
    private readonly sources: readonly EventSource[],
    private readonly options: RangeReaderOptions,
  ) {
    const { timestampField = DEFAULT_TIMESTAMP_FIELD, maxLineBytes, rangeBytes } = options;
    // The last line of a range may end beyond the bytes of one.
    const chunkBytes = rangeBytes + Math.ceil(rangeBytes / 8);
    this.looker = LineLooker.create({ field: timestampField, strict: false, chunkBytes, maxLineBytes });
    this.memory = this.looker?.chunkRing[0] ?? Buffer.allocUnsafeSlow(chunkBytes);
  }

  /** Waits for the file: going through the event loop takes longer than reading what was looked at just now. */
  read(range: FileRange): RangeLines {
    const { sourceIndex, firstLine } = range;
    const { maxLineBytes } = this.options;
    const source = this.sources[sourceIndex];
    if (source === undefined) throw new Error(`there is no source ${sourceIndex}`);
    const lines: KeyedLine[] = [];
    const problems: EventProblem[] = [];
    this.problems = problems;
    const readKey = this.keyReaderOf(source, sourceIndex);
    const splitter = new LineSplitter(
      {
        onLine: (buffer, start, end, line) => {
          if (isBlank(buffer, start, end)) return;
          const keyed = readKey(buffer, start, end, line);
          if (keyed !== null) lines.push(keyed);
        },
        takeLines: (buffer, start, line) => {
          // Before the first line of a file there may be a mark.
          const found = line === 1 ? null : (this.looker?.look(buffer, start, start) ?? null);
          if (found === null) return null;
          const { count, ms, ns, hasNs, offsets, sizes } = found;
          for (let index = 0; index < count; index += 1) {
            const timestamp = { ms: ms[index] ?? 0, ns: hasNs ? (ns[index] ?? 0) : 0 };
            const from = offsets[index] ?? 0;
            const to = from + (sizes[index] ?? 0);
            lines.push(new KeyedLine(timestamp, null, sourceIndex, line + index, buffer, from, to));
          }
          return found;
        },
        onTooLong: (line) => {
          problems.push({ kind: 'line-too-long', source: source.name, line, detail: describeTooLong(maxLineBytes) });
        },
      },
      maxLineBytes,
      firstLine,
    );
    const { bytes, failure } = this.load(range);
    splitter.push(bytes);
    if (failure === null) splitter.finish();
    else problems.push({ kind: 'truncated-input', source: source.name, line: splitter.line, detail: failure });
    return { lines, problems, isWhole: failure === null };
  }

  private keyReaderOf(source: EventSource, sourceIndex: number): KeyReader {
    const known = this.keyReaders.get(sourceIndex);
    if (known !== undefined) return known;
    const reader = createKeyReader({ source, sourceIndex }, undefined, {
      ...this.options,
      onProblem: (problem) => this.problems.push(problem),
    });
    this.keyReaders.set(sourceIndex, reader);
    return reader;
  }

  /** Reads the bytes of a range, or as many as there are, and says why there are no more. */
  private load({ fd, offset, bytes: length }: FileRange): { readonly bytes: Buffer; readonly failure: string | null } {
    const memory = length <= this.memory.length ? this.memory : Buffer.allocUnsafeSlow(length);
    let filled = 0;
    let failure: string | null = null;
    try {
      while (filled < length) {
        const bytesRead = readSync(fd, memory, filled, length - filled, offset + filled);
        if (bytesRead === 0) throw new Error('the file became shorter while it was read; what was left of it was read');
        filled += bytesRead;
      }
    } catch (error) {
      failure = describeReadFailure(error);
    }
    return { bytes: memory.subarray(0, filled), failure };
  }
}
