import type { Timestamp } from '@eqlkit/engine';

const FIRST_LINES = 1_024;

/** Where a line stands in its file. */
export interface LinePosition {
  readonly offset: number;
  readonly lineBytes: number;
}

/** What a first look at a source has found out about its lines, so that a second one need not look for it. */
export class LineTable {
  /** Milliseconds since the epoch by line; NaN for a line that is not known. */
  private ms = new Float64Array(0);
  private ns = new Uint32Array(0);
  private lineBytes = new Uint32Array(0);
  private offsets = new Float64Array(0);
  private lines = 0;
  private left = false;

  /** Of `maxLines` lines at most, at 24 bytes each; those behind them have to be looked at again. */
  constructor(private readonly maxLines: number) {}

  /** Whether it holds all lines that were added. */
  get isComplete(): boolean {
    return !this.left;
  }

  /** Remembers the timestamp of a line, by its one-based number, and where the line stands. */
  add(line: number, ms: number, ns: number, offset: number, lineBytes: number): void {
    if (line >= this.maxLines) {
      this.left = true;
      return;
    }
    if (line >= this.ms.length) this.grow(line);
    this.ms[line] = ms;
    this.ns[line] = ns;
    this.lineBytes[line] = lineBytes;
    this.offsets[line] = offset;
    this.lines = Math.max(this.lines, line + 1);
  }

  /** The timestamp of a line; `null` if it is not known, or if the line had another length. */
  of(line: number, lineBytes: number): Timestamp | null {
    return this.lineBytes[line] === lineBytes ? this.timestampOf(line) : null;
  }

  /** The timestamp of a line; `null` if it is not known. */
  timestampOf(line: number): Timestamp | null {
    const ms = this.ms[line];
    if (ms === undefined || Number.isNaN(ms)) return null;
    return { ms, ns: this.ns[line] ?? 0 };
  }

  /** Where a known line stands. */
  positionOf(line: number): LinePosition {
    return { offset: this.offsets[line] ?? 0, lineBytes: this.lineBytes[line] ?? 0 };
  }

  /** The numbers of the known lines, in order of their timestamps, then of themselves. */
  inOrder(): Uint32Array {
    const { ms, ns } = this;
    const lines: number[] = [];
    for (let line = 0; line < this.lines; line += 1) if (!Number.isNaN(ms[line])) lines.push(line);
    // Sorting arrays makes use of stretches that are in order already.
    lines.sort((a, b) => (ms[a] ?? 0) - (ms[b] ?? 0) || (ns[a] ?? 0) - (ns[b] ?? 0));
    return Uint32Array.from(lines);
  }

  private grow(line: number): void {
    const length = Math.min(this.maxLines, Math.max(FIRST_LINES, 2 * this.ms.length, line + 1));
    const ms = new Float64Array(length).fill(NaN, this.ms.length);
    ms.set(this.ms);
    const ns = new Uint32Array(length);
    ns.set(this.ns);
    const lineBytes = new Uint32Array(length);
    lineBytes.set(this.lineBytes);
    const offsets = new Float64Array(length);
    offsets.set(this.offsets);
    this.ms = ms;
    this.ns = ns;
    this.lineBytes = lineBytes;
    this.offsets = offsets;
  }
}
