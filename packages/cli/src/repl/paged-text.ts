import { displayWidth } from '../output/display-width.js';

/**
 * Text that is shown page by page. It comes in pieces of whole lines, such as tables, which are made when they are
 * wanted. A piece begins on a new page where it does not fit the one that has begun.
 */
export class PagedText {
  private readonly pieces: Iterator<string>;
  /** Lines of the piece that is being shown. */
  private lines: readonly string[] = [];

  constructor(pieces: Iterable<string>) {
    this.pieces = pieces[Symbol.iterator]();
  }

  /** Whether every line was shown. */
  isShown(): boolean {
    return !this.findLines();
  }

  /** The lines of the next page of a terminal of so many columns and free rows. */
  next(rows: number, columns: number): readonly string[] {
    const page: string[] = [];
    let free = rows;
    while (this.findLines()) {
      const heights = this.lines.map((line) => (rows === Infinity ? 0 : heightOf(line, columns)));
      const isWhole = heights.reduce((sum, height) => sum + height, 0) <= free;
      if (!isWhole && page.length > 0) break;
      let taken = 0;
      for (const height of heights) {
        if (height > free && taken > 0) break;
        free -= height;
        taken += 1;
      }
      page.push(...this.lines.slice(0, taken));
      this.lines = this.lines.slice(taken);
      if (!isWhole) break;
    }
    return page;
  }

  /** Whether there is a line yet; takes further pieces until one has some. */
  private findLines(): boolean {
    while (this.lines.length === 0) {
      const { done, value } = this.pieces.next() as IteratorResult<string, undefined>;
      if (done === true) return false;
      if (value !== '') this.lines = value.replace(/\n$/u, '').split('\n');
    }
    return true;
  }
}

/** The rows that a line takes, which goes on below where it is too long. */
function heightOf(line: string, columns: number): number {
  return Math.max(1, Math.ceil(displayWidth(line) / columns));
}
