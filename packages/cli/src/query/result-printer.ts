import { matchToJson, searchResponse, type CompiledQuery, type EventRecord, type Match } from '@eqlkit/engine';
import { encodeEvent } from '@eqlkit/stream';

/** How the results of a query are printed. */
export const RESULT_FORMATS = ['json', 'ndjson', 'elasticsearch'] as const;
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
  /** Where an event was read. */
  readonly placeOf: (record: EventRecord) => { readonly source: string; readonly line: number };
}

/** The printer of a format. */
export function createResultPrinter(format: ResultFormat, context: PrinterContext): ResultPrinter {
  switch (format) {
    case 'ndjson':
      return { print: (match) => `${encodeEvent(matchToJson(context.query, match))}\n`, finish: () => '' };
    case 'json':
      return jsonPrinter(context);
    case 'elasticsearch':
      return responsePrinter(context);
  }
}

function jsonPrinter({ query }: PrinterContext): ResultPrinter {
  let printed = 0;
  return {
    print: (match) => {
      printed += 1;
      return `${printed === 1 ? '[\n' : ',\n'}${encodeEvent(matchToJson(query, match))}`;
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
      return `${encodeEvent(response)}\n`;
    },
  };
}
