import { prepareQuery, QueryRun, type Match } from '@eqlkit/engine';
import { DIALECTS } from '@eqlkit/language';
import { createRecordDecoder, loadMappings, skipsLine } from '@eqlkit/stream';
import { countOf } from '../../output/count-of.js';
import { needsTime } from '../../query/answer-query.js';
import { createResultPrinter } from '../../results/result-printer.js';
import { completePath } from '../complete-path.js';
import { followLines } from '../follow-lines.js';
import { splitWords, type ReplCommand } from '../repl-command.js';
import { MAX_KEPT_RESULTS } from '../repl-session.js';

/** How many lines that are no events are shown. */
const SHOWN_BAD_LINES = 3;

/** `.follow`: the last query over what a file gains, until Ctrl-C. */
export const followCommand: ReplCommand = {
  name: 'follow',
  usage: '<file.ndjson>',
  summary: 'keep the last query running on a growing file, until Ctrl-C',
  completion: completePath,
  run: async (argument, session, io) => {
    const [file] = splitWords(argument);
    if (file === undefined || session.last === null) {
      io.fail(
        file === undefined
          ? '.follow wants a file, such as: .follow events.ndjson'
          : 'there is no query yet that could follow',
      );
      return;
    }
    const { text, dialect } = session.last;
    const { query } = prepareQuery(text, { dialect: DIALECTS[dialect], ...session.fields, nowMs: Date.now() });
    if (query === null) return;
    const run = new QueryRun(query);
    const mappings = await loadMappings(session.input.map ?? [], { cwd: process.cwd() });
    const enrich = mappings.createEnrichment?.();
    const context = { query, chosen: session.columns, isNumbered: true, placeOf: () => ({ source: file, line: 0 }) };
    const kept: Match[] = [];
    let found = 0;
    let lines = 0;
    let bad = 0;
    const decode = createRecordDecoder(file, {
      ...session.fields,
      undated: needsTime(query) ? 'skip' : 'first',
      ...(mappings.map === undefined ? {} : { map: mappings.map }),
      onProblem: ({ kind, detail }) => {
        if (!skipsLine(kind)) return;
        bad += 1;
        if (bad <= SHOWN_BAD_LINES) io.note(`new line ${lines} is no event: ${detail}`);
      },
    });
    // What comes at once is shown as one table.
    const waiting: Match[] = [];
    const onLine = (line: Buffer): void => {
      lines += 1;
      const record = decode(line, 0, line.length, 0);
      if (record === null) return;
      const matches = run.process(enrich?.(record.event) ?? record.event, record.timestamp);
      found += matches.length;
      waiting.push(...matches);
      kept.push(...matches.slice(0, MAX_KEPT_RESULTS - kept.length));
    };
    const ended = await followLines(file, io, onLine, () => {
      if (waiting.length === 0) return;
      const printer = createResultPrinter('table', { ...context, shownBefore: found - waiting.length });
      const text = waiting
        .splice(0)
        .map((match) => printer.print(match))
        .join('');
      io.write(`${text}${printer.finish({ tookMs: 0, isPartial: false })}`.trimEnd());
    });
    if (ended === null || lines > 0) {
      session.results = { kind: 'matches', query, matches: kept, found, isPartial: true };
    }
    if (ended !== null) {
      io.fail(ended);
      return;
    }
    io.write(
      `${countOf(found, 'result')}${bad > 0 ? `, ${countOf(bad, 'line')} could not be read as ${bad === 1 ? 'an event' : 'events'}` : ''}`,
    );
  },
};
