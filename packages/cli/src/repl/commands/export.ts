import { writeFile } from 'node:fs/promises';
import { eventsOf, type EventRecord } from '@eqlkit/engine';
import { countOf } from '../../output/count-of.js';
import { createResultPrinter, RESULT_FORMATS, type ResultFormat } from '../../results/result-printer.js';
import { completePath } from '../complete-path.js';
import { splitWords, type ReplCommand } from '../repl-command.js';
import { describeWriteFailure } from '../../output/write-failure.js';

function isFormat(name: string): name is ResultFormat {
  return (RESULT_FORMATS as readonly string[]).includes(name);
}

/** `.export`: the results of the last query into a file. */
export const exportCommand: ReplCommand = {
  name: 'export',
  usage: '<file.ndjson|json|csv>',
  summary: 'write the results of the last query to a file; its ending names the format',
  completion: completePath,
  run: async (argument, session, io) => {
    const [file, ...more] = splitWords(argument);
    if (file === undefined || more.length > 0) {
      io.fail('.export wants one file, such as: .export results.csv');
      return;
    }
    if (session.last === null) {
      io.fail('there is no query yet whose results could be exported');
      return;
    }
    const ending = /\.([a-z]+)$/u.exec(file)?.[1] ?? '';
    if (!isFormat(ending)) {
      io.fail(`${file} ends in no format; one of .ndjson, .json and .csv`);
      return;
    }
    const { query, results } = session.last;
    const printer = createResultPrinter(ending, {
      query,
      chosen: session.columns,
      placeOf: (_record: EventRecord) => ({ source: '', line: 0 }),
    });
    const text = results.map((match) => printer.print(match)).join('');
    try {
      await writeFile(file, `${text}${printer.finish({ tookMs: 0, isPartial: false })}`);
    } catch (error) {
      io.fail(describeWriteFailure(file, error));
      return;
    }
    const events = results.reduce((sum, match) => sum + eventsOf(match).length, 0);
    io.write(`${countOf(results.length, 'result')} with ${countOf(events, 'event')} written to ${file}`);
  },
};
