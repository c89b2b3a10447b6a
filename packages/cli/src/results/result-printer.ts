import {
  eventsOf,
  matchToJson,
  readField,
  searchResponse,
  type CompiledQuery,
  type EventRecord,
  type JsonObject,
  type Match,
} from '@eqlkit/engine';
import { jsonLine } from '../output/json-text.js';
import { createCsvPrinter } from './csv-printer.js';
import { createTablePrinter } from './table-printer.js';

/** How the results of a query are printed. */
export const RESULT_FORMATS = ['table', 'json', 'ndjson', 'csv', 'elasticsearch'] as const;
export type ResultFormat = (typeof RESULT_FORMATS)[number];

/** What is known at the end of an answer. */
interface AnswerEnd {
  readonly tookMs: number;
  readonly isPartial: boolean;
}

/** Turns results into the text of one output format, piece by piece. */
export interface ResultPrinter {
  print(match: Match): string;
  finish(end: AnswerEnd): string;
}

/** What printers need to know about the answer. */
export interface PrinterContext {
  readonly query: CompiledQuery;
  /** Fields to show; null for those that suit the query. */
  readonly chosen: readonly string[] | null;
  /** Most events of one table; 500 if absent. */
  readonly eventsOfTable?: number;
  /** Whether events in tables are numbered from 1, as groups are; not if absent. */
  readonly isNumbered?: boolean;
  /** How many results other printers have shown before, for the numbers. */
  readonly shownBefore?: number;
  /** Where an event was read. */
  readonly placeOf: (record: EventRecord) => { readonly source: string; readonly line: number };
}

/** For formats that do not tell where an event was read. */
export function noPlace(): { readonly source: string; readonly line: number } {
  return { source: '', line: 0 };
}

/** The printer of a format. */
export function createResultPrinter(format: ResultFormat, context: PrinterContext): ResultPrinter {
  switch (format) {
    case 'table':
      return createTablePrinter(context);
    case 'csv':
      return createCsvPrinter(context);
    case 'ndjson':
      return { print: (match) => `${jsonLine(resultJson(match, context))}\n`, finish: () => '' };
    case 'json':
      return jsonPrinter(context);
    case 'elasticsearch':
      return responsePrinter(context);
  }
}

/** A result as JSON; with chosen fields, events have those only, under their dotted names. */
function resultJson(match: Match, { query, chosen }: PrinterContext): JsonObject {
  if (chosen === null || match.kind === 'row') return matchToJson(query, match);
  const events = eventsOf(match).map(({ event }) => chooseFields(event, chosen));
  if (match.kind === 'event') return { ...events[0], ...match.row };
  const whole = matchToJson(query, match);
  const stages = match.stages.map(({ stage, missing, record }) => ({
    stage,
    missing,
    event: record === null ? null : chooseFields(record.event, chosen),
  }));
  return { ...whole, events: stages };
}

function chooseFields(event: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const value = readField(event, field);
      return value === undefined ? [] : [[field, value]];
    }),
  );
}

function jsonPrinter(context: PrinterContext): ResultPrinter {
  let printed = 0;
  return {
    print: (match) => {
      printed += 1;
      return `${printed === 1 ? '[\n' : ',\n'}${jsonLine(resultJson(match, context))}`;
    },
    finish: () => (printed === 0 ? '[]\n' : '\n]\n'),
  };
}

function responsePrinter({ query, placeOf }: PrinterContext): ResultPrinter {
  const matches: Match[] = [];
  return {
    print: (match) => {
      matches.push(match);
      return '';
    },
    finish: ({ tookMs, isPartial }) => {
      const response = searchResponse(matches, {
        singleEvents: query.source.statement.query.kind === 'event-query',
        tookMs,
        isPartial,
        addressOf: (record) => {
          const { source, line } = placeOf(record);
          return { index: source, id: String(line) };
        },
      });
      return `${jsonLine(response)}\n`;
    },
  };
}
