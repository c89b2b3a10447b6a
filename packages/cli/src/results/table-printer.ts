import { eventsOf, type JsonObject, type Match } from '@eqlkit/engine';
import { outputColumns } from '../output/terminal-width.js';
import { renderEvents, renderRows } from './event-table.js';
import { renderMatch } from './match-text.js';
import { resultColumns } from './result-columns.js';
import type { PrinterContext, ResultPrinter } from './result-printer.js';

/** So many events are laid out together unless the caller says otherwise; more come as further tables, so that memory stays bounded. */
const EVENTS_OF_A_TABLE = 500;

/** Prints results for people: events as a table, sequences, samples and joins as a group of events each. */
export function createTablePrinter({
  query,
  chosen,
  eventsOfTable = EVENTS_OF_A_TABLE,
  isNumbered = false,
  shownBefore = 0,
}: PrinterContext): ResultPrinter {
  const columns = resultColumns(query, chosen);
  let events: JsonObject[] = [];
  let rows: JsonObject[] = [];
  let printed = 0;
  const flush = (): string => {
    const width = outputColumns();
    const tables = [
      ...(events.length === 0
        ? []
        : [renderEvents(events, columns, width, isNumbered ? shownBefore + printed - events.length + 1 : null)]),
      ...(rows.length === 0 ? [] : [renderRows(rows, width)]),
    ];
    events = [];
    rows = [];
    return tables.map((table) => `${table}\n`).join('');
  };
  return {
    print: (match: Match) => {
      printed += 1;
      if (match.kind === 'row') {
        rows.push(match.row ?? {});
      } else if (match.kind === 'event') {
        for (const { event } of eventsOf(match)) events.push({ ...event, ...match.row });
      } else {
        return `${printed === 1 ? '' : '\n'}${renderMatch(query, match, { number: shownBefore + printed, chosen })}`;
      }
      return events.length + rows.length < eventsOfTable ? '' : flush();
    },
    finish: flush,
  };
}
