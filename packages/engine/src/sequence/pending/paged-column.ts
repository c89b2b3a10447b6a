import { pageOfRow, placeOfRow } from './row-pool.js';

/** A value for each row that has one, in pages, so that nothing is copied as a whole when there are more rows. */
export class PagedColumn<T> {
  private readonly pages: (T | undefined)[][] = [];

  get(row: number): T | undefined {
    return this.pages[pageOfRow(row)]?.[placeOfRow(row)];
  }

  set(row: number, value: T): void {
    const page = this.pages[pageOfRow(row)] ?? this.addPages(pageOfRow(row));
    const place = placeOfRow(row);
    // Arrays with holes are slow.
    while (page.length < place) page.push(undefined);
    page[place] = value;
  }

  clear(row: number): void {
    const page = this.pages[pageOfRow(row)];
    const place = placeOfRow(row);
    if (page !== undefined && place < page.length) page[place] = undefined;
  }

  copy(from: number, to: number): void {
    const value = this.get(from);
    if (value !== undefined) this.set(to, value);
  }

  /** Drops the pages from a number on. */
  dropPages(from: number): void {
    if (this.pages.length > from) this.pages.length = from;
  }

  private addPages(number: number): (T | undefined)[] {
    let page: (T | undefined)[] = [];
    for (; this.pages.length <= number; this.pages.push(page)) page = [];
    return page;
  }
}
