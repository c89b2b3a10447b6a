import type { Timestamp } from '../time/timestamp.js';
import type { LineagePlan } from '../lineage/lineage-plan.js';
import { LineageTrackers, type LineageTracker } from '../lineage/lineage-tracker.js';
import type { JsonObject, JsonValue, Value } from '../values/value.js';
import { EventRecord } from './event-record.js';
import type { FieldTable } from './field-table.js';
import type { FieldValue } from './field-value.js';
import { LazyEvent } from './lazy-event.js';
import type { Prefilter } from './prefilter.js';

const NO_TRACKERS = new LineageTrackers();

/**
 * The event that predicates look at. One view serves a whole run: `load` moves it to the next event, and each field
 * is looked up once per event, when the first predicate asks for it.
 */
export class EventView {
  private source: JsonObject | LazyEvent = {};
  private time: Timestamp = { ms: 0, ns: 0 };
  private place = 0;
  /** The record of the event, made when something wants to keep it. */
  private kept: EventRecord | null = null;
  private generation = 0;
  /** Counts how often a process tree with sources was asked: what asked none is the same for all events. */
  sourcesAsked = 0;
  /** The stages that another index of the same queries has found for the event; null if none was asked. */
  survey: readonly number[] | null = null;
  /** By place: filled from the start, as arrays with holes are slow. */
  private readonly values: FieldValue[];
  private readonly generations: number[];
  /** Events of earlier stages that a condition may speak of, by alias; see `withBindings`. */
  private bound: ReadonlyMap<string, EventRecord> = new Map();
  /** Elements that array functions are walking, by variable. */
  private readonly elements = new Map<string, JsonValue>();

  constructor(
    readonly fields: FieldTable,
    /** The process trees that conditions may ask about. */
    private readonly trackers: LineageTrackers = NO_TRACKERS,
  ) {
    this.values = fields.columns.map(() => null);
    this.generations = fields.columns.map(() => 0);
  }

  /** Moves to an event that comes in. */
  load(event: JsonObject | LazyEvent, timestamp: Timestamp, arrival: number): void {
    this.source = event;
    this.time = timestamp;
    this.place = arrival;
    this.survey = null;
    this.kept = null;
    this.generation += 1;
  }

  /** Moves to an event that was kept. */
  loadRecord(record: EventRecord): void {
    this.load(record.content, record.timestamp, record.arrival);
    this.kept = record;
  }

  /** Moves the event in time, for queries that look for it in another field. */
  retime(timestamp: Timestamp): void {
    if (timestamp === this.time) return;
    this.time = timestamp;
    this.kept = null;
  }

  /** Counts the events that were loaded; changes with each. */
  get eventNumber(): number {
    return this.generation;
  }

  /** When the event happened. */
  get timestamp(): Timestamp {
    return this.time;
  }

  /** Counts the events of a run, as the event's record does. */
  get arrival(): number {
    return this.place;
  }

  /** The whole event, decoded when it is first asked for. */
  get event(): JsonObject {
    if (this.source instanceof LazyEvent) this.source = this.kept?.event ?? this.source.decode();
    return this.source;
  }

  /** The event as it was loaded, or decoded meanwhile. */
  get content(): JsonObject | LazyEvent {
    return this.source;
  }

  /** The event to keep. */
  record(tiebreaker: Value = null): EventRecord {
    if (this.kept === null) {
      const content = this.source instanceof LazyEvent ? this.source.retain() : this.source;
      this.kept = new EventRecord(content, this.time, tiebreaker, this.place);
    }
    return this.kept;
  }

  /** What looks at the event's values where they stand, if there is such a thing. */
  get prefilter(): Prefilter | null {
    return this.source instanceof LazyEvent ? this.source.prefilter : null;
  }

  /** The values of the field at a place of the field table. */
  get(place: number): FieldValue {
    const known = this.values[place];
    if (known !== undefined && this.generations[place] === this.generation) return known;
    const value = this.fields.readValue(place, this.source);
    this.values[place] = value;
    this.generations[place] = this.generation;
    return value;
  }

  /** Whether the event holds anything at all at a place of the field table, be it null. Hardly costs anything. */
  has(place: number): boolean {
    return this.fields.has(place, this.source);
  }

  /** What the event holds at a place of the field table. */
  getRaw(place: number): JsonValue | undefined {
    return this.fields.readRaw(place, this.source);
  }

  /** Runs `action` with the events that aliases stand for. */
  withBindings<T>(bindings: ReadonlyMap<string, EventRecord>, action: () => T): T {
    const outer = this.bound;
    this.bound = bindings;
    try {
      return action();
    } finally {
      this.bound = outer;
    }
  }

  /** The event that an alias stands for. */
  binding(alias: string): EventRecord | undefined {
    return this.bound.get(alias);
  }

  /** The process tree that a `… of […]` asks; undefined where none is kept. */
  lineage(plan: LineagePlan): LineageTracker | undefined {
    const tracker = this.trackers.get(plan);
    if (tracker?.hasSources === true) this.sourcesAsked += 1;
    return tracker;
  }

  /** Changes whenever some process tree gets its first source. */
  get lineageChanges(): number {
    return this.trackers.changes;
  }

  /** Runs `action` while a variable stands for an element of an array. */
  withElement<T>(variable: string, element: JsonValue, action: () => T): T {
    const outer = this.elements.get(variable);
    this.elements.set(variable, element);
    try {
      return action();
    } finally {
      if (outer === undefined) this.elements.delete(variable);
      else this.elements.set(variable, outer);
    }
  }

  /** The element that a variable stands for. */
  element(variable: string): JsonValue | undefined {
    return this.elements.get(variable);
  }
}
