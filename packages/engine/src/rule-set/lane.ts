import { asList, SnapshotError, type EventDecoder, type EventEncoder } from '../event/event-codec.js';
import { EventRecord } from '../event/event-record.js';
import { EventView } from '../event/event-view.js';
import { listValues } from '../event/field-value.js';
import type { CompiledQuery } from '../plan/compile-query.js';
import { QueryMachine } from '../plan/query-machine.js';
import type { BodyPlan } from '../plan/query-plan.js';
import { compareKeyValues } from '../sequence/join-key.js';
import { decodeTime, encodeTime } from '../sequence/missing-history.js';
import { compareTimestamps, parseTimestamp, type Timestamp } from '../time/timestamp.js';
import type { JsonValue, Value } from '../values/value.js';
import type { QueryMatch } from './engine.js';
import type { GateKeeper } from './query-gate.js';

interface Member {
  readonly query: number;
  readonly machine: QueryMachine;
  /** The categories of its stages; null if it must see every event. */
  readonly categories: ReadonlySet<string> | null;
}

/**
 * The queries of an engine that agree on where category, time and tiebreaker of an event stand.
 *
 * With a tiebreaker, events of one timestamp are held until time moves on, and then taken in the tiebreaker's order.
 */
export class Lane {
  private readonly members: Member[] = [];
  /** For events that were held. */
  private readonly heldView: EventView;
  private readonly categoryPlace: number;
  private readonly timePlace: number | null;
  private readonly tiebreakerPlace: number | null;
  private readonly membersOfCategory = new Map<string, readonly Member[]>();
  private held: EventRecord[] = [];
  /** The time of the last event that was taken. */
  private latest: Timestamp | null = null;
  /** No event before this time is expected: one that comes all the same is late, whatever a query saw of the others. */
  private horizon: Timestamp | null = null;

  constructor(
    query: CompiledQuery,
    private readonly gate: GateKeeper | null,
  ) {
    const { fields } = query;
    const placeOf = (name: string): number => fields.place(name, name.split('.'), null);
    this.heldView = new EventView(fields);
    this.categoryPlace = placeOf(query.categoryField);
    this.timePlace = query.timestampField === '@timestamp' ? null : placeOf(query.timestampField);
    this.tiebreakerPlace = query.tiebreakerField === null ? null : placeOf(query.tiebreakerField);
  }

  add(query: CompiledQuery, index: number): void {
    const aliased = query.source.schema?.fields.has(query.categoryField) === true;
    const watchesAll = aliased || query.plan.lineage.length > 0;
    this.members.push({
      query: index,
      machine: new QueryMachine(query.plan),
      categories: watchesAll ? null : categoriesOf(query.plan.body),
    });
  }

  get lateEvents(): number {
    return this.members.reduce((most, { machine }) => Math.max(most, machine.lateEvents), 0);
  }

  /** Takes the view's event, which happened at a time unless the lane's queries look for it in another field. */
  process(view: EventView, time: Timestamp): readonly QueryMatch[] {
    const timestamp = this.timePlace === null ? time : parseTimestamp(view.getRaw(this.timePlace));
    if (timestamp === null) return [];
    view.retime(timestamp);
    const late = this.horizon !== null && compareTimestamps(timestamp, this.horizon) < 0;
    if (!late) this.horizon = timestamp;
    // An event that comes late is not held: its time has passed.
    if (this.tiebreakerPlace === null || late) return this.take(view, late);
    const [first] = this.held;
    const moved = first !== undefined && compareTimestamps(timestamp, first.timestamp) > 0;
    const released = moved ? this.release() : [];
    const [tiebreaker] = listValues(view.get(this.tiebreakerPlace));
    const { content, arrival } = view.record();
    this.held.push(new EventRecord(content, timestamp, tiebreaker ?? null, arrival));
    return released;
  }

  private release(): readonly QueryMatch[] {
    const held = this.held.sort((a, b) => compareTiebreakers(a.tiebreaker, b.tiebreaker) || a.arrival - b.arrival);
    this.held = [];
    return held.flatMap((record) => {
      this.heldView.loadRecord(record);
      return this.take(this.heldView, false);
    });
  }

  private take(view: EventView, late: boolean): readonly QueryMatch[] {
    const matches: QueryMatch[] = [];
    const { timestamp } = view;
    if (this.latest === null || compareTimestamps(timestamp, this.latest) > 0) {
      this.latest = timestamp;
      for (const { machine, query } of this.members) {
        if (machine.needsClock) for (const match of machine.advanceTo(timestamp)) matches.push({ query, match });
      }
    }
    const admitted = this.gate?.admitted(view);
    for (const { machine, query } of this.membersFor(view)) {
      if (admitted?.[query] === 0) continue;
      for (const match of machine.process(view, late)) matches.push({ query, match });
    }
    return matches;
  }

  /** The queries that an event of this category can concern. */
  private membersFor(view: EventView): readonly Member[] {
    const categories = listValues(view.get(this.categoryPlace)).filter((one) => typeof one === 'string');
    const key = categories.join('\n');
    const known = this.membersOfCategory.get(key);
    if (known !== undefined) return known;
    const members = this.members.filter(
      (member) => member.categories === null || categories.some((category) => member.categories?.has(category)),
    );
    // Events are untrusted: categories without end must not fill the memory.
    if (this.membersOfCategory.size < 10_000) this.membersOfCategory.set(key, members);
    return members;
  }

  advanceTo(now: Timestamp): readonly QueryMatch[] {
    if (this.horizon === null || compareTimestamps(now, this.horizon) > 0) this.horizon = now;
    const [first] = this.held;
    const released = first !== undefined && compareTimestamps(now, first.timestamp) > 0 ? this.release() : [];
    const decided = this.members.flatMap(({ machine, query }) =>
      machine.advanceTo(now).map((match) => ({ query, match })),
    );
    return [...released, ...decided];
  }

  finish(): readonly QueryMatch[] {
    const released = this.release();
    const ended = this.members.flatMap(({ machine, query }) => machine.finish().map((match) => ({ query, match })));
    return [...released, ...ended];
  }

  snapshot(encoder: EventEncoder): JsonValue {
    return [
      this.held.map((record) => encoder.encode(record)),
      this.members.map(({ machine }) => machine.snapshot(encoder)),
      this.horizon === null ? null : encodeTime(this.horizon),
    ];
  }

  restore(state: JsonValue, decoder: EventDecoder): void {
    const [held, machines, horizon] = asList(state);
    const states = asList(machines);
    if (states.length !== this.members.length) throw new SnapshotError('it was made for other queries');
    this.horizon = horizon === null ? null : decodeTime(horizon);
    this.held = asList(held).map((number) => decoder.decode(number));
    this.members.forEach(({ machine }, index) => machine.restore(states[index], decoder));
  }
}

function categoriesOf(body: BodyPlan): ReadonlySet<string> | null {
  const stages = body.kind === 'event' ? [body.stage] : [...body.stages];
  if (body.kind !== 'event' && body.kind !== 'sample' && body.until !== null) stages.push(body.until);
  const categories = new Set<string>();
  for (const { category } of stages) {
    if (category === null) return null;
    categories.add(category);
  }
  return categories;
}

/** Missing tiebreakers sort last. */
function compareTiebreakers(a: Value, b: Value): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return compareKeyValues(a, b);
}
