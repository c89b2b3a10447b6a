import { EventCoverage, prepareQuery, QueryRun, type CompiledQuery, type Match } from '@eqlkit/engine';
import { DIALECTS } from '@eqlkit/language';
import { isUndated } from '@eqlkit/stream';
import { countOf } from '../output/count-of.js';
import { describeQueryProblems } from '../output/evaluation-problems.js';
import { describeUndated } from '../output/event-problems.js';
import { describeQueryCoverage } from '../output/query-coverage.js';
import { needsTime } from '../query/answer-query.js';
import { createResultPrinter, noPlace } from '../results/result-printer.js';
import type { ReplIo } from './repl-io.js';
import { MAX_KEPT_RESULTS, type LastQuery, type ReplSession } from './repl-session.js';
import { visitEvents } from './visit-events.js';
import { pageRows, writePage } from './write-page.js';

/** How a line begins that was meant to go on with the one before. */
const GOES_ON = /^(?:\||(?:and|or)\b)/iu;
const CONTINUATION_HINT =
  ': the line before it was whole and ran by itself; a query goes on in the next line behind "|", "and" or "or", and after Alt-Enter';

/** Reads a query as the session has it. */
export function prepareSessionQuery(
  { text, dialect }: LastQuery,
  session: ReplSession,
): ReturnType<typeof prepareQuery> {
  return prepareQuery(text, {
    dialect: DIALECTS[dialect],
    schema: session.schema,
    ...session.fields,
    nowMs: Date.now(),
    sampleOrder: 'by-key',
  });
}

/** What came of asking all events. */
interface QueryEffort {
  readonly found: number;
  /** Why there may be no results, and what was left out. */
  readonly notes: readonly string[];
  /** How many events were examined, and how long it took. */
  readonly effort: string;
}

/**
 * Asks all events a query.
 *
 * @param watched - Fields to look out for, each with what it means if no event has it.
 */
export async function visitMatches(
  query: CompiledQuery,
  watched: ReadonlyMap<string, string>,
  session: ReplSession,
  io: ReplIo,
  onMatch: (match: Match) => void,
): Promise<QueryEffort> {
  const begun = performance.now();
  const run = new QueryRun(query);
  const coverage = new EventCoverage([query], { columns: [...watched.keys()], timesGiven: true });
  let found = 0;
  const take = (matches: readonly Match[]): void => {
    found += matches.length;
    for (const match of matches) onMatch(match);
  };
  let undated = 0;
  const examined = await visitEvents(session.store.scan(run.fieldPaths), io.signal, ({ event, timestamp }) => {
    if (isUndated(timestamp) && needsTime(query)) {
      undated += 1;
      return;
    }
    coverage.observe(event);
    take(run.process(event, timestamp));
  });
  if (!io.signal.aborted) take(run.finish());
  const time = session.showsTime ? ` in ${((performance.now() - begun) / 1000).toFixed(2)} s` : '';
  return {
    found,
    notes: [
      ...(undated > 0 ? [describeUndated(undated)] : []),
      ...(io.signal.aborted ? [] : describeQueryCoverage(coverage, watched, false)),
      ...describeQueryProblems(query),
    ],
    effort: `${countOf(examined, 'event')} examined${time}`,
  };
}

/** Asks the events a query, shows the results and keeps them for `.show`. */
export async function runQuery(text: string, session: ReplSession, io: ReplIo): Promise<void> {
  const asked: LastQuery = { text, dialect: session.dialect };
  const { query, diagnostics } = prepareSessionQuery(asked, session);
  if (diagnostics.length > 0) io.diagnose(diagnostics, text);
  if (query === null) {
    io.fail(`the query was not run${GOES_ON.test(text) ? CONTINUATION_HINT : ''}`);
    return;
  }
  if (session.store.size === 0) {
    session.last = asked;
    session.results = { kind: 'matches', query, matches: [], found: 0, isPartial: false };
    io.write('no events are loaded: .load <files> loads some');
    return;
  }
  const watched = new Map((session.columns ?? []).map((field) => [field, 'a column stays empty']));
  const matches: Match[] = [];
  const { found, notes, effort } = await visitMatches(query, watched, session, io, (match) => {
    if (matches.length < MAX_KEPT_RESULTS) matches.push(match);
  });
  session.last = asked;
  session.results = { kind: 'matches', query, matches, found, isPartial: io.signal.aborted };
  writePage(printResults(session, io), session, io);
  for (const note of notes) io.note(note);
  const cancelled = io.signal.aborted ? 'cancelled: ' : '';
  const cut = found > matches.length ? ` (the first ${matches.length.toLocaleString('en-US')} are kept)` : '';
  io.note(`${cancelled}${countOf(found, 'result')}${cut} · ${effort}`);
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
    placeOf: noPlace,
  });
  for (const match of results.matches) yield printer.print(match);
  yield printer.finish({ tookMs: 0, isPartial: results.isPartial });
}
