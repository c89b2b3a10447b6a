import { KeyedLine } from '../order/keyed-line.js';

/** Doubles that say where one line stands: source index, number of the line, start and end of its text. */
const LINE_DOUBLES = 4;
const DOUBLE_BYTES = 8;

/** Memory is taken in steps of this size, so that it serves again for lines of other lengths. */
const STEP_BYTES = 256 * 1024;

const MAX_FREE_PACKS = 32;

/** The time of an event is not asked for where a pack goes to. */
const UNTIMED = { ms: 0, ns: 0 };

/** Copies lines into memory that other threads can read, and uses it again when they are done with it. */
export class LinePacker {
  private readonly free: SharedArrayBuffer[] = [];

  pack(lines: readonly KeyedLine[]): SharedArrayBuffer {
    const headBytes = (1 + lines.length * LINE_DOUBLES) * DOUBLE_BYTES;
    const textBytes = lines.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const memory = this.take(headBytes + textBytes);
    const head = new Float64Array(memory, 0, 1 + lines.length * LINE_DOUBLES);
    const bytes = Buffer.from(memory);
    head[0] = lines.length;
    let at = headBytes;
    lines.forEach((line, index) => {
      const end = at + line.sizeBytes;
      const place = 1 + index * LINE_DOUBLES;
      head[place] = line.sourceIndex;
      head[place + 1] = line.line;
      head[place + 2] = at;
      head[place + 3] = end;
      line.bytes.copy(bytes, at, line.start, line.end);
      at = end;
    });
    return memory;
  }

  private take(neededBytes: number): SharedArrayBuffer {
    const place = this.free.findIndex(({ byteLength }) => byteLength >= neededBytes);
    const [known] = place === -1 ? [] : this.free.splice(place, 1);
    return known ?? new SharedArrayBuffer(Math.ceil(neededBytes / STEP_BYTES) * STEP_BYTES);
  }

  /** Takes memory back that `pack` has given and nobody reads any more. */
  recycle(memory: SharedArrayBuffer): void {
    if (this.free.length >= MAX_FREE_PACKS) this.free.shift();
    this.free.push(memory);
  }
}

/** The lines in a pack, where they stand in it. Their timestamps are not known. */
export function unpackLines(memory: SharedArrayBuffer): readonly KeyedLine[] {
  const [count = 0] = new Float64Array(memory, 0, 1);
  const head = new Float64Array(memory, DOUBLE_BYTES, count * LINE_DOUBLES);
  const bytes = Buffer.from(memory);
  return Array.from({ length: count }, (_, index) => {
    const place = index * LINE_DOUBLES;
    const [sourceIndex, line, start, end] = [head[place], head[place + 1], head[place + 2], head[place + 3]];
    return new KeyedLine(UNTIMED, null, sourceIndex ?? 0, line ?? 0, bytes, start ?? 0, end ?? 0);
  });
}
