import { asList, asNumber, SnapshotError, type EventDecoder, type EventEncoder } from '../event/event-codec.js';
import { EventRecord } from '../event/event-record.js';
import { EventView } from '../event/event-view.js';
import { listValues } from '../event/field-value.js';
import type { LineageTrackers } from '../lineage/lineage-tracker.js';
import { ProcessTree } from '../lineage/process-tree.js';
import type { Match } from '../match.js';
import type { CompiledQuery } from '../plan/compile-query.js';
import { QueryMachine } from '../plan/query-machine.js';
import type { StagePlan } from '../plan/query-plan.js';
import { compareKeyValues } from '../sequence/join-key.js';
import { KeyReaders } from '../sequence/key-reader.js';
import { decodeTime, encodeTime } from '../time/timestamp-codec.js';
import type { BoundStage } from '../sequence/stage-test.js';
import { compareTimestamps, parseTimestamp, type Timestamp } from '../time/timestamp.js';
import type { JsonValue, Value } from '../values/value.js';
import type { QueryMatch } from './engine.js';
import { LineageWatch } from './lineage-watch.js';
import type { GateKeeper } from './query-gate.js';
import type { StageFinder } from './stage-finder.js';

/** Queries that no event concerns any more free what they hold, too: one with each event, so many things at most. */
const EXPIRED_PER_TURN = 256;

/** An event that waits, and what was found out about it elsewhere. */
interface HeldEvent {
  readonly record: EventRecord;
  readonly survey: readonly number[] | null;
}

interface Member {
  readonly query: number;
  readonly machine: QueryMachine;
}

/** What a lane works with. */
interface LaneOptions {
  readonly gate: GateKeeper | null;
  readonly lineage: LineageTrackers;
  /** Finds the events that the process trees of one lane wait for. */
  readonly lineageFinder: StageFinder;
  /** The timestamp field of the queries is not read: the time of an event is given. */
  readonly timesGiven: boolean;
}

/**
 * The queries of an engine that agree on where time and tiebreaker of an event stand.
 *
 * With a tiebreaker, events of one timestamp are held until time moves on, and then taken in the tiebreaker's order.
 */
export class Lane {
  private readonly members: Member[] = [];
  private readonly needClock: Member[] = [];
  private readonly lineageWatch: LineageWatch;
  private readonly processes = new ProcessTree();
  /** Those that hold what gets too old, and whose turn it is to free some. */
  private readonly aging: QueryMachine[] = [];
  private turn = 0;
  private readonly keyReaders = new KeyReaders();
  /** For events that were held. */
  private readonly heldView: EventView;
  private readonly timePlace: number | null;
  private readonly tiebreakerPlace: number | null;
  private held: HeldEvent[] = [];
  /** The time of the last event that was taken. */
  private latest: Timestamp | null = null;
  /** No event before this time is expected: one that comes all the same is late, whatever a query saw of the others. */
  private horizon: Timestamp | null = null;
  private late = 0;
  private readonly gate: GateKeeper | null;
  private readonly lineage: LineageTrackers;

  constructor(
    query: CompiledQuery,
    private readonly finder: StageFinder,
    { gate, lineage, lineageFinder, timesGiven }: LaneOptions,
  ) {
    this.gate = gate;
    this.lineage = lineage;
    const { fields } = query;
    this.lineageWatch = new LineageWatch(lineageFinder);
    const placeOf = (name: string): number => fields.place(name, name.split('.'), null);
    this.heldView = new EventView(fields, lineage);
    this.timePlace = timesGiven || query.timestampField === '@timestamp' ? null : placeOf(query.timestampField);
    this.tiebreakerPlace = query.tiebreakerField === null ? null : placeOf(query.tiebreakerField);
  }

  add(query: CompiledQuery, index: number): void {
    const place = this.members.length;
    const bind = (stage: StagePlan): BoundStage => {
      const { holds, arm } = this.finder.add(stage, query.source.dialect, place);
      return { plan: stage, holds, arm, keysOf: this.keyReaders.readerFor(stage.keys) };
    };
    this.lineage.add(query.plan.lineage, this.processes);
    const member: Member = { query: index, machine: new QueryMachine(query.plan, bind, this.lineage) };
    this.members.push(member);
    if (member.machine.needsClock) this.needClock.push(member);
    for (const tracker of member.machine.trackers) this.lineageWatch.add(tracker, query.source.dialect);
    if (member.machine.needsOrder) this.aging.push(member.machine);
  }

  /** Events that came behind a later one, so that sequences left them out. */
  get lateEvents(): number {
    return this.members.some(({ machine }) => machine.needsOrder) ? this.late : 0;
  }

  /** Whether it looks into events of which a survey has found nothing. */
  get looksAtAll(): boolean {
    return this.timePlace !== null || this.tiebreakerPlace !== null || !this.lineageWatch.isEmpty;
  }

  /** Takes the view's event, which happened at a time unless the lane's queries look for it in another field. */
  process(view: EventView, time: Timestamp): readonly QueryMatch[] {
    const timestamp = this.timePlace === null ? time : parseTimestamp(view.getRaw(this.timePlace));
    if (timestamp === null) return [];
    view.retime(timestamp);
    const late = this.horizon !== null && compareTimestamps(timestamp, this.horizon) < 0;
    if (late) this.late += 1;
    else this.horizon = timestamp;
    // An event that comes late is not held: its time has passed.
    if (this.tiebreakerPlace === null || late) return this.take(view, late);
    const [first] = this.held;
    const moved = first !== undefined && compareTimestamps(timestamp, first.record.timestamp) > 0;
    const released = moved ? this.release() : [];
    const [tiebreaker] = listValues(view.get(this.tiebreakerPlace));
    const { content, arrival } = view.record();
    const record = new EventRecord(content, timestamp, tiebreaker ?? null, arrival);
    this.held.push({ record, survey: view.survey });
    return released;
  }

  private release(): readonly QueryMatch[] {
    const held = this.held.sort(
      ({ record: a }, { record: b }) => compareTiebreakers(a.tiebreaker, b.tiebreaker) || a.arrival - b.arrival,
    );
    this.held = [];
    return held.flatMap(({ record, survey }) => {
      this.heldView.loadRecord(record);
      this.heldView.survey = survey;
      return this.take(this.heldView, false);
    });
  }

  private take(view: EventView, late: boolean): readonly QueryMatch[] {
    const found: QueryMatch[] = [];
    const { timestamp } = view;
    if (this.latest === null || compareTimestamps(timestamp, this.latest) > 0) {
      this.latest = timestamp;
      for (const member of this.needClock) append(found, member, member.machine.advanceTo(timestamp));
    }
    this.aging[this.turn]?.expire(timestamp, EXPIRED_PER_TURN);
    this.turn = this.turn + 1 < this.aging.length ? this.turn + 1 : 0;
    // Process trees grow with all events, also those that a query does not see.
    this.lineageWatch.observe(view);
    for (const place of this.finder.find(view)) {
      const member = this.members[place];
      // A sequence cannot take back what it has decided.
      if (member === undefined || (late && member.machine.needsOrder)) continue;
      if (this.admits(member.query, view)) append(found, member, member.machine.process(view));
    }
    return found;
  }

  private admits(query: number, view: EventView): boolean {
    return this.gate?.admitted(view)[query] !== 0;
  }

  advanceTo(now: Timestamp): readonly QueryMatch[] {
    const [first] = this.held;
    const found = first !== undefined && compareTimestamps(now, first.record.timestamp) > 0 ? [...this.release()] : [];
    if (this.horizon === null || compareTimestamps(now, this.horizon) > 0) this.horizon = now;
    for (const member of this.members) append(found, member, member.machine.advanceTo(now));
    return found;
  }

  finish(): readonly QueryMatch[] {
    const found = [...this.release()];
    for (const member of this.members) append(found, member, member.machine.finish());
    return found;
  }

  snapshot(encoder: EventEncoder): JsonValue {
    return [
      this.held.map(({ record }) => encoder.encode(record)),
      this.members.map(({ machine }) => machine.snapshot(encoder)),
      this.horizon === null ? null : encodeTime(this.horizon),
      this.late,
      this.processes.snapshot(),
    ];
  }

  restore(state: JsonValue, decoder: EventDecoder): void {
    const [held, machines, horizon, late, processes] = asList(state);
    const states = asList(machines);
    if (states.length !== this.members.length) throw new SnapshotError('it was made for other queries');
    this.held = asList(held).map((number) => ({ record: decoder.decode(number), survey: null }));
    this.members.forEach(({ machine }, index) => machine.restore(states[index], decoder));
    this.horizon = horizon === null ? null : decodeTime(horizon);
    this.late = asNumber(late);
    this.processes.restore(processes);
  }
}

function append(found: QueryMatch[], { query }: Member, matches: readonly Match[]): void {
  for (const match of matches) found.push({ query, match });
}

/** Missing tiebreakers sort last. */
function compareTiebreakers(a: Value, b: Value): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return compareKeyValues(a, b);
}
