import type { Timestamp } from '@eqlkit/engine';
import type { TimedLines } from './line-looker.js';
import { NearNumbers } from './near-numbers.js';

/** Lines of one page; a power of two. */
const PAGE_LINES = 1_024;

/** Where a line stands in its file. */
export interface LinePosition {
  readonly offset: number;
  readonly lineBytes: number;
}

/** What a first look at a source has found out about its lines, so that a second one need not look for it. */
export class LineTable {
  /** By the numbers of their lines; without those of which no line is known. */
  private readonly pages: (LinePage | undefined)[] = [];
  private left = false;

  /** Of `maxLines` lines at most, at 12 bytes each; those behind them have to be looked at again. */
  constructor(private readonly maxLines: number) {}

  /** Whether it holds all lines that were added. */
  get isComplete(): boolean {
    return !this.left;
  }

  /** Remembers the timestamp of a line, by its one-based number, and where the line stands. It has a byte at least. */
  add(line: number, ms: number, ns: number, offset: number, lineBytes: number): void {
    if (line >= this.maxLines) {
      this.left = true;
      return;
    }
    const number = Math.floor(line / PAGE_LINES);
    const page = (this.pages[number] ??= new LinePage());
    page.set(line % PAGE_LINES, ms, ns, offset, lineBytes);
  }

  /** Remembers lines in a row, the first of which has the number `line`. */
  addMany(line: number, { count, ms, ns, hasNs, offsets, sizes }: TimedLines): void {
    const known = Math.min(count, this.maxLines - line);
    if (known < count) this.left = true;
    for (let at = 0; at < known;) {
      const index = (line + at) % PAGE_LINES;
      const end = Math.min(known, at + PAGE_LINES - index);
      const page = (this.pages[Math.floor((line + at) / PAGE_LINES)] ??= new LinePage());
      page.setMany(
        index,
        ms.subarray(at, end),
        hasNs ? ns.subarray(at, end) : null,
        offsets.subarray(at, end),
        sizes.subarray(at, end),
      );
      at = end;
    }
  }

  /** Keeps what `of` needs: 8 bytes a line. To be called when all lines were added. */
  forgetPositions(): void {
    for (const page of this.pages) page?.forgetOffsets();
  }

  /** The timestamp of a line; `null` if it is not known, or if the line had another length. */
  of(line: number, lineBytes: number): Timestamp | null {
    const page = this.pages[Math.floor(line / PAGE_LINES)];
    const index = line % PAGE_LINES;
    return page !== undefined && lineBytes > 0 && page.lineBytes[index] === lineBytes ? page.timestampOf(index) : null;
  }

  /** Bytes of a line; 0 if it is not known. */
  lineBytesOf(line: number): number {
    return this.pages[Math.floor(line / PAGE_LINES)]?.lineBytes[line % PAGE_LINES] ?? 0;
  }

  /** The timestamp of a line; `null` if it is not known. */
  timestampOf(line: number): Timestamp | null {
    const page = this.pages[Math.floor(line / PAGE_LINES)];
    const index = line % PAGE_LINES;
    return page?.isKnown(index) === true ? page.timestampOf(index) : null;
  }

  /** Where a known line stands, unless that was forgotten. */
  positionOf(line: number): LinePosition {
    const page = this.pages[Math.floor(line / PAGE_LINES)];
    const index = line % PAGE_LINES;
    return { offset: page?.offsets?.get(index) ?? 0, lineBytes: page?.lineBytes[index] ?? 0 };
  }

  /** The numbers of the known lines, in order of their timestamps, then of themselves. */
  inOrder(): Uint32Array {
    const length = this.pages.length * PAGE_LINES;
    const ms = new Float64Array(length);
    const ns = new Uint32Array(length);
    const lines: number[] = [];
    this.pages.forEach((page, number) => {
      if (page === undefined) return;
      const { lineBytes } = page;
      const first = number * PAGE_LINES;
      page.ms.copy(ms, first);
      if (page.ns !== null) ns.set(page.ns, first);
      for (let index = 0; index < lineBytes.length; index += 1) if (lineBytes[index] !== 0) lines.push(first + index);
    });
    // Sorting arrays makes use of stretches that are in order already, of which such files mostly consist.
    lines.sort((a, b) => (ms[a] ?? 0) - (ms[b] ?? 0) || (ns[a] ?? 0) - (ns[b] ?? 0));
    return new Uint32Array(lines);
  }
}

/** What is known of lines that follow each other. */
class LinePage {
  readonly ms = new NearNumbers(PAGE_LINES);
  /** Most timestamps have none. */
  ns: Uint32Array | null = null;
  /** 0 for a line that is not known. */
  lineBytes = new Uint32Array(PAGE_LINES);
  offsets: NearNumbers | null = new NearNumbers(PAGE_LINES);
  private length = 0;

  set(index: number, ms: number, ns: number, offset: number, lineBytes: number): void {
    this.ms.set(index, ms);
    if (ns !== 0) (this.ns ??= new Uint32Array(PAGE_LINES))[index] = ns;
    this.lineBytes[index] = lineBytes;
    this.offsets?.set(index, offset);
    this.length = index + 1;
  }

  /** As many lines as there are in each column; `ns` is `null` if all of them are 0. */
  setMany(index: number, ms: Float64Array, ns: Uint32Array | null, offsets: Float64Array, sizes: Uint32Array): void {
    this.ms.setMany(index, ms);
    if (ns !== null) (this.ns ??= new Uint32Array(PAGE_LINES)).set(ns, index);
    this.lineBytes.set(sizes, index);
    this.offsets?.setMany(index, offsets);
    this.length = index + sizes.length;
  }

  isKnown(index: number): boolean {
    return (this.lineBytes[index] ?? 0) > 0;
  }

  timestampOf(index: number): Timestamp {
    return { ms: this.ms.get(index), ns: this.ns?.[index] ?? 0 };
  }

  /** Frees what is not needed of a page to which no line is added any more. */
  forgetOffsets(): void {
    this.offsets = null;
    if (this.length === PAGE_LINES) return;
    this.ms.trim(this.length);
    this.ns = this.ns?.slice(0, this.length) ?? null;
    this.lineBytes = this.lineBytes.slice(0, this.length);
  }
}
