import { eventsOf, isJsonList, joinKeyValue, readField, type JsonValue, type Match } from '@eqlkit/engine';
import { canonicalJson } from '@eqlkit/rules';
import { stringify } from 'csv-stringify/sync';
import { resultColumns } from './result-columns.js';
import type { PrinterContext, ResultPrinter } from './result-printer.js';

/**
 * Prints results as CSV (RFC 4180) with a header: one line for each event, and for sequences, samples and joins in front
 * the number of the result, the stage and the join keys. Values are exact; lists and objects are JSON.
 */
export function createCsvPrinter({ query, chosen }: PrinterContext): ResultPrinter {
  const columns = resultColumns(query, chosen).all;
  let header: readonly string[] | null = null;
  let printed = 0;
  const write = (head: readonly string[], lines: readonly (readonly string[])[]): string => {
    const isFirst = header === null;
    header ??= head;
    return stringify([...(isFirst ? [[...head]] : []), ...lines.map((line) => [...line])]);
  };
  return {
    print: (match) => {
      printed += 1;
      if (match.kind === 'row') {
        const row = match.row ?? {};
        const names = header ?? Object.keys(row);
        return write(names, [names.map((name) => csvValue(row[name]))]);
      }
      const records = eventsOf(match);
      const cells = records.map(({ event }) => columns.map((field) => csvValue(readField(event, field))));
      if (match.kind === 'event') return write(columns, cells);
      const stages = match.stages.filter(({ record }) => record !== null).map(({ stage }) => String(stage));
      const keys = match.keys.map((key) => csvValue(joinKeyValue(key, match.kind)));
      return write(
        ['result', 'stage', ...match.keys.map(({ field }) => `by ${field}`), ...columns],
        cells.map((line, place) => [String(printed), stages[place] ?? '', ...keys, ...line]),
      );
    },
    finish: () => (header === null && isEventQuery(query.plan.body.kind) ? write(columns, []) : ''),
  };
}

function isEventQuery(kind: Match['kind']): boolean {
  return kind === 'event';
}

/** A value as it stands: text is itself, nothing is empty, what has parts is JSON. */
function csvValue(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  const only = isJsonList(value) && value.length === 1 ? (value[0] ?? null) : value;
  return typeof only === 'string' ? only : canonicalJson(only);
}
