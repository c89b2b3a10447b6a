import { formatTimestamp, ResultStats } from '@eqlkit/engine';
import { stringify } from 'csv-stringify/sync';
import { jsonLine } from '../output/json-text.js';
import { outputColumns } from '../output/terminal-width.js';
import { resultColumns } from './result-columns.js';
import type { PrinterContext, ResultFormat, ResultPrinter } from './result-printer.js';
import { renderStatistics, statisticsToJson } from './stats-text.js';

/** Most stretches of time that are drawn, and that data has. */
const DRAWN_BUCKETS = 24;
const WRITTEN_BUCKETS = 240;
const TOP_VALUES = 10;

/** Prints how many results there are. */
export function createCountPrinter(format: ResultFormat): ResultPrinter {
  let count = 0;
  return {
    print: () => {
      count += 1;
      return '';
    },
    finish: () => {
      switch (format) {
        case 'table':
          return `${count}\n`;
        case 'csv':
          return stringify([['count'], [String(count)]]);
        case 'json':
        case 'ndjson':
        case 'elasticsearch':
          return `${JSON.stringify({ count })}\n`;
      }
    },
  };
}

/** Prints when results happened, and the most frequent values of fields. */
export function createStatsPrinter(format: ResultFormat, { query, chosen }: PrinterContext): ResultPrinter {
  const fields = resultColumns(query, chosen).all.filter((field) => field !== query.timestampField);
  const stats = new ResultStats(fields);
  return {
    print: (match) => {
      stats.add(match);
      return '';
    },
    finish: () => {
      switch (format) {
        case 'table':
          return renderStatistics(stats.result(DRAWN_BUCKETS, TOP_VALUES), outputColumns());
        case 'csv':
          return statisticsCsv(stats, query.timestampField);
        case 'json':
        case 'ndjson':
        case 'elasticsearch':
          return `${jsonLine(statisticsToJson(stats.result(WRITTEN_BUCKETS, TOP_VALUES)))}\n`;
      }
    },
  };
}

function statisticsCsv(stats: ResultStats, timestampField: string): string {
  const { histogram, fields } = stats.result(WRITTEN_BUCKETS, TOP_VALUES);
  const times = histogram.buckets.map(({ startMs, count }) => [
    timestampField,
    formatTimestamp({ ms: startMs, ns: 0 }),
    String(count),
  ]);
  const values = fields.flatMap(({ field, top }) =>
    top.map(({ value, count }) => [field, String(value), String(count)]),
  );
  return stringify([['field', 'value', 'count'], ...times, ...values]);
}
