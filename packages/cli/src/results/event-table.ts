import { outColors } from '../output/colors.js';
import { wrapToWidth } from '../output/display-width.js';
import { columnWidths, LEAST_COLUMN_WIDTH, renderTable, tableWidth } from '../output/fitted-table.js';
import { showField, showValue } from '../output/show-value.js';
import type { JsonObject } from '@eqlkit/engine';
import { printableText } from '@eqlkit/stream';
import type { ResultColumns } from './result-columns.js';

/** A chosen column is readable at this width, though it may have more to show. */
const READABLE_WIDTH = 14;

/**
 * Draws events as a table with the columns that have something to show. Where the terminal is too narrow, columns that
 * nobody asked for go, the last first; where even the others do not fit, each event is a list of its fields.
 */
export function renderEvents(events: readonly JsonObject[], { kept, all }: ResultColumns, width: number): string {
  const shown = events.map((event) => new Map(all.map((field) => [field, showField(event, field)])));
  let columns = all.filter((field) => shown.some((cells) => cells.get(field) !== '') || kept.length === all.length);
  const rowsOf = (fields: readonly string[]): string[][] =>
    shown.map((cells) => fields.map((field) => cells.get(field) ?? ''));
  const fits = (fields: readonly string[]): boolean => {
    const needed = columnWidths(fields.map(printable), rowsOf(fields)).map((natural) =>
      Math.min(natural, READABLE_WIDTH),
    );
    return tableWidth(needed) <= width;
  };
  while (!fits(columns)) {
    const dispensable = columns.findLastIndex((field) => !kept.includes(field));
    if (dispensable === -1) break;
    columns = columns.filter((_, place) => place !== dispensable);
  }
  if (tableWidth(columns.map(() => LEAST_COLUMN_WIDTH)) > width) return renderLists(shown, columns, width);
  return renderTable(columns.map(printable), rowsOf(columns), { width, overflow: 'cut' });
}

function renderLists(shown: readonly ReadonlyMap<string, string>[], columns: readonly string[], width: number): string {
  return shown
    .map((cells) =>
      columns
        .filter((field) => cells.get(field) !== '')
        .flatMap((field) => {
          const lines = wrapToWidth(cells.get(field) ?? '', width - 2);
          return [outColors.dim(printable(field)), ...lines.map((line) => `  ${line}`)];
        })
        .join('\n'),
    )
    .join('\n\n');
}

/** Draws the rows that a pipe of the endgame dialect made. */
export function renderRows(rows: readonly JsonObject[], width: number): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => names.map((name) => showValue(row[name])));
  return renderTable(names.map(printable), cells, { width, overflow: 'cut' });
}

function printable(text: string): string {
  return printableText(text);
}
