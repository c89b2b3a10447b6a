import { LOOK_AT_LINES_WASM } from '#look-at-lines';
import { RING_LENGTH } from '../sources/chunk-memory.js';
import type { TimestampColumns } from './timestamp-columns.js';
import { isAscii, timestampKey } from './timestamp-key.js';

/** Lines that are looked at by one call. */
const MAX_LINES = 4_096;

const PAGE_BYTES = 64 * 1024;

/** Nothing stands at the first addresses. */
const FIRST_ADDRESS = 64;

/** Vectors that start in a line reach so far beyond it at most, and as far as the key is long. */
const BEHIND_BYTES = 64;

/** What the compiled module exports. */
interface LookAtLines {
  readonly setUp: (
    keyAt: number,
    keyBytes: number,
    plain: boolean,
    strict: boolean,
    lineBytes: number,
    lines: number,
    millisecondsAt: number,
    nanosecondsAt: number,
    offsetsAt: number,
    sizesAt: number,
  ) => void;
  readonly look: (start: number, end: number, offset: number) => number;
  readonly stoppedAt: () => number;
  readonly orderedLines: () => number;
  readonly hasNanoseconds: () => number;
}

/** Lines in a row, each with a timestamp. What stands in the arrays changes with the next look. */
export interface TimedLines extends TimestampColumns {
  readonly count: number;
  /** Where the line behind them begins in the buffer. */
  readonly end: number;
  /** So many of them are in order. */
  readonly orderedCount: number;
  /** Whether there are nanoseconds. */
  readonly hasNs: boolean;
  /** Where lines begin in the file. */
  readonly offsets: Float64Array;
}

/** How lines are looked at. */
interface LookOptions {
  /** Dotted path of the field of the timestamp. */
  readonly field: string;
  /** Whether a line of the same time as the one before it is out of order. */
  readonly strict: boolean;
  /** Most bytes that are looked at at a time. */
  readonly chunkBytes: number;
  /** Longer lines are left. */
  readonly maxLineBytes: number;
}

let compiled: WebAssembly.Module | null = null;

/**
 * Finds lines and their timestamps in the bytes of a file, many at a time: lines that are written in the usual way, with the
 * timestamp that `createTimestampScanner` finds in them. It leaves all others. Bytes are looked at where they stand if they
 * were read into its memory.
 */
export class LineLooker {
  /** Memory to read chunks into. */
  readonly chunkRing: readonly Buffer[];
  /** For what was read elsewhere. */
  private readonly copy: Buffer;
  private copied: Buffer | null = null;
  private readonly memory: WebAssembly.Memory;
  private readonly code: LookAtLines;
  private readonly found: Pick<TimedLines, 'ms' | 'ns' | 'offsets' | 'sizes'>;

  private constructor(key: Buffer, { field, strict, chunkBytes, maxLineBytes }: LookOptions) {
    const layout = new Layout();
    const keyAt = layout.take(key.length);
    const msAt = layout.take(MAX_LINES * Float64Array.BYTES_PER_ELEMENT);
    const nsAt = layout.take(MAX_LINES * Uint32Array.BYTES_PER_ELEMENT);
    const offsetsAt = layout.take(MAX_LINES * Float64Array.BYTES_PER_ELEMENT);
    const sizesAt = layout.take(MAX_LINES * Uint32Array.BYTES_PER_ELEMENT);
    const chunksAt = Array.from({ length: RING_LENGTH }, () => layout.take(chunkBytes));
    const copyAt = layout.take(chunkBytes);
    layout.take(BEHIND_BYTES + key.length);

    this.memory = new WebAssembly.Memory({ initial: Math.ceil(layout.bytes / PAGE_BYTES) });
    const { buffer } = this.memory;
    compiled ??= new WebAssembly.Module(Buffer.from(LOOK_AT_LINES_WASM, 'base64'));
    this.code = new WebAssembly.Instance(compiled, { env: { memory: this.memory } }).exports as unknown as LookAtLines;
    key.copy(Buffer.from(buffer), keyAt);
    const plain = isAscii(field);
    this.code.setUp(keyAt, key.length, plain, strict, maxLineBytes, MAX_LINES, msAt, nsAt, offsetsAt, sizesAt);
    this.chunkRing = chunksAt.map((at) => Buffer.from(buffer, at, chunkBytes));
    this.copy = Buffer.from(buffer, copyAt, chunkBytes);
    this.found = {
      ms: new Float64Array(buffer, msAt, MAX_LINES),
      ns: new Uint32Array(buffer, nsAt, MAX_LINES),
      offsets: new Float64Array(buffer, offsetsAt, MAX_LINES),
      sizes: new Uint32Array(buffer, sizesAt, MAX_LINES),
    };
  }

  /** Makes one; `null` if the field can stand in a line in ways that are not looked for. */
  static create(options: LookOptions): LineLooker | null {
    const key = timestampKey(options.field);
    // An escape in the key would be taken for one that may hide another key.
    return key === null || key.includes('\\') ? null : new LineLooker(key, options);
  }

  /**
   * Looks at the lines of `buffer`, which does not change as long as it is asked about, from `start`, where one begins, up to
   * the first line that is not usual, or not whole; `offset` is the place of `start` in the file. `null` if there is none before that.
   */
  look(buffer: Buffer, start: number, offset: number): TimedLines | null {
    const { code } = this;
    const address = this.addressOf(buffer);
    if (address === null) return null;
    const count = code.look(address + start, address + buffer.length, offset);
    if (count === 0) return null;
    const end = code.stoppedAt() - address;
    return { count, end, orderedCount: code.orderedLines(), hasNs: code.hasNanoseconds() !== 0, ...this.found };
  }

  private addressOf(buffer: Buffer): number | null {
    if (buffer.buffer === this.memory.buffer) return buffer.byteOffset;
    if (buffer.length > this.copy.length) return null;
    if (buffer !== this.copied) buffer.copy(this.copy);
    this.copied = buffer;
    return this.copy.byteOffset;
  }
}

/** Gives out memory piece by piece. */
class Layout {
  bytes = FIRST_ADDRESS;

  /** The address of a piece. */
  take(bytes: number): number {
    const address = this.bytes;
    this.bytes = Math.ceil((address + bytes) / 16) * 16;
    return address;
  }
}
