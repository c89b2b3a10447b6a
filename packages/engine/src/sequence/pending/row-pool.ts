/** Stands for no row. */
export const NO_ROW = -1;

/** A row is 32 bytes, so that all its words lie in one line of a processor's cache. */
export const ROW_WORDS = 8;

const PAGE_BITS = 12;
const PAGE_ROWS = 1 << PAGE_BITS;

/** The first page begins with so many rows, as most queries never need more. */
const FEWEST_ROWS = 8;

/** A first page of so many rows is kept when none is in use. */
const KEPT_ROWS = 64;

/** With more rows than this times those in use, some should be given back. */
const MOST_SPARSE = 4;

/** The page of a row. */
export function pageOfRow(row: number): number {
  return row >> PAGE_BITS;
}

/** The place of a row within its page. */
export function placeOfRow(row: number): number {
  return row & (PAGE_ROWS - 1);
}

interface Page {
  words: Int32Array;
  /** Rows in use. */
  used: number;
  /** From here on rows were never in use. */
  fresh: number;
  /** The place of the first of the rows that were in use; the first word of each leads to the next. */
  free: number;
}

/**
 * Rows of 32-bit words, for things of which there may be a million: unlike objects, the garbage collector neither copies nor
 * marks them. Rows are taken from the lowest page that has one free, so that the last pages empty with time and are given back.
 */
export class RowPool {
  private readonly pages: Page[] = [];
  /** No page below has a free row. */
  private lowest = 0;
  private used = 0;

  /** How many pages there are. */
  get pageCount(): number {
    return this.pages.length;
  }

  /** Whether there are far more rows than are in use; pages before the last then have free ones. */
  get isSparse(): boolean {
    return this.pages.length > 2 && this.pages.length * PAGE_ROWS > MOST_SPARSE * this.used;
  }

  /** The rows of the last page that have been in use: the first, and the one behind the last. */
  get lastPage(): readonly [number, number] {
    const first = Math.max(0, this.pages.length - 1) << PAGE_BITS;
    return [first, first + (this.pages.at(-1)?.fresh ?? 0)];
  }

  /** Takes a row into use; what its words are is not said. */
  take(): number {
    let page = this.pages[this.lowest];
    while (page !== undefined && page.used === PAGE_ROWS) {
      this.lowest += 1;
      page = this.pages[this.lowest];
    }
    if (page === undefined) {
      page = createPage(this.lowest === 0 ? FEWEST_ROWS : PAGE_ROWS);
      this.pages.push(page);
    }
    this.used += 1;
    page.used += 1;
    const place = page.free === NO_ROW ? takeFresh(page) : page.free;
    if (place === page.free) page.free = page.words[place * ROW_WORDS] ?? NO_ROW;
    return (this.lowest << PAGE_BITS) + place;
  }

  /** Ends the use of a row. */
  release(row: number): void {
    const page = this.pageOf(row);
    const place = placeOfRow(row);
    page.words[place * ROW_WORDS] = page.free;
    page.free = place;
    page.used -= 1;
    this.used -= 1;
    const number = pageOfRow(row);
    if (number < this.lowest) this.lowest = number;
    this.dropPages();
  }

  /** The words among which those of a row are; they may be others once a row has been taken. */
  wordsOf(row: number): Int32Array {
    return this.pageOf(row).words;
  }

  private pageOf(row: number): Page {
    const page = this.pages[pageOfRow(row)];
    if (page === undefined) throw new Error('there is no such row');
    return page;
  }

  /** Drops empty pages at the end; one is kept for what comes and goes, unless there are too many. */
  private dropPages(): void {
    for (let last = this.pages.at(-1); last?.used === 0; last = this.pages.at(-1)) {
      const before = this.pages.at(-2);
      if (before === undefined ? last.words.length <= KEPT_ROWS * ROW_WORDS : before.used > 0 && !this.isSparse) break;
      this.pages.pop();
    }
    if (this.lowest > this.pages.length) this.lowest = this.pages.length;
  }
}

/** Where the words of a row begin. */
export function wordOfRow(row: number): number {
  return placeOfRow(row) * ROW_WORDS;
}

function createPage(rows: number): Page {
  return { words: new Int32Array(rows * ROW_WORDS), used: 0, fresh: 0, free: NO_ROW };
}

function takeFresh(page: Page): number {
  const place = page.fresh;
  page.fresh += 1;
  if (place * ROW_WORDS === page.words.length) {
    const { words } = page;
    page.words = new Int32Array(words.length * 2);
    page.words.set(words);
  }
  return place;
}
