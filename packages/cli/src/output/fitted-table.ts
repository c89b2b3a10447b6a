import Table from 'cli-table3';
import { outColors } from './colors.js';
import { displayWidth, truncateStartToWidth, truncateToWidth, wrapToWidth } from './display-width.js';

/** No column becomes narrower than this, if it has so much to show. */
export const LEAST_COLUMN_WIDTH = 8;

/** Blanks and the border that each column needs, and the border at the end. */
const COLUMN_OVERHEAD = 3;
const TABLE_OVERHEAD = 1;

/** How a table is drawn. */
export interface TableOptions {
  /** Columns of the terminal. */
  readonly width: number;
  /** What happens to what does not fit: it is cut, with an ellipsis, or goes on in the next line. */
  readonly overflow: 'cut' | 'wrap';
  /** Columns that shrink only where the others cannot any more, such as that of the time. */
  readonly whole?: readonly number[];
  /** Columns that lose their beginning where they are cut, such as those of paths. */
  readonly cutAtStart?: readonly number[];
  /** Columns that stand on the right, such as numbers. */
  readonly right?: readonly number[];
  /** Colours a line of a cell, once it has its width. */
  readonly paint?: (line: string, row: number, column: number) => string;
}

/** The columns that a table takes that has columns of such widths. */
export function tableWidth(columnWidths: readonly number[]): number {
  return columnWidths.reduce((sum, width) => sum + width + COLUMN_OVERHEAD, TABLE_OVERHEAD);
}

/** The display width of each column: that of its widest line. */
export function columnWidths(head: readonly string[], rows: readonly (readonly string[])[]): readonly number[] {
  return head.map((title, column) =>
    [title, ...rows.map((row) => row[column] ?? '')].reduce(
      (widest, cell) => Math.max(widest, ...cell.split('\n').map(displayWidth)),
      0,
    ),
  );
}

/** Draws a table that fits into the terminal as far as its columns can shrink. Cells hold no colours. */
export function renderTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { width, overflow, whole = [], cutAtStart = [], right = [], paint = (line) => line }: TableOptions,
): string {
  const widths = shrink(columnWidths(head, rows), width, whole);
  const fit = (cell: string, column: number): readonly string[] => {
    const limit = widths[column] ?? LEAST_COLUMN_WIDTH;
    const lines = cell.split('\n');
    return overflow === 'cut'
      ? lines.map((line) => (cutAtStart.includes(column) ? truncateStartToWidth : truncateToWidth)(line, limit))
      : lines.flatMap((line) => wrapToWidth(line, limit));
  };
  const table = new Table({
    style: { head: [], border: [], compact: true },
    head: head.map((title, column) => outColors.dim(fit(title, column).join('\n'))),
    colAligns: head.map((_, column) => (right.includes(column) ? 'right' : 'left')),
  });
  rows.forEach((row, place) => {
    table.push(
      row.map((cell, column) =>
        fit(cell, column)
          .map((line) => paint(line, place, column))
          .join('\n'),
      ),
    );
  });
  return table.toString();
}

/** Takes from the widest columns until the table fits, and from whole ones if nothing else is left. */
function shrink(natural: readonly number[], width: number, whole: readonly number[]): readonly number[] {
  const widths = [...natural];
  const isFree = (place: number): boolean => !whole.includes(place);
  for (let excess = tableWidth(widths) - width; excess > 0; excess -= 1) {
    const widest = widestOf(widths, isFree) ?? widestOf(widths, () => true);
    if (widest === null) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

/** The place of the widest column that can shrink, of those that may. */
function widestOf(widths: readonly number[], mayShrink: (place: number) => boolean): number | null {
  let widest: number | null = null;
  widths.forEach((width, place) => {
    if (!mayShrink(place) || width <= LEAST_COLUMN_WIDTH) return;
    if (widest === null || width > (widths[widest] ?? 0)) widest = place;
  });
  return widest;
}
