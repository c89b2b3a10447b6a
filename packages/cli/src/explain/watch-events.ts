import type { CompiledQuery, EventCoverage, QueryExplainer } from '@eqlkit/engine';
import { scannedEvents } from '@eqlkit/stream';
import type { EventInput } from '../event-input.js';
import type { EventProblems } from '../output/event-problems.js';
import { startProgress } from '../output/progress.js';
import { needsTime, readsCategory } from '../query/answer-query.js';
import type { ExplainedSubject } from './explained-subject.js';

/** Who is shown the events. */
interface Watchers {
  readonly explainer: QueryExplainer;
  readonly coverage: EventCoverage;
  readonly query: CompiledQuery;
}

/**
 * Shows the explainer the events that `eql query` or `eql run` would show, and counts them. Of a query for single events
 * without pipes those behind the one that is asked about are left out.
 */
export async function watchEvents(
  { explainer, coverage, query }: Watchers,
  { sources, reading }: EventInput,
  { options: { categoryField, timestampField, tiebreakerField }, isRule }: ExplainedSubject,
  only: number | undefined,
  problems: EventProblems,
): Promise<number> {
  const progress = startProgress(sources);
  const batches = scannedEvents(sources, {
    ...reading,
    ...(categoryField === undefined ? {} : { categoryField }),
    ...(timestampField === undefined ? {} : { timestampField }),
    ...(tiebreakerField === undefined ? {} : { tiebreakerField }),
    fieldPaths: explainer.fieldPaths,
    undated: isRule || needsTime(query) ? 'skip' : 'first',
    onProblem: (problem) => {
      if (problem.kind !== 'missing-category' || isRule || readsCategory(query)) problems.add(problem);
    },
  });
  // What a sequence or a pipe made of an event may depend on all others.
  const { body, pipes } = query.plan;
  const last = body.kind === 'event' && pipes.length === 0 ? (only ?? Infinity) : Infinity;
  let events = 0;
  for await (const batch of batches) {
    batch.visit((event, timestamp) => {
      if (events >= last) return;
      events += 1;
      explainer.observe(event, timestamp);
      coverage.observe(event);
    });
    progress.advance(batch.bytesRead, events);
    if (events >= last) break;
  }
  progress.stop();
  return events;
}
