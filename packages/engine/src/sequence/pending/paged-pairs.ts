import { pageOfRow, placeOfRow } from './row-pool.js';

/** Two values for each row, next to each other, so that who looks for both reaches into memory once. */
export class PagedPairs<First, Second> {
  private readonly pages: (First | Second | undefined)[][] = [];

  first(row: number): First | undefined {
    return this.pages[pageOfRow(row)]?.[2 * placeOfRow(row)] as First | undefined;
  }

  second(row: number): Second | undefined {
    return this.pages[pageOfRow(row)]?.[2 * placeOfRow(row) + 1] as Second | undefined;
  }

  set(row: number, first: First, second: Second): void {
    const number = pageOfRow(row);
    while (this.pages.length <= number) this.pages.push([]);
    const page = this.pages[number] ?? [];
    const place = 2 * placeOfRow(row);
    // Arrays with holes are slow.
    while (page.length < place) page.push(undefined);
    page[place] = first;
    page[place + 1] = second;
  }

  setSecond(row: number, second: Second): void {
    const page = this.pages[pageOfRow(row)];
    if (page !== undefined) page[2 * placeOfRow(row) + 1] = second;
  }

  clear(row: number): void {
    const page = this.pages[pageOfRow(row)];
    const place = 2 * placeOfRow(row);
    if (page === undefined) return;
    page[place] = undefined;
    page[place + 1] = undefined;
  }

  copy(from: number, to: number): void {
    const first = this.first(from);
    const second = this.second(from);
    if (first !== undefined && second !== undefined) this.set(to, first, second);
  }

  /** Drops the pages from a number on. */
  dropPages(from: number): void {
    if (this.pages.length > from) this.pages.length = from;
  }
}
