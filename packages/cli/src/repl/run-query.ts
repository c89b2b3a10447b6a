import { EventCoverage, prepareQuery, QueryRun, type Match } from '@eqlkit/engine';
import { DIALECTS } from '@eqlkit/language';
import { setImmediate } from 'node:timers/promises';
import { printDiagnostics } from '../output/diagnostics.js';
import { countOf } from '../output/count-of.js';
import { describeQueryCoverage } from '../output/query-coverage.js';
import { createResultPrinter } from '../results/result-printer.js';
import type { ReplIo } from './repl-io.js';
import { MAX_KEPT_RESULTS, type ReplSession } from './repl-session.js';
import { writePage } from './write-page.js';

/** Events between two looks at Ctrl-C. */
const EVENTS_OF_A_TURN = 2_000;

/** Asks the events a query, shows the results and keeps them for `.show`. */
export async function runQuery(text: string, session: ReplSession, io: ReplIo): Promise<void> {
  const { query, diagnostics } = prepareQuery(text, {
    dialect: DIALECTS[session.dialect],
    schema: session.schema,
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
  const coverage = new EventCoverage([query], { fields: [...named.keys()], timesGiven: true });
  const results: Match[] = [];
  let found = 0;
  const keep = (matches: readonly Match[]): void => {
    found += matches.length;
    for (const match of matches) if (results.length < MAX_KEPT_RESULTS) results.push(match);
  };
  let examined = 0;
  for (const record of session.store.scan(run.fieldPaths)) {
    examined += 1;
    coverage.observe(record.event);
    keep(run.process(record.event, record.timestamp));
    if (examined % EVENTS_OF_A_TURN === 0) {
      await setImmediate();
      if (io.signal.aborted) break;
    }
  }
  if (!io.signal.aborted) keep(run.finish());
  session.last = { text, query, results };
  const printer = createResultPrinter('table', {
    query,
    chosen: session.columns,
    // Tables do not tell it.
    placeOf: () => ({ source: '', line: 0 }),
  });
  const shown = results.map((match) => printer.print(match)).join('');
  writePage(`${shown}${printer.finish({ tookMs: 0, isPartial: io.signal.aborted })}`, session, io);
  if (!io.signal.aborted) for (const line of describeQueryCoverage(coverage, named, false)) io.note(line);
  const seconds = ((performance.now() - begun) / 1000).toFixed(2);
  const cut = found > results.length ? ` (the first ${results.length.toLocaleString('en-US')} are kept)` : '';
  const time = session.showsTime ? ` in ${seconds} s` : '';
  io.note(
    `${io.signal.aborted ? 'cancelled: ' : ''}${countOf(found, 'result')}${cut} · ${countOf(examined, 'event')} examined${time}`,
  );
}
