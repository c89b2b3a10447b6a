import { asList, asNumber, asObject, EventDecoder, EventEncoder, SnapshotError } from '../event/event-codec.js';
import { EventView } from '../event/event-view.js';
import { FieldTable, type FieldPath } from '../event/field-table.js';
import type { LazyEvent } from '../event/lazy-event.js';
import { LineageTrackers } from '../lineage/lineage-tracker.js';
import type { Match } from '../match.js';
import type { CompiledQuery } from '../plan/compile-query.js';
import { parseTimestamp, type Timestamp } from '../time/timestamp.js';
import type { JsonObject, JsonValue } from '../values/value.js';
import { ExhaustiveFinder } from './exhaustive-finder.js';
import { Lane } from './lane.js';
import type { EventCoverage } from './event-coverage.js';
import { GateKeeper, type QueryGate } from './query-gate.js';
import { StageIndex } from './stage-index.js';

/** A match and the query that it belongs to. */
export interface QueryMatch {
  /** Position of the query in the list that the engine was made with. */
  readonly query: number;
  readonly match: Match;
}

/** Conditions do not ask when an event happened. */
const UNTIMED: Timestamp = { ms: 0, ns: 0 };

const NO_STAGES: readonly number[] = [];

const NO_MATCHES: readonly QueryMatch[] = [];

const FIRST_SEEN: EventArrival = {};

/** How an engine works. */
export interface EngineOptions {
  /** Which queries see which events. Default: all see all. */
  readonly gate?: QueryGate | null;
  /** Try every query on every event instead of those that an index finds. Slow; to check the index against. */
  readonly exhaustive?: boolean;
  /**
   * The times that `process` is given are those of the queries' timestamp field, which is then not read: an event without
   * it takes part at the time that is given. Default: they are those of `@timestamp`.
   */
  readonly timesGiven?: boolean;
  /** Is shown every event that is not surveyed by another engine; of the same queries. */
  readonly coverage?: EventCoverage | null;
}

/** What is known of an event beside the event. */
export interface EventArrival {
  /** What another engine's `survey` gave for the event; the outcome is the same with and without. */
  readonly survey?: readonly number[];
  /** Its place in the order of all events, or of their lines, from 0; for a coverage. Default: events are counted. */
  readonly ordinal?: number;
}

/**
 * Runs queries over events that come in order of time.
 *
 * The queries must share the field table that they were compiled with. Batch is the special case of a stream: process
 * every event, then finish.
 */
export class Engine {
  private readonly lanes: readonly Lane[];
  /** The index of each lane; none in an exhaustive engine. */
  private readonly indexes: readonly StageIndex[];
  private readonly view: EventView;
  private readonly coverage: EventCoverage | null;
  private readonly timestampPlace: number;
  private arrival = 0;
  private missingTimestamps = 0;

  constructor(queries: readonly CompiledQuery[], options: EngineOptions = {}) {
    const { gate = null, exhaustive = false, timesGiven = false, coverage = null } = options;
    const fields = queries[0]?.fields ?? new FieldTable();
    const keeper = gate === null ? null : new GateKeeper(gate, fields);
    const trackers = new LineageTrackers();
    const lanes = new Map<string, Lane>();
    const indexes: StageIndex[] = [];
    const lineageIndexes: StageIndex[] = [];
    queries.forEach((query, index) => {
      const key = JSON.stringify([query.timestampField, query.tiebreakerField]);
      let lane = lanes.get(key);
      if (lane === undefined) {
        const finder = exhaustive ? new ExhaustiveFinder() : new StageIndex();
        if (finder instanceof StageIndex) indexes.push(finder);
        const lineageFinder = exhaustive ? new ExhaustiveFinder() : new StageIndex({ takesSurveys: false });
        if (lineageFinder instanceof StageIndex) lineageIndexes.push(lineageFinder);
        lane = new Lane(query, finder, { gate: keeper, lineage: trackers, lineageFinder, timesGiven });
        lanes.set(key, lane);
      }
      lane.add(query, index);
    });
    for (const index of [...indexes, ...lineageIndexes]) index.prepare();
    this.lanes = [...lanes.values()];
    this.indexes = indexes;
    this.view = new EventView(fields, trackers);
    this.coverage = coverage;
    this.timestampPlace = fields.place('@timestamp', ['@timestamp'], null);
  }

  /** The fields that the engine reads, for those who give it a {@link LazyEvent}. They do not change any more. */
  get fieldPaths(): readonly FieldPath[] {
    return this.view.fields.paths;
  }

  /** Whether `process` looks into an event, apart from its time, of which a `survey` has given no numbers. */
  get looksAtAll(): boolean {
    return this.lanes.some((lane) => lane.looksAtAll);
  }

  /** Events without a usable timestamp; they are not looked at. */
  get eventsWithoutTimestamp(): number {
    return this.missingTimestamps;
  }

  /** Events that sequences left out because a later one had come before. */
  get lateEvents(): number {
    return this.lanes.reduce((most, lane) => Math.max(most, lane.lateEvents), 0);
  }

  /**
   * Does the part of `process` that needs no other event, and changes nothing: for engines that work for another one, of
   * the same queries in the same order. Gives the numbers of the stages that may hold. Such an engine never processes.
   *
   * @param ordinal - As in {@link EventArrival}.
   */
  survey(event: JsonObject | LazyEvent, ordinal?: number): readonly number[] {
    const { view, indexes } = this;
    if (indexes.length < this.lanes.length) throw new Error('an exhaustive engine makes no surveys');
    view.load(event, UNTIMED, 0);
    this.coverage?.observeView(view, ordinal);
    const [only] = indexes;
    if (only === undefined) return NO_STAGES;
    if (indexes.length === 1) return only.survey(view);
    return indexes.flatMap((index, lane) => index.survey(view).map((stage) => stage * indexes.length + lane));
  }

  /**
   * Takes the next event, decoded or to be read field by field. Its timestamp is read from `@timestamp` unless it is
   * given.
   */
  process(
    event: JsonObject | LazyEvent,
    timestamp?: Timestamp,
    arrival: EventArrival = FIRST_SEEN,
  ): readonly QueryMatch[] {
    const { view, lanes } = this;
    const time = timestamp ?? parseTimestamp(view.fields.readRaw(this.timestampPlace, event));
    if (time === null) {
      this.missingTimestamps += 1;
      return NO_MATCHES;
    }
    view.load(event, time, this.arrival);
    this.arrival += 1;
    const { survey, ordinal } = arrival;
    if (survey === undefined) this.coverage?.observeView(view, ordinal);
    const [only] = lanes;
    if (only === undefined) return NO_MATCHES;
    if (lanes.length === 1) {
      view.survey = survey ?? null;
      return only.process(view, time);
    }
    return lanes.flatMap((lane, index) => {
      view.survey = survey === undefined ? null : stagesOf(survey, index, lanes.length);
      return lane.process(view, time);
    });
  }

  /** Says that no event before a time will come any more: what waited for that time is decided. */
  advanceTo(timestampMs: number): readonly QueryMatch[] {
    const now = { ms: timestampMs, ns: 0 };
    return this.lanes.flatMap((lane) => lane.advanceTo(now));
  }

  /** Says that no event will come any more. */
  finish(): readonly QueryMatch[] {
    return this.lanes.flatMap((lane) => lane.finish());
  }

  /** The whole state as plain data: JSON, but that integers beyond a double may be bigint. */
  snapshot(): JsonValue {
    const encoder = new EventEncoder();
    const lanes = this.lanes.map((lane) => lane.snapshot(encoder));
    return { version: 2, arrival: this.arrival, lanes, events: encoder.table() };
  }

  /**
   * Takes over a state, so that the run goes on as if nothing had happened.
   *
   * @throws SnapshotError if the state was made for other queries.
   */
  restore(state: JsonValue): void {
    const { version, arrival, lanes, events } = asObject(state);
    if (version !== 2) throw new SnapshotError('it was made by another version');
    const decoder = new EventDecoder(events);
    const states = asList(lanes);
    if (states.length !== this.lanes.length) throw new SnapshotError('it was made for other queries');
    this.arrival = asNumber(arrival);
    this.lanes.forEach((lane, index) => lane.restore(states[index] ?? null, decoder));
  }
}

/** A lane's part of a survey. */
function stagesOf(survey: readonly number[], lane: number, lanes: number): readonly number[] {
  return survey.filter((number) => number % lanes === lane).map((number) => (number - lane) / lanes);
}
