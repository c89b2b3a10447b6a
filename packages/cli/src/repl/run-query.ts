import { EventCoverage, prepareQuery, QueryRun, type Match } from '@eqlkit/engine';
import { DIALECTS } from '@eqlkit/language';
import { isUndated } from '@eqlkit/stream';
import { printDiagnostics } from '../output/diagnostics.js';
import { countOf } from '../output/count-of.js';
import { describeUndated } from '../output/event-problems.js';
import { describeQueryCoverage } from '../output/query-coverage.js';
import { needsTime } from '../query/answer-query.js';
import { createResultPrinter } from '../results/result-printer.js';
import type { ReplIo } from './repl-io.js';
import { MAX_KEPT_RESULTS, type ReplSession } from './repl-session.js';
import { visitEvents } from './visit-events.js';
import { pageRows, writePage } from './write-page.js';

/** Asks the events a query, shows the results and keeps them for `.show`. */
export async function runQuery(text: string, session: ReplSession, io: ReplIo): Promise<void> {
  const { query, diagnostics } = prepareQuery(text, {
    dialect: DIALECTS[session.dialect],
    schema: session.schema,
    ...session.fields,
    nowMs: Date.now(),
    sampleOrder: 'by-key',
  });
  if (diagnostics.length > 0) io.write(printDiagnostics(diagnostics, 'query', text));
  if (query === null) {
    io.fail('the query was not run');
    return;
  }
  if (session.store.size === 0) io.write('no events are loaded: .load <files> loads some');
  const begun = performance.now();
  const run = new QueryRun(query);
  const named = new Map((session.columns ?? []).map((field) => [field, 'a column stays empty']));
  const coverage = new EventCoverage([query], { columns: [...named.keys()], timesGiven: true });
  const results: Match[] = [];
  let found = 0;
  const keep = (matches: readonly Match[]): void => {
    found += matches.length;
    for (const match of matches) if (results.length < MAX_KEPT_RESULTS) results.push(match);
  };
  let undated = 0;
  const examined = await visitEvents(session.store.scan(run.fieldPaths), io.signal, ({ event, timestamp }) => {
    if (isUndated(timestamp) && needsTime(query)) {
      undated += 1;
      return;
    }
    coverage.observe(event);
    keep(run.process(event, timestamp));
  });
  if (!io.signal.aborted) keep(run.finish());
  session.last = { text, dialect: session.dialect };
  session.results = { kind: 'matches', query, matches: results, found, isPartial: io.signal.aborted };
  writePage(printResults(session, io), session, io);
  if (undated > 0) io.note(describeUndated(undated));
  if (!io.signal.aborted) for (const line of describeQueryCoverage(coverage, named, false)) io.note(line);
  const seconds = ((performance.now() - begun) / 1000).toFixed(2);
  const cut = found > results.length ? ` (the first ${results.length.toLocaleString('en-US')} are kept)` : '';
  const time = session.showsTime ? ` in ${seconds} s` : '';
  io.note(
    `${io.signal.aborted ? 'cancelled: ' : ''}${countOf(found, 'result')}${cut} · ${countOf(examined, 'event')} examined${time}`,
  );
}

/** Rows of a page that a table takes beside its events: borders, and a title of two lines. */
const TABLE_ROWS = 5;

/** The results of the last query, laid out when they are wanted: tables of as many events as a page shows. */
function* printResults(session: ReplSession, io: ReplIo): Generator<string> {
  const { results, columns } = session;
  if (results?.kind !== 'matches') return;
  const rows = pageRows(io);
  const printer = createResultPrinter('table', {
    query: results.query,
    chosen: columns,
    isNumbered: true,
    ...(rows === Infinity ? {} : { eventsOfTable: Math.max(1, rows - TABLE_ROWS) }),
    // Tables do not tell it.
    placeOf: () => ({ source: '', line: 0 }),
  });
  for (const match of results.matches) yield printer.print(match);
  yield printer.finish({ tookMs: 0, isPartial: results.isPartial });
}
