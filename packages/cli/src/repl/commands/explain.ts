import { createQueryExplainer, EventCoverage, type CompiledQuery, type QueryExplainer } from '@eqlkit/engine';
import { analyzeQuery, DIALECTS } from '@eqlkit/language';
import { isUndated } from '@eqlkit/stream';
import { describeNoEvent, describeUnknownKey, describeWrongKey } from '../../explain/requests.js';
import { renderExplanation } from '../../explain/render-explanation.js';
import { describeQueryProblems } from '../../output/evaluation-problems.js';
import { describeQueryCoverage } from '../../output/query-coverage.js';
import { needsTime } from '../../query/answer-query.js';
import { parseExplainArguments } from '../explain-arguments.js';
import type { ReplCommand } from '../repl-command.js';
import type { ReplIo } from '../repl-io.js';
import type { ReplSession } from '../repl-session.js';
import { visitEvents } from '../visit-events.js';
import { writePage } from '../write-page.js';

/** `.explain`: why a query matched, or why it did not. */
export const explainCommand: ReplCommand = {
  name: 'explain',
  usage: '[query]',
  summary:
    'tell why the last query, or another, matched or did not; --event n, --key v and --shown n may stand before it',
  completion: 'query',
  run: async (argument, session, io) => {
    const { arguments: given, problem } = parseExplainArguments(argument);
    if (given === null) {
      io.fail(problem);
      return;
    }
    const { event: only, key, shown } = given;
    const asked = given.query === '' ? session.last : { text: given.query, dialect: session.dialect };
    if (asked === null) {
      io.fail('there is no query yet that could be explained');
      return;
    }
    const { text, dialect } = asked;
    const { query, diagnostics } = analyzeQuery(text, { dialect: DIALECTS[dialect], schema: session.schema });
    const created =
      query === null
        ? null
        : createQueryExplainer(query, {
            ...session.fields,
            nowMs: Date.now(),
            sampleOrder: 'by-key',
            kept: shown,
            only,
            key,
          });
    const all = [...diagnostics, ...(created?.diagnostics ?? [])];
    if (all.length > 0) io.diagnose(all, text);
    if (created?.explainer == null) {
      io.fail('the query was not explained');
      return;
    }
    const { explainer } = created;
    const wrongKey = key === undefined ? null : describeWrongKey(explainer.keyFields, key);
    if (wrongKey !== null) {
      io.fail(wrongKey);
      return;
    }
    const events = await watchStore(created, session, io, only === undefined);
    if (only !== undefined && only > events && !io.signal.aborted) {
      io.fail(describeNoEvent(only, events));
      return;
    }
    const explanation = explainer.finish();
    const unknownKey = key === undefined ? null : describeUnknownKey(explanation, key);
    if (unknownKey !== null) io.note(unknownKey);
    writePage(renderExplanation(explanation, { shown, key, event: only }), session, io);
  },
};

/** Shows an explainer the events, says what they told of the whole query, and counts them. */
async function watchStore(
  { explainer, query }: { readonly explainer: QueryExplainer; readonly query: CompiledQuery },
  session: ReplSession,
  io: ReplIo,
  isForAll: boolean,
): Promise<number> {
  const coverage = new EventCoverage([query], { timesGiven: true });
  let events = 0;
  await visitEvents(session.store.scan(explainer.fieldPaths), io.signal, ({ event, timestamp }) => {
    if (isUndated(timestamp) && needsTime(query)) return;
    events += 1;
    coverage.observe(event);
    explainer.observe(event, timestamp);
  });
  if (io.signal.aborted) io.write('cancelled: this is what the events told that were examined');
  else if (isForAll) for (const line of describeQueryCoverage(coverage, new Map(), false)) io.note(line);
  for (const line of describeQueryProblems(query)) io.note(line);
  return events;
}
