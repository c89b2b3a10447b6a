import { countOf } from '../../output/count-of.js';
import { createStatsPrinter } from '../../results/summary-printers.js';
import { noPlace } from '../../results/result-printer.js';
import type { ReplCommand } from '../repl-command.js';
import { prepareSessionQuery, visitMatches } from '../run-query.js';
import { writePage } from '../write-page.js';

/** `.stats`: when the results of the last query happened, and the most frequent values of fields; of all results, not only those kept. */
export const statsCommand: ReplCommand = {
  name: 'stats',
  usage: '[field,field,…]',
  summary: 'show when the results of the last query happened, and the most frequent values of fields',
  completion: (_written, session) => Object.keys(session.learn().fields),
  run: async (argument, session, io) => {
    if (session.last === null) {
      io.fail('there is no query yet whose results could be counted');
      return;
    }
    const { query } = prepareSessionQuery(session.last, session);
    if (query === null) return;
    const fields = argument.split(/[\s,]+/u).filter((field) => field !== '');
    const chosen = fields.length === 0 ? session.columns : fields;
    const printer = createStatsPrinter('table', { query, chosen, placeOf: noPlace });
    const watched = new Map((chosen ?? []).map((field) => [field, 'there is nothing to count']));
    const outcome = await visitMatches(query, watched, session, io, (match) => {
      printer.print(match);
    });
    writePage(printer.finish({ tookMs: 0, isPartial: io.signal.aborted }), session, io);
    for (const note of outcome.notes) io.note(note);
    io.note(`${io.signal.aborted ? 'cancelled: ' : ''}${countOf(outcome.found, 'result')} · ${outcome.effort}`);
  },
};
