import { asList, asNumber, asObject, asText, type EventDecoder, type EventEncoder } from '../event/event-codec.js';
import type { EventRecord } from '../event/event-record.js';
import type { EventView } from '../event/event-view.js';
import type { Match } from '../match.js';
import type { QueryBody } from '../plan/query-body.js';
import type { SequencePlan, StagePlan } from '../plan/query-plan.js';
import { compareTimestamps, isBeyondSpan, type Timestamp } from '../time/timestamp.js';
import { oldestKeysBeyond } from '../values/oldest-keys.js';
import type { JsonValue, Value } from '../values/value.js';
import { AbsenceGate, type CompletedSequence } from './absence-gate.js';
import { keysOfEvent, type JoinKey } from './join-key.js';
import { decodeTime, encodeTime, MissingHistory } from './missing-history.js';
import { listEvents, type EventChain, type KeyState, type PendingSequence } from './pending-sequence.js';
import { layOutStages, type StageLayout } from './stage-layout.js';
import type { SequenceObserver } from './sequence-observer.js';
import { createStagedMatch, matchStage, type BoundStage, type StageBinder } from './stage-test.js';

const NOTHING: readonly Match[] = [];

/** Most join keys with a pending sequence; beyond that the keys that were begun first are forgotten, and counted. */
const MAX_PENDING_KEYS = 1_000_000;

/**
 * Finds the sequences of one query in events that come in order.
 *
 * For each join key there is at most one pending sequence per stage. An event visits the stages from the last to the
 * first, so that it never advances a sequence that it has just extended. It takes the pending sequence of the stage
 * before and moves it on, overwriting the one that waits there: the latest candidate wins. `until` clears a key's
 * pending sequences, after the stages or, in the endgame dialect, before them.
 */
export class SequenceMachine implements QueryBody {
  private readonly layout: StageLayout;
  private keys = new Map<string, KeyState>();
  /** Every sequence that was begun, the earliest first, so that expiry never scans the keys. */
  private started: PendingSequence[] = [];
  private startedHead = 0;
  private readonly histories: readonly (MissingHistory | null)[];
  private readonly gate: AbsenceGate | null;
  private readonly until: BoundStage | null;
  private latest: Timestamp | null = null;
  readonly needsOrder = true;

  /** With an observer, which is told of each step, the machine does the same and is slower. */
  constructor(
    private readonly plan: SequencePlan,
    bind: StageBinder,
    private readonly observer: SequenceObserver | null = null,
    private readonly maxPendingKeys = MAX_PENDING_KEYS,
  ) {
    this.layout = layOutStages(plan, bind);
    this.until = plan.until === null ? null : bind(plan.until);
    const maxspanMs = plan.maxspanMs ?? Infinity;
    const trailing = this.layout.positives.length;
    this.histories = this.layout.gaps.map((gap, place) =>
      gap.length === 0 || place === trailing ? null : new MissingHistory(maxspanMs),
    );
    const hasLeading = (this.layout.gaps[0]?.length ?? 0) > 0;
    this.gate = (this.layout.gaps[trailing]?.length ?? 0) > 0 ? new AbsenceGate(maxspanMs, hasLeading) : null;
  }

  get needsClock(): boolean {
    return this.gate !== null;
  }

  /** Keys with a pending sequence. */
  get pendingKeys(): number {
    return this.keys.size;
  }

  process(view: EventView): readonly Match[] {
    const released = this.moveTo(view.timestamp);
    const completed: Match[] = [...released];
    if (this.plan.untilFirst) this.applyUntil(view);
    for (let place = this.layout.positives.length - 1; place >= 0; place -= 1) {
      const stage = this.layout.positives[place];
      if (stage !== undefined) this.visitStage(stage, place, view, completed);
    }
    this.noteMissing(view);
    if (!this.plan.untilFirst) this.applyUntil(view);
    return completed.length === 0 ? NOTHING : completed;
  }

  advanceTo(now: Timestamp): readonly Match[] {
    return this.latest !== null && compareTimestamps(now, this.latest) <= 0 ? NOTHING : this.moveTo(now);
  }

  finish(): readonly Match[] {
    return this.gate === null ? NOTHING : this.gate.release().map((sequence) => this.release(sequence));
  }

  /** Lets time pass: what is too old expires, and what has waited long enough is let go. */
  private moveTo(now: Timestamp): readonly Match[] {
    this.latest = now;
    this.expire(now);
    if (this.gate === null || this.gate.size === 0) return NOTHING;
    return this.gate.release(now).map((sequence) => this.release(sequence));
  }

  private expire(now: Timestamp): void {
    const { maxspanMs } = this.plan;
    if (maxspanMs === null) return;
    for (let next = this.started[this.startedHead]; next !== undefined; next = this.started[this.startedHead]) {
      if (next.live && !isBeyondSpan(next.start, now, maxspanMs)) break;
      if (next.live) {
        this.observer?.(keyOf(next), { kind: 'expired', stage: next.stage, start: next.start });
        this.remove(next);
      }
      this.startedHead += 1;
    }
    if (this.startedHead > 1_000 && this.startedHead * 2 > this.started.length) {
      this.started = this.started.slice(this.startedHead);
      this.startedHead = 0;
    }
    for (const history of this.histories) history?.forget(now);
  }

  private visitStage(stage: BoundStage, place: number, view: EventView, completed: Match[]): void {
    if (place > 0 && this.keys.size === 0 && this.observer === null) return;
    if (stage.plan.usesAliases) {
      this.visitBoundStage(stage, place, view, completed);
      return;
    }
    for (const key of matchStage(stage, view)) {
      if (place === 0) this.begin(key, view.record(), completed);
      else this.extend(key, stage.plan, place, view.record(), completed);
    }
  }

  /** A stage whose condition speaks of earlier events holds or not for each pending sequence on its own. */
  private visitBoundStage(stage: BoundStage, place: number, view: EventView, completed: Match[]): void {
    const { plan } = stage;
    if (!stage.holds(view)) return;
    for (const key of keysOfEvent(plan.keys, view)) {
      const pending = this.keys.get(key.id)?.slots[place - 1];
      if (pending === undefined) continue;
      const holds = view.withBindings(this.bindingsOf(pending), () => plan.predicate.test(view));
      if (holds) this.extend(key, plan, place, view.record(), completed);
    }
  }

  private bindingsOf(pending: PendingSequence): ReadonlyMap<string, EventRecord> {
    const bindings = new Map<string, EventRecord>();
    listEvents(pending.events).forEach((record, place) => {
      const alias = this.layout.positives[place]?.plan.alias;
      if (alias !== null && alias !== undefined) bindings.set(alias, record);
    });
    return bindings;
  }

  private begin(key: JoinKey, record: EventRecord, completed: Match[]): void {
    let state = this.keys.get(key.id);
    if (state === undefined) {
      state = { id: key.id, slots: [], occupied: 0 };
      this.keys.set(key.id, state);
      this.forgetOldestKeys();
    }
    const pending: PendingSequence = {
      key: state,
      values: key.values,
      start: record.timestamp,
      events: { record, before: null },
      stage: 0,
      spoiled: false,
      leading: this.histories[0]?.latestBefore(key.id, record.timestamp) ?? null,
      live: true,
    };
    this.observer?.(key, { kind: 'began', record });
    if (this.layout.positives.length === 1) {
      this.dropIfIdle(state);
      this.complete(pending, completed);
      return;
    }
    this.put(pending, 0);
    if (this.plan.maxspanMs !== null) this.started.push(pending);
  }

  private extend(key: JoinKey, stage: StagePlan, place: number, record: EventRecord, completed: Match[]): void {
    const found = this.keys.get(key.id)?.slots[place - 1];
    if (found === undefined) {
      this.observer?.(key, { kind: 'unawaited', stage: place, record });
      return;
    }
    const { maxspanMs } = this.plan;
    if (maxspanMs !== null && isBeyondSpan(found.start, record.timestamp, maxspanMs)) {
      this.remove(found);
      return;
    }
    const gapSeen = this.histories[place]?.latestBefore(key.id, record.timestamp) ?? null;
    const spoils = gapSeen !== null && compareTimestamps(gapSeen, found.events.record.timestamp) > 0;
    const events: EventChain = { record, before: found.events };
    const spoiled = found.spoiled || spoils;
    // A forked sequence stays where it is and sends a copy on.
    const pending: PendingSequence = stage.fork ? { ...found } : found;
    if (stage.fork && maxspanMs !== null) this.started.push(pending);
    if (!stage.fork) this.take(found);
    pending.events = events;
    pending.spoiled = spoiled;
    this.observer?.(key, { kind: 'advanced', stage: place, record });
    if (place === this.layout.positives.length - 1) {
      pending.live = false;
      this.dropIfIdle(pending.key);
      this.complete(pending, completed);
    } else {
      this.put(pending, place);
    }
  }

  /** Puts a pending sequence into a slot; one that waits there is overwritten. */
  private put(pending: PendingSequence, place: number): void {
    const { key } = pending;
    const overwritten = key.slots[place];
    if (overwritten === undefined) key.occupied += 1;
    else {
      overwritten.live = false;
      this.observer?.(keyOf(pending), {
        kind: 'overwritten',
        stage: place,
        start: overwritten.start,
        by: pending.events.record,
      });
    }
    key.slots[place] = pending;
    pending.stage = place;
  }

  /** Takes a pending sequence out of its slot, to move it on. */
  private take(pending: PendingSequence): void {
    pending.key.slots[pending.stage] = undefined;
    pending.key.occupied -= 1;
  }

  private remove(pending: PendingSequence): void {
    this.take(pending);
    pending.live = false;
    this.dropIfIdle(pending.key);
  }

  private dropIfIdle(key: KeyState): void {
    if (key.occupied === 0) this.keys.delete(key.id);
  }

  private complete(pending: PendingSequence, completed: Match[]): void {
    const { maxspanMs } = this.plan;
    const end = pending.events.record.timestamp;
    const sequence: CompletedSequence = {
      keyId: pending.key.id,
      values: pending.values,
      records: listEvents(pending.events),
      start: pending.start,
      end,
      leading: pending.leading,
    };
    const { record } = pending.events;
    const tooNear = pending.leading !== null && maxspanMs !== null && !isBeyondSpan(pending.leading, end, maxspanMs);
    if (pending.spoiled || (this.gate === null && tooNear)) {
      this.observer?.(keyOf(pending), { kind: 'refused', record });
      return;
    }
    this.observer?.(keyOf(pending), { kind: this.gate === null ? 'completed' : 'waiting', record });
    if (this.gate === null) {
      completed.push(this.toMatch(sequence));
      return;
    }
    this.gate.add(sequence);
    completed.push(...this.gate.release(end).map((released) => this.release(released)));
  }

  /** Lets a sequence go whose trailing `![…]` stayed away. */
  private release(sequence: CompletedSequence): Match {
    const last = sequence.records.at(-1);
    if (last !== undefined)
      this.observer?.({ id: sequence.keyId, values: sequence.values }, { kind: 'completed', record: last });
    return this.toMatch(sequence);
  }

  private noteMissing(view: EventView): void {
    const { timestamp } = view;
    this.layout.gaps.forEach((gap, place) => {
      for (const stage of gap) {
        for (const key of matchStage(stage, view)) {
          if (place === this.layout.positives.length) this.gate?.note(key.id, timestamp);
          else this.histories[place]?.note(key.id, timestamp);
        }
      }
    });
  }

  private forgetOldestKeys(): void {
    for (const id of oldestKeysBeyond(this.keys, this.maxPendingKeys)) {
      const key = this.keys.get(id);
      if (key !== undefined) this.forgetKey(key);
      this.plan.countProblem('too-many-pending-keys');
    }
  }

  private forgetKey(key: KeyState): void {
    for (const pending of key.slots) if (pending !== undefined) pending.live = false;
    key.slots.length = 0;
    key.occupied = 0;
    this.keys.delete(key.id);
  }

  private applyUntil(view: EventView): void {
    const { until } = this;
    if (until === null || this.keys.size === 0) return;
    if (until.plan.usesAliases) {
      this.applyBoundUntil(until, view);
      return;
    }
    for (const key of matchStage(until, view)) {
      const state = this.keys.get(key.id);
      if (state === undefined) continue;
      this.observer?.(key, { kind: 'cut', by: view.record() });
      this.forgetKey(state);
    }
  }

  /** An `until` that speaks of earlier events ends each pending sequence on its own. */
  private applyBoundUntil({ plan, holds }: BoundStage, view: EventView): void {
    if (!holds(view)) return;
    for (const key of keysOfEvent(plan.keys, view)) {
      for (const pending of this.keys.get(key.id)?.slots ?? []) {
        if (pending === undefined) continue;
        if (!view.withBindings(this.bindingsOf(pending), () => plan.predicate.test(view))) continue;
        this.observer?.(key, { kind: 'cut', by: view.record() });
        this.remove(pending);
      }
    }
  }

  private toMatch(sequence: CompletedSequence): Match {
    const records = this.layout.places.map((place) => (place === -1 ? null : (sequence.records[place] ?? null)));
    return createStagedMatch('sequence', this.plan.stages, sequence.values, records);
  }

  snapshot(encoder: EventEncoder): JsonValue {
    const keys = [...this.keys.values()].map((key) => [
      key.id,
      key.slots.flatMap((pending) => (pending === undefined ? [] : [encodePending(pending, encoder)])),
    ]);
    return {
      keys,
      histories: this.histories.map((history) => history?.snapshot() ?? null),
      gate: this.gate?.snapshot(encoder) ?? null,
      latest: this.latest === null ? null : encodeTime(this.latest),
    };
  }

  restore(state: JsonValue, decoder: EventDecoder): void {
    const { keys, histories, gate, latest } = asObject(state);
    this.keys = new Map();
    const started: PendingSequence[] = [];
    for (const entry of asList(keys)) {
      const [id, pendings] = asList(entry);
      const key: KeyState = { id: asText(id), slots: [], occupied: 0 };
      this.keys.set(key.id, key);
      for (const encoded of asList(pendings)) {
        const pending = decodePending(encoded, key, decoder);
        this.put(pending, pending.stage);
        if (this.plan.maxspanMs !== null) started.push(pending);
      }
    }
    this.started = started.sort((a, b) => compareTimestamps(a.start, b.start));
    this.startedHead = 0;
    asList(histories).forEach((history, place) => this.histories[place]?.restore(history));
    this.gate?.restore(gate, decoder);
    this.latest = latest === null ? null : decodeTime(latest);
  }
}

function keyOf({ key, values }: PendingSequence): JoinKey {
  return { id: key.id, values };
}

function encodePending(pending: PendingSequence, encoder: EventEncoder): JsonValue {
  return [
    pending.stage,
    pending.values,
    encodeTime(pending.start),
    listEvents(pending.events).map((record) => encoder.encode(record)),
    pending.spoiled,
    pending.leading === null ? null : encodeTime(pending.leading),
  ];
}

function decodePending(encoded: JsonValue, key: KeyState, decoder: EventDecoder): PendingSequence {
  const [stage, values, start, records, spoiled, leading] = asList(encoded);
  const events = asList(records).reduce<EventChain | null>(
    (before, number) => ({ record: decoder.decode(number), before }),
    null,
  );
  if (events === null) throw new Error('a pending sequence of a snapshot has no events');
  return {
    key,
    values: asList(values) as readonly Value[],
    start: decodeTime(start),
    events,
    stage: asNumber(stage),
    spoiled: spoiled === true,
    leading: leading === null || leading === undefined ? null : decodeTime(leading),
    live: true,
  };
}
