import { LOOK_AT_LINES_WASM } from '#look-at-lines';
import { RING_LENGTH } from '../sources/chunk-memory.js';
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
    lineBytes: number,
    lines: number,
    millisecondsAt: number,
    nanosecondsAt: number,
    endsAt: number,
    startsAt: number,
  ) => void;
  readonly look: (start: number, end: number) => number;
}

/** Lines in a row, each with a timestamp. What stands in the arrays changes with the next look. */
export interface TimedLines {
  readonly count: number;
  /** To be subtracted from starts and ends, for places in the buffer that was looked at. */
  readonly origin: number;
  /** Where lines start; one more than there are lines: where the look has stopped. */
  readonly starts: Uint32Array;
  /** Where lines end, without their line break. */
  readonly ends: Uint32Array;
  /** Timestamps: milliseconds since the epoch, and nanoseconds beyond. */
  readonly ms: Float64Array;
  readonly ns: Uint32Array;
}

/** Bounds of what is looked at. */
interface LookLimits {
  /** Of one piece of a file. */
  readonly chunkBytes: number;
  /** Of a line; longer ones are left. */
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
  private readonly found: Omit<TimedLines, 'count' | 'origin'>;

  private constructor(field: string, key: Buffer, { chunkBytes, maxLineBytes }: LookLimits) {
    const layout = new Layout();
    const keyAt = layout.take(key.length);
    const msAt = layout.take(MAX_LINES * Float64Array.BYTES_PER_ELEMENT);
    const nsAt = layout.take(MAX_LINES * Uint32Array.BYTES_PER_ELEMENT);
    const endsAt = layout.take(MAX_LINES * Uint32Array.BYTES_PER_ELEMENT);
    const startsAt = layout.take((MAX_LINES + 1) * Uint32Array.BYTES_PER_ELEMENT);
    const chunksAt = Array.from({ length: RING_LENGTH }, () => layout.take(chunkBytes));
    const copyAt = layout.take(chunkBytes);
    layout.take(BEHIND_BYTES + key.length);

    this.memory = new WebAssembly.Memory({ initial: Math.ceil(layout.bytes / PAGE_BYTES) });
    const { buffer } = this.memory;
    compiled ??= new WebAssembly.Module(Buffer.from(LOOK_AT_LINES_WASM, 'base64'));
    this.code = new WebAssembly.Instance(compiled, { env: { memory: this.memory } }).exports as unknown as LookAtLines;
    key.copy(Buffer.from(buffer), keyAt);
    this.code.setUp(keyAt, key.length, isAscii(field), maxLineBytes, MAX_LINES, msAt, nsAt, endsAt, startsAt);
    this.chunkRing = chunksAt.map((at) => Buffer.from(buffer, at, chunkBytes));
    this.copy = Buffer.from(buffer, copyAt, chunkBytes);
    this.found = {
      starts: new Uint32Array(buffer, startsAt, MAX_LINES + 1),
      ends: new Uint32Array(buffer, endsAt, MAX_LINES),
      ms: new Float64Array(buffer, msAt, MAX_LINES),
      ns: new Uint32Array(buffer, nsAt, MAX_LINES),
    };
  }

  /** Makes one for the field of the timestamp; `null` if that can stand in a line in ways that are not looked for. */
  static create(field: string, limits: LookLimits): LineLooker | null {
    const key = timestampKey(field);
    // An escape in the key would be taken for one that may hide another key.
    return key === null || key.includes('\\') ? null : new LineLooker(field, key, limits);
  }

  /**
   * Looks at the lines of `buffer`, which does not change as long as it is asked about, from `start`, where one begins, up to
   * the first line that is not usual, or not whole. `null` if there is none before that.
   */
  look(buffer: Buffer, start: number): TimedLines | null {
    const origin = this.addressOf(buffer);
    if (origin === null) return null;
    const count = this.code.look(origin + start, origin + buffer.length);
    return count === 0 ? null : { count, origin, ...this.found };
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
