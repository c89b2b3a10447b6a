import type { Timestamp } from '@eqlkit/engine';

const FIRST_LINES = 1_024;

/** The timestamps that a first look at a source has found, so that a second one need not look for them. */
export class KnownTimestamps {
  /** Milliseconds since the epoch by line; NaN for a line that is not known. */
  private ms = new Float64Array(0);
  private ns = new Uint32Array(0);
  private lineBytes = new Uint32Array(0);

  /** Of `maxLines` lines at most, at 16 bytes each; those behind them have to be looked at again. */
  constructor(private readonly maxLines: number) {}

  /** Remembers the timestamp of a line, by its one-based number. */
  add(line: number, { ms, ns }: Timestamp, lineBytes: number): void {
    if (line >= this.maxLines) return;
    if (line >= this.ms.length) this.grow(line);
    this.ms[line] = ms;
    this.ns[line] = ns;
    this.lineBytes[line] = lineBytes;
  }

  /** The timestamp of a line; `null` if it is not known, or if the line had another length. */
  of(line: number, lineBytes: number): Timestamp | null {
    const ms = this.ms[line];
    if (ms === undefined || Number.isNaN(ms) || this.lineBytes[line] !== lineBytes) return null;
    return { ms, ns: this.ns[line] ?? 0 };
  }

  private grow(line: number): void {
    const length = Math.min(this.maxLines, Math.max(FIRST_LINES, 2 * this.ms.length, line + 1));
    const ms = new Float64Array(length).fill(NaN, this.ms.length);
    ms.set(this.ms);
    const ns = new Uint32Array(length);
    ns.set(this.ns);
    const lineBytes = new Uint32Array(length);
    lineBytes.set(this.lineBytes);
    this.ms = ms;
    this.ns = ns;
    this.lineBytes = lineBytes;
  }
}
