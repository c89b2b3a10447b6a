import { createQueryExplainer } from '@eqlkit/engine';
import { analyzeQuery, DIALECTS } from '@eqlkit/language';
import { setImmediate } from 'node:timers/promises';
import { renderExplanation } from '../../explain/render-explanation.js';
import { printDiagnostics } from '../../output/diagnostics.js';
import type { ReplCommand } from '../repl-command.js';
import { writePage } from '../write-page.js';

/** Events between two looks at Ctrl-C. */
const EVENTS_OF_A_TURN = 500;

/** `.explain`: why a query matched, or why it did not. */
export const explainCommand: ReplCommand = {
  name: 'explain',
  usage: '[query]',
  summary: 'tell why the last query, or another, matched or did not',
  run: async (argument, session, io) => {
    const text = argument === '' ? session.last?.text : argument;
    if (text === undefined) {
      io.fail('there is no query yet that could be explained');
      return;
    }
    const { query, diagnostics } = analyzeQuery(text, { dialect: DIALECTS[session.dialect] });
    const created = query === null ? null : createQueryExplainer(query, { nowMs: Date.now() });
    const all = [...diagnostics, ...(created?.diagnostics ?? [])];
    if (all.length > 0) io.write(printDiagnostics(all, 'query', text));
    const explainer = created?.explainer;
    if (query === null || explainer == null) return;
    let examined = 0;
    for (const { event, timestamp } of session.store.records()) {
      explainer.observe(event, timestamp);
      examined += 1;
      if (examined % EVENTS_OF_A_TURN === 0) await setImmediate();
      if (io.signal.aborted) break;
    }
    const { query: tree } = query.statement;
    const maxspanMs = tree.kind === 'sequence' ? (tree.maxspan?.milliseconds ?? null) : null;
    writePage(renderExplanation(explainer.finish(), { shown: 3, key: undefined, maxspanMs }), session, io);
  },
};
