import { outColors } from '../output/colors.js';
import { displayWidth, wrapToWidth } from '../output/display-width.js';
import { columnWidths, LEAST_COLUMN_WIDTH, renderTable, tableWidth } from '../output/fitted-table.js';
import { showField, showValue } from '../output/show-value.js';
import { LEAST_TABLE_COLUMNS } from '../output/terminal-width.js';
import type { JsonObject } from '@eqlkit/engine';
import { printableText } from '@eqlkit/stream';
import { fieldsOfEvents } from './fields-of-events.js';
import { leastTelling, type ResultColumns } from './result-columns.js';

/** A chosen column is readable at this width, though it may have more to show. */
const READABLE_WIDTH = 14;

/** Columns of events that have none of the usual ones. */
const MAX_UNUSUAL_COLUMNS = 12;

/**
 * Draws events as a table with the columns that have something to show; where that are none but those the query speaks of,
 * as in events without a field of ECS, with those that the events have. Where the terminal is too narrow, the time of day
 * stands for the time if all are of one date, and columns that nobody asked for go; where even the others do not fit, or
 * little would stay, each event is a list of its fields.
 *
 * @param firstNumber - The number of the first event, if they are to be numbered.
 */
export function renderEvents(
  events: readonly JsonObject[],
  resultColumns: ResultColumns,
  columnsOfTerminal: number,
  firstNumber: number | null = null,
): string {
  const { kept, time } = resultColumns;
  const all = columnsWithValues(events, resultColumns);
  const numbers = events.map((_, place) => (firstNumber === null ? '' : String(firstNumber + place)));
  const numberWidth = firstNumber === null ? 0 : tableWidth([Math.max(...numbers.map(displayWidth))]) - tableWidth([]);
  // What is left beside the numbers.
  const width = columnsOfTerminal - numberWidth;
  const shown = events.map((event) => new Map(all.map((field) => [field, showField(event, field)])));
  let columns = all;
  const rowsOf = (fields: readonly string[]): string[][] =>
    shown.map((cells) => fields.map((field) => cells.get(field) ?? ''));
  const isTooWide = tableWidth(columnWidths(columns.map(printable), rowsOf(columns))) > width;
  const date = isTooWide ? commonDate(shown.map((cells) => cells.get(time) ?? '')) : null;
  const titleOf = (field: string): string => printable(field) + (field === time && date !== null ? `\n${date}` : '');
  const cellsOf = (fields: readonly string[]): string[][] =>
    date === null
      ? rowsOf(fields)
      : rowsOf(fields).map((row) => row.map((cell, place) => (fields[place] === time ? timeOfDay(cell) : cell)));
  const fits = (fields: readonly string[]): boolean => {
    const needed = columnWidths(fields.map(titleOf), cellsOf(fields)).map((natural, place) =>
      fields[place] === time ? natural : Math.min(natural, READABLE_WIDTH),
    );
    return tableWidth(needed) <= width;
  };
  const lists = (): string =>
    renderLists(shown, columns, columnsOfTerminal, { time, numbers: firstNumber === null ? null : numbers });
  if (columnsOfTerminal < LEAST_TABLE_COLUMNS && !fits(columns)) return lists();
  while (!fits(columns)) {
    const dispensable = leastTelling(columns, kept);
    if (dispensable === null) break;
    columns = columns.filter((field) => field !== dispensable);
  }
  if (tableWidth(columns.map(() => LEAST_COLUMN_WIDTH)) > width) return lists();
  const titles = columns.map(titleOf);
  const cells = cellsOf(columns);
  const timePlace = columns.indexOf(time);
  if (firstNumber === null) return renderTable(titles, cells, { width, overflow: 'cut', whole: [timePlace] });
  return renderTable(
    ['#', ...titles],
    cells.map((row, place) => [numbers[place] ?? '', ...row]),
    { width: columnsOfTerminal, overflow: 'cut', whole: timePlace === -1 ? [0] : [0, timePlace + 1], right: [0] },
  );
}

/** The columns that have something to show, or all chosen ones. */
function columnsWithValues(events: readonly JsonObject[], { kept, all, common }: ResultColumns): readonly string[] {
  if (kept.length === all.length) return all;
  const filled = all.filter((field) => events.some((event) => showField(event, field) !== ''));
  if (filled.some((field) => !kept.includes(field))) return filled;
  const unusual = fieldsOfEvents(events, [...filled, ...common], MAX_UNUSUAL_COLUMNS);
  return [...filled, ...unusual];
}

/** The date of times, if all are of one; `null` otherwise. */
function commonDate(times: readonly string[]): string | null {
  const dates = new Set(times.map((time) => /^(\d{4}-\d\d-\d\d)T/u.exec(time)?.[1] ?? null));
  const [only = null] = dates;
  return dates.size === 1 ? only : null;
}

/** To the millisecond: what is finer is not worth a column here. */
function timeOfDay(time: string): string {
  return time.slice(time.indexOf('T') + 1).replace(/(\.\d{3})\d+/u, '$1');
}

function renderLists(
  shown: readonly ReadonlyMap<string, string>[],
  columns: readonly string[],
  width: number,
  { time, numbers = null }: { readonly time?: string; readonly numbers?: readonly string[] | null } = {},
): string {
  const linesOf = (field: string, cell: string): readonly string[] =>
    field === time && displayWidth(cell) > width - 2
      ? cell.replace(/^(\d{4}-\d\d-\d\d)T/u, '$1\n').split('\n')
      : [cell];
  return shown
    .map((cells, place) =>
      [
        ...(numbers === null ? [] : [outColors.bold(`#${numbers[place] ?? ''}`)]),
        ...columns
          .filter((field) => (cells.get(field) ?? '') !== '')
          .flatMap((field) => [
            ...wrapToWidth(printable(field), width).map((line) => outColors.dim(line)),
            ...linesOf(field, cells.get(field) ?? '')
              .flatMap((line) => wrapToWidth(line, width - 2))
              .map((line) => `  ${line}`),
          ]),
      ].join('\n'),
    )
    .join('\n\n');
}

/** Draws the rows that a pipe of the endgame dialect made. */
export function renderRows(rows: readonly JsonObject[], width: number): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => names.map((name) => showValue(row[name])));
  if (tableWidth(columnWidths(names.map(printable), cells)) > width && width < LEAST_TABLE_COLUMNS) {
    const shown = cells.map((row) => new Map(row.map((cell, place) => [names[place] ?? '', cell])));
    return renderLists(shown, names, width);
  }
  return renderTable(names.map(printable), cells, { width, overflow: 'cut' });
}

function printable(text: string): string {
  return printableText(text);
}
