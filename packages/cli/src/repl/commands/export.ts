import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { eventsOf } from '@eqlkit/engine';
import { alertToJson } from '@eqlkit/rules';
import { printableText } from '@eqlkit/stream';
import { countOf } from '../../output/count-of.js';
import { jsonLine } from '../../output/json-text.js';
import { createResultPrinter, noPlace } from '../../results/result-printer.js';
import { completePath } from '../complete-path.js';
import { splitWords, type ReplCommand } from '../repl-command.js';
import type { LastResults } from '../repl-session.js';
import { describeWriteFailure } from '../../output/write-failure.js';

const EXPORT_FORMATS = ['ndjson', 'json', 'csv'] as const;
type ExportFormat = (typeof EXPORT_FORMATS)[number];

function isFormat(name: string): name is ExportFormat {
  return (EXPORT_FORMATS as readonly string[]).includes(name);
}

/** `.export`: the results of the last query into a file. */
export const exportCommand: ReplCommand = {
  name: 'export',
  usage: '<file.ndjson|json|csv>',
  summary:
    'write the results of the last query, or the alerts of the last rule, to a file; its ending names the format',
  completion: completePath,
  run: async (argument, session, io) => {
    const [file, ...more] = splitWords(argument);
    if (file === undefined || more.length > 0) {
      io.fail('.export wants one file, such as: .export results.csv');
      return;
    }
    const { results } = session;
    if (results === null) {
      io.fail('there is no query yet whose results could be exported');
      return;
    }
    const ending = /\.([a-z]+)$/u.exec(file)?.[1] ?? '';
    if (!isFormat(ending)) {
      io.fail(`${file} ends in no format; one of .ndjson, .json and .csv`);
      return;
    }
    if (results.kind === 'alerts' && ending === 'csv') {
      io.fail('alerts are written as .ndjson or .json');
      return;
    }
    if (existsSync(file)) {
      io.fail(`${file} is there already; choose another name`);
      return;
    }
    try {
      await writeFile(file, textOf(results, ending, session.columns), { flag: 'wx' });
    } catch (error) {
      io.fail(describeWriteFailure(file, error));
      return;
    }
    const [written, noun, events] =
      results.kind === 'alerts'
        ? [results.alerts.length, 'alert', sumOf(results.alerts.map((alert) => alert.events.length))]
        : [results.matches.length, 'result', sumOf(results.matches.map((match) => eventsOf(match).length))];
    const cut = results.found > written ? `, the first of ${results.found.toLocaleString('en-US')},` : '';
    io.write(`${countOf(written, noun)}${cut} with ${countOf(events, 'event')} written to ${printableText(file)}`);
  },
};

function textOf(results: LastResults, format: ExportFormat, columns: readonly string[] | null): string {
  if (results.kind === 'alerts') {
    const alerts = results.alerts.map((alert) => jsonLine(alertToJson(alert)));
    return format === 'json' ? `[\n${alerts.join(',\n')}\n]\n` : alerts.map((alert) => `${alert}\n`).join('');
  }
  const { query, matches, isPartial } = results;
  const printer = createResultPrinter(format, { query, chosen: columns, placeOf: noPlace });
  return `${matches.map((match) => printer.print(match)).join('')}${printer.finish({ tookMs: 0, isPartial })}`;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
