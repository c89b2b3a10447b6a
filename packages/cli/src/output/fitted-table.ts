import Table from 'cli-table3';
import { outColors } from './colors.js';
import { displayWidth, truncateToWidth, wrapToWidth } from './display-width.js';

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
  { width, overflow }: TableOptions,
): string {
  const widths = shrink(columnWidths(head, rows), width);
  const fit = (cell: string, column: number): string => {
    const limit = widths[column] ?? LEAST_COLUMN_WIDTH;
    const lines = cell.split('\n');
    return (
      overflow === 'cut'
        ? lines.map((line) => truncateToWidth(line, limit))
        : lines.flatMap((line) => wrapToWidth(line, limit))
    ).join('\n');
  };
  const table = new Table({
    style: { head: [], border: [], compact: true },
    head: head.map((title, column) => outColors.dim(fit(title, column))),
  });
  for (const row of rows) table.push(row.map(fit));
  return table.toString();
}

/** Takes from the widest columns until the table fits. */
function shrink(natural: readonly number[], width: number): readonly number[] {
  const widths = [...natural];
  for (let excess = tableWidth(widths) - width; excess > 0; excess -= 1) {
    const widest = widths.indexOf(Math.max(...widths));
    const current = widths[widest] ?? 0;
    if (current <= LEAST_COLUMN_WIDTH) break;
    widths[widest] = current - 1;
  }
  return widths;
}
