import { EventCoverage, QueryRun, type CompiledQuery, type EventRecord, type Match } from '@eqlkit/engine';
import { scannedEvents, type EventSource } from '@eqlkit/stream';
import type { EventInput } from '../event-input.js';
import type { EventProblems } from '../output/event-problems.js';
import { startProgress } from '../output/progress.js';
import { EventPlaces, type EventPlace } from './placed-event.js';
import { placeInRange, type TimeRange } from './time-range.js';

/** What answering a query comes to. */
export interface QueryOutcome {
  readonly events: number;
  /** How many results there were before the size cut them; at least, if reading ended early. */
  readonly found: number;
  readonly lateEvents: number;
  /** There was no event, within the range or beyond. */
  readonly isEmpty: boolean;
  /** How many events were read that lie before the range; reading ends at the first one behind it. */
  readonly beforeRange: number;
  readonly endedEarly: boolean;
  readonly tookMs: number;
}

/** Where results go, and how events are read. */
export interface AnswerOptions {
  readonly problems: EventProblems;
  /** Fields that may differ from the query's, which an alias of the schema renames. */
  readonly timestampField: string;
  readonly categoryField: string;
  readonly tiebreakerField: string | undefined;
  readonly reading: EventInput['reading'];
  /** Only events within are looked at. */
  readonly range: TimeRange;
  onMatch(match: Match): void;
}

/** Runs a query over all events, in order of time, until they end or the answer is complete. */
export class QueryAnswerer {
  private readonly places = new EventPlaces();
  /** Which of the fields and categories that the query needs, and of the watched fields, were in any event. */
  readonly coverage: EventCoverage;

  /** `watched` names fields and columns to look out for, beside the fields that the query reads. */
  constructor(
    private readonly query: CompiledQuery,
    private readonly sources: readonly EventSource[],
    watched: { readonly fields: readonly string[]; readonly columns: readonly string[] },
  ) {
    this.coverage = new EventCoverage([query], { ...watched, timesGiven: true });
  }

  /** Where an event of a result was read. */
  placeOf(record: EventRecord): EventPlace {
    return this.places.placeOf(record.event);
  }

  async answer(options: AnswerOptions): Promise<QueryOutcome> {
    const begun = performance.now();
    const run = new QueryRun(this.query);
    const progress = startProgress(this.sources);
    const batches = scannedEvents(this.sources, {
      fieldPaths: run.fieldPaths,
      timestampField: options.timestampField,
      categoryField: options.categoryField,
      ...(options.tiebreakerField === undefined ? {} : { tiebreakerField: options.tiebreakerField }),
      ...options.reading,
      undated: needsTime(this.query) ? 'skip' : 'first',
      onProblem: (problem) => {
        if (problem.kind !== 'missing-category' || readsCategory(this.query)) options.problems.add(problem);
      },
    });
    // Files come in order of time, so that nothing behind the range can be within.
    const isOrdered = this.sources.every(({ sizeBytes }) => sizeBytes !== undefined);
    let events = 0;
    // Set by the visitor, which the type checker does not follow.
    let isOver = false as boolean;
    let isEmpty = true;
    let beforeRange = 0;
    for await (const batch of batches) {
      batch.visit((event, timestamp, _ordinal, source, line) => {
        isEmpty = false;
        const place = placeInRange(timestamp, options.range);
        isOver ||= place === 'after' && isOrdered;
        if (isOver || run.isComplete) return;
        if (place === 'before') beforeRange += 1;
        if (place !== 'within') return;
        events += 1;
        const placed = this.places.place(event, source, line);
        this.coverage.observe(placed);
        for (const match of run.process(placed, timestamp)) options.onMatch(match);
      });
      progress.advance(batch.bytesRead, events);
      if (run.isComplete || isOver) break;
    }
    const endedEarly = run.isComplete;
    for (const match of run.finish()) options.onMatch(match);
    progress.stop();
    const { found, lateEvents } = run;
    return { events, found, lateEvents, isEmpty, beforeRange, endedEarly, tookMs: performance.now() - begun };
  }
}

/** Sequences and joins are about the order of events; single events and samples are found without a time, too. */
export function needsTime(query: CompiledQuery): boolean {
  const { kind } = query.plan.body;
  return kind === 'sequence' || kind === 'join';
}

/** Whether an event without a category cannot be found. */
export function readsCategory({ plan: { body } }: CompiledQuery): boolean {
  const stages = body.kind === 'event' ? [body.stage] : body.stages;
  return stages.every(({ category }) => category !== null);
}
