import { createQueryExplainer, EventCoverage } from '@eqlkit/engine';
import { analyzeQuery, DIALECTS } from '@eqlkit/language';
import { isUndated } from '@eqlkit/stream';
import { renderExplanation } from '../../explain/render-explanation.js';
import { printDiagnostics } from '../../output/diagnostics.js';
import { describeQueryProblems } from '../../output/evaluation-problems.js';
import { describeQueryCoverage } from '../../output/query-coverage.js';
import { needsTime } from '../../query/answer-query.js';
import type { ReplCommand } from '../repl-command.js';
import { visitEvents } from '../visit-events.js';
import { writePage } from '../write-page.js';

/** `.explain`: why a query matched, or why it did not. */
export const explainCommand: ReplCommand = {
  name: 'explain',
  usage: '[query]',
  summary: 'tell why the last query, or another, matched or did not',
  completion: 'query',
  run: async (argument, session, io) => {
    const asked = argument === '' ? session.last : { text: argument, dialect: session.dialect };
    if (asked === null) {
      io.fail('there is no query yet that could be explained');
      return;
    }
    const { text, dialect } = asked;
    const { query, diagnostics } = analyzeQuery(text, { dialect: DIALECTS[dialect], schema: session.schema });
    const created =
      query === null
        ? null
        : createQueryExplainer(query, { ...session.fields, nowMs: Date.now(), sampleOrder: 'by-key' });
    const all = [...diagnostics, ...(created?.diagnostics ?? [])];
    if (all.length > 0) io.write(printDiagnostics(all, 'query', text));
    if (created?.explainer == null) return;
    const { explainer, query: compiled } = created;
    const coverage = new EventCoverage([compiled], { timesGiven: true });
    await visitEvents(session.store.scan(explainer.fieldPaths), io.signal, ({ event, timestamp }) => {
      if (isUndated(timestamp) && needsTime(compiled)) return;
      coverage.observe(event);
      explainer.observe(event, timestamp);
    });
    if (io.signal.aborted) io.write('cancelled: this is what the events told that were examined');
    else for (const line of describeQueryCoverage(coverage, new Map(), false)) io.note(line);
    for (const line of describeQueryProblems(compiled)) io.note(line);
    writePage(renderExplanation(explainer.finish(), { shown: 3, key: undefined }), session, io);
  },
};
