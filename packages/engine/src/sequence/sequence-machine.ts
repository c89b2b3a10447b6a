import { asList, asObject, type EventDecoder, type EventEncoder } from '../event/event-codec.js';
import type { EventRecord } from '../event/event-record.js';
import type { EventView } from '../event/event-view.js';
import type { Match } from '../match.js';
import type { QueryBody } from '../plan/query-body.js';
import type { SequencePlan, StagePlan } from '../plan/query-plan.js';
import { compareTimestamps, isBeyondSpan, type Timestamp } from '../time/timestamp.js';
import { decodeTime, encodeTime } from '../time/timestamp-codec.js';
import type { JsonValue } from '../values/value.js';
import { AbsenceGate, type CompletedSequence } from './absence-gate.js';
import type { JoinKey } from './join-key.js';
import { MissingHistory } from './missing-history.js';
import { decodePending, encodePending } from './pending/pending-codec.js';
import { NOT_PENDING, PendingStore } from './pending/pending-store.js';
import { layOutStages, type StageLayout } from './stage-layout.js';
import { markOf, type SequenceObserver } from './sequence-observer.js';
import { createStagedMatch, matchStage, type BoundStage, type StageBinder } from './stage-test.js';

const NOTHING: readonly Match[] = [];

/**
 * Most join keys with a pending sequence, of which an event of a `![…]` is remembered, and most sequences that wait for
 * their trailing `![…]`; beyond that the oldest are forgotten, and counted.
 */
const MAX_PENDING_KEYS = 1_000_000;

/** Most that expires with one event, so that none waits long; more than any event begins, so that all does in time. */
const EXPIRED_PER_EVENT = 64;

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
  private pending = new PendingStore();
  private readonly histories: readonly (MissingHistory | null)[];
  private readonly gate: AbsenceGate | null;
  private readonly until: BoundStage | null;
  private latest: Timestamp | null = null;
  private completed: Match[] = [];
  /** Whether the stages are armed that need a pending sequence, and those that need one that waits. */
  private armed = { pending: true, waiting: true };
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
    const countForgotten = (): void => {
      plan.countProblem('too-many-pending-keys');
    };
    this.histories = this.layout.gaps.map((gap, place) =>
      gap.length === 0 || place === trailing ? null : new MissingHistory(maxspanMs, maxPendingKeys, countForgotten),
    );
    const hasLeading = (this.layout.gaps[0]?.length ?? 0) > 0;
    this.gate = (this.layout.gaps[trailing]?.length ?? 0) > 0 ? new AbsenceGate(maxspanMs, hasLeading) : null;
    this.arm();
  }

  get needsClock(): boolean {
    return this.gate !== null;
  }

  /** Keys with a pending sequence. */
  get pendingKeys(): number {
    return this.pending.keys;
  }

  process(view: EventView): readonly Match[] {
    this.moveTo(view.timestamp);
    const { positives } = this.layout;
    if (this.plan.untilFirst) this.applyUntil(view);
    if (this.pending.keys > 0 || this.observer !== null) {
      for (let place = positives.length - 1; place > 0; place -= 1) this.visitStage(place, view);
    }
    this.visitStage(0, view);
    this.noteMissing(view);
    if (!this.plan.untilFirst) this.applyUntil(view);
    this.arm();
    return this.takeCompleted();
  }

  advanceTo(now: Timestamp): readonly Match[] {
    if (this.latest === null || compareTimestamps(now, this.latest) > 0) this.moveTo(now);
    return this.takeCompleted();
  }

  /** Frees some of what is too old to matter at a time; what is not freed yet does no harm but to memory. */
  expire(now: Timestamp, most: number): void {
    this.pending.tidy();
    const { maxspanMs } = this.plan;
    if (maxspanMs === null) return;
    for (let left = most; left > 0; left -= 1) {
      const { oldest } = this.pending;
      if (oldest === NOT_PENDING || !this.pending.isBeyondSpan(oldest, now, maxspanMs)) break;
      if (this.observer !== null) {
        const [stage, start] = [this.pending.stageOf(oldest), this.pending.startOf(oldest)];
        this.observer(this.pending.keyOf(oldest), { kind: 'expired', stage, start });
      }
      this.pending.remove(oldest);
    }
    for (const history of this.histories) history?.forget(now);
  }

  finish(): readonly Match[] {
    const matches = this.gate === null ? NOTHING : this.gate.release().map((sequence) => this.release(sequence, true));
    const { observer } = this;
    if (observer !== null) {
      for (const pending of this.pending.all()) {
        const [stage, start] = [this.pending.stageOf(pending), this.pending.startOf(pending)];
        observer(this.pending.keyOf(pending), { kind: 'pending', stage, start });
      }
    }
    return matches;
  }

  /** The events of the pending sequence of a key that has reached a stage; null if there is none that a time is within. */
  eventsOfPending(keyId: string, stage: number, now: Timestamp): readonly EventRecord[] | null {
    const pending = this.pending.find(keyId, stage);
    const { maxspanMs } = this.plan;
    if (pending === NOT_PENDING || (maxspanMs !== null && this.pending.isBeyondSpan(pending, now, maxspanMs)))
      return null;
    return this.pending.eventsOf(pending);
  }

  private takeCompleted(): readonly Match[] {
    if (this.completed.length === 0) return NOTHING;
    const { completed } = this;
    this.completed = [];
    return completed;
  }

  /** Lets time pass: what is too old expires, and what has waited long enough is let go. */
  private moveTo(now: Timestamp): void {
    this.latest = now;
    // Whoever watches wants to know at once.
    this.expire(now, this.observer === null ? EXPIRED_PER_EVENT : Infinity);
    this.letGo(now);
  }

  private letGo(now: Timestamp): void {
    if (this.gate === null || this.gate.size === 0) return;
    for (const sequence of this.gate.release(now)) this.completed.push(this.release(sequence, false));
  }

  /** Has stages looked for only while they can play a part. */
  private arm(): void {
    if (this.observer !== null) return;
    const pending = this.pending.keys > 0;
    const waiting = this.gate !== null && this.gate.size > 0;
    if (pending === this.armed.pending && waiting === this.armed.waiting) return;
    if (pending !== this.armed.pending) {
      const { positives, gaps } = this.layout;
      for (const stage of positives.slice(1)) stage.arm(pending);
      for (const stage of gaps.slice(1, -1).flat()) stage.arm(pending);
      this.until?.arm(pending);
    }
    if (waiting !== this.armed.waiting) for (const stage of this.layout.gaps.at(-1) ?? []) stage.arm(waiting);
    this.armed = { pending, waiting };
  }

  private visitStage(place: number, view: EventView): void {
    const stage = this.layout.positives[place];
    if (stage === undefined) return;
    if (stage.plan.usesAliases) {
      this.visitBoundStage(stage, place, view);
      return;
    }
    for (const key of matchStage(stage, view)) {
      if (place === 0) this.begin(key, view.record());
      else this.extend(key, stage.plan, place, view);
    }
  }

  /** A stage whose condition speaks of earlier events holds or not for each pending sequence on its own. */
  private visitBoundStage(stage: BoundStage, place: number, view: EventView): void {
    const { plan } = stage;
    if (!stage.holds(view)) return;
    for (const key of stage.keysOf(view)) {
      const pending = this.pending.find(key.id, place - 1);
      if (pending === NOT_PENDING) continue;
      const holds = view.withBindings(this.bindingsOf(pending), () => plan.predicate.test(view));
      if (holds) this.extend(key, plan, place, view);
    }
  }

  private bindingsOf(pending: number): ReadonlyMap<string, EventRecord> {
    const bindings = new Map<string, EventRecord>();
    this.pending.eventsOf(pending).forEach((record, place) => {
      const alias = this.layout.positives[place]?.plan.alias;
      if (alias !== null && alias !== undefined) bindings.set(alias, record);
    });
    return bindings;
  }

  private begin(key: JoinKey, record: EventRecord): void {
    const { timestamp } = record;
    const leading = this.histories[0]?.latestBefore(key.id, timestamp) ?? null;
    this.observer?.(key, { kind: 'began', event: markOf(record) });
    if (this.layout.positives.length === 1) {
      this.complete({ key, records: [record], start: timestamp, end: timestamp, leading }, false);
      return;
    }
    const overwritten = this.pending.findBefore(this.pending.add(key, timestamp, leading, record));
    if (overwritten !== NOT_PENDING) this.overwrite(overwritten, record);
    else if (this.pending.keys > this.maxPendingKeys) this.forgetOldestKeys();
  }

  private extend(key: JoinKey, stage: StagePlan, place: number, view: EventView): void {
    const found = this.pending.find(key.id, place - 1);
    if (found === NOT_PENDING) {
      this.observer?.(key, { kind: 'unawaited', stage: place, event: markOf(view) });
      return;
    }
    const { maxspanMs } = this.plan;
    if (maxspanMs !== null && this.pending.isBeyondSpan(found, view.timestamp, maxspanMs)) {
      this.pending.remove(found);
      return;
    }
    const record = view.record();
    const gapSeen = this.histories[place]?.latestBefore(key.id, record.timestamp) ?? null;
    const spoils = gapSeen !== null && compareTimestamps(gapSeen, this.pending.recordOf(found).timestamp) > 0;
    this.observer?.(key, { kind: 'advanced', stage: place, event: markOf(record) });
    if (spoils) this.observer?.(key, { kind: 'spoiled', cause: { gap: place, seen: gapSeen } });
    if (place < this.layout.positives.length - 1) {
      const overwritten = this.pending.find(key.id, place);
      // A forked sequence stays where it is and sends a copy on.
      const moved = stage.fork ? this.pending.fork(found) : found;
      this.pending.advance(moved, place, record);
      if (spoils) this.pending.spoil(moved);
      if (overwritten !== NOT_PENDING) this.overwrite(overwritten, record);
      return;
    }
    const spoiled = spoils || this.pending.isSpoiled(found);
    const sequence: CompletedSequence = {
      key: this.pending.keyOf(found),
      records: [...this.pending.eventsOf(found), record],
      start: this.pending.startOf(found),
      end: record.timestamp,
      leading: this.pending.leadingOf(found),
    };
    if (!stage.fork) this.pending.remove(found);
    this.complete(sequence, spoiled);
  }

  /** Drops a pending sequence of which a newer one has reached the stage. */
  private overwrite(pending: number, by: EventRecord): void {
    if (this.observer !== null) {
      const [begun] = this.pending.eventsOf(pending);
      this.observer(this.pending.keyOf(pending), {
        kind: 'overwritten',
        stage: this.pending.stageOf(pending),
        begun: markOf(begun ?? by),
        start: this.pending.startOf(pending),
        event: markOf(by),
      });
    }
    this.pending.remove(pending);
  }

  /** Takes a sequence that has all its events, of which one of a gap may have come too. */
  private complete(sequence: CompletedSequence, spoiled: boolean): void {
    const { maxspanMs } = this.plan;
    const { key, start, end, leading } = sequence;
    const last = sequence.records.at(-1);
    const tooNear = leading !== null && maxspanMs !== null && !isBeyondSpan(leading, end, maxspanMs);
    if (spoiled || (this.gate === null && tooNear)) {
      const cause = spoiled ? null : { gap: 0, seen: leading ?? start };
      this.observer?.(key, { kind: 'refused', cause, start });
      return;
    }
    if (this.gate === null) {
      if (last !== undefined) this.observer?.(key, { kind: 'completed', event: markOf(last), waited: null });
      this.completed.push(this.toMatch(sequence));
      return;
    }
    const since = this.gate.waitsSince(sequence);
    if (since !== null && last !== undefined) this.observer?.(key, { kind: 'waiting', since, event: markOf(last) });
    this.gate.add(sequence);
    this.letGo(end);
    if (this.gate.size <= this.maxPendingKeys) return;
    this.gate.forgetOldest();
    this.plan.countProblem('too-many-pending-keys');
  }

  /** Lets a sequence go whose trailing `![…]` stayed away, be it only because the events ended. */
  private release(sequence: CompletedSequence, atEnd: boolean): Match {
    const last = sequence.records.at(-1);
    if (this.observer !== null && last !== undefined) {
      const since = this.gate?.waitsSince(sequence) ?? null;
      const untilEnd = atEnd && since !== null && this.isWithin(since);
      const waited = since === null ? null : { since, untilEnd };
      this.observer(sequence.key, { kind: 'completed', event: markOf(last), waited });
    }
    return this.toMatch(sequence);
  }

  /** Notes an event that has to stay away. One that comes while nothing could mind it need not be known. */
  private noteMissing(view: EventView): void {
    const { gaps } = this.layout;
    const trailing = gaps.length - 1;
    for (let place = 0; place < gaps.length; place += 1) {
      const gap = gaps[place];
      if (gap === undefined || gap.length === 0) continue;
      if (place > 0 && !(place === trailing ? this.armed.waiting : this.armed.pending)) continue;
      for (const stage of gap) {
        for (const key of matchStage(stage, view)) {
          if (place === trailing) this.noteTrailing(key, view.timestamp);
          else this.histories[place]?.note(key.id, view.timestamp);
        }
      }
    }
  }

  /** Whether the time that has come is within maxspan of another. */
  private isWithin(since: Timestamp): boolean {
    return this.latest === null || !isBeyondSpan(since, this.latest, this.plan.maxspanMs ?? Infinity);
  }

  private noteTrailing(key: JoinKey, seen: Timestamp): void {
    const refused = this.gate?.note(key.id, seen) ?? [];
    if (this.observer === null) return;
    const gap = this.layout.positives.length;
    for (const { start } of refused) this.observer(key, { kind: 'refused', cause: { gap, seen }, start });
  }

  private forgetOldestKeys(): void {
    const { maxspanMs } = this.plan;
    while (this.pending.keys > this.maxPendingKeys) {
      const { oldest } = this.pending;
      if (oldest === NOT_PENDING) return;
      if (maxspanMs !== null && this.latest !== null && this.pending.isBeyondSpan(oldest, this.latest, maxspanMs)) {
        this.pending.remove(oldest);
        continue;
      }
      this.forgetKey(this.pending.keyIdOf(oldest));
      this.plan.countProblem('too-many-pending-keys');
    }
  }

  private forgetKey(keyId: string): void {
    for (const pending of this.pending.ofKey(keyId)) this.pending.remove(pending);
  }

  private applyUntil(view: EventView): void {
    const { until } = this;
    if (until === null || this.pending.keys === 0) return;
    if (until.plan.usesAliases) {
      this.applyBoundUntil(until, view);
      return;
    }
    for (const key of matchStage(until, view)) {
      if (this.observer !== null) for (const pending of this.pending.ofKey(key.id)) this.noteCut(pending, view);
      this.forgetKey(key.id);
    }
  }

  /** An `until` that speaks of earlier events ends each pending sequence on its own. */
  private applyBoundUntil({ plan, holds, keysOf }: BoundStage, view: EventView): void {
    if (!holds(view)) return;
    for (const key of keysOf(view)) {
      for (const pending of this.pending.ofKey(key.id)) {
        if (!view.withBindings(this.bindingsOf(pending), () => plan.predicate.test(view))) continue;
        this.noteCut(pending, view);
        this.pending.remove(pending);
      }
    }
  }

  private noteCut(pending: number, view: EventView): void {
    if (this.observer === null) return;
    const [stage, start] = [this.pending.stageOf(pending), this.pending.startOf(pending)];
    this.observer(this.pending.keyOf(pending), { kind: 'cut', stage, start, event: markOf(view) });
  }

  private toMatch({ key, records, end }: CompletedSequence): Match {
    const ofStages = this.layout.places.map((place) => (place === -1 ? null : (records[place] ?? null)));
    return createStagedMatch('sequence', this.plan.stages, key.values, ofStages, end);
  }

  snapshot(encoder: EventEncoder): JsonValue {
    return {
      pending: encodePending(this.pending, encoder),
      histories: this.histories.map((history) => history?.snapshot() ?? null),
      gate: this.gate?.snapshot(encoder) ?? null,
      latest: this.latest === null ? null : encodeTime(this.latest),
    };
  }

  restore(state: JsonValue, decoder: EventDecoder): void {
    const { pending, histories, gate, latest } = asObject(state);
    this.pending = decodePending(pending, decoder);
    asList(histories).forEach((history, place) => this.histories[place]?.restore(history));
    this.gate?.restore(gate, decoder);
    this.latest = latest === null ? null : decodeTime(latest);
    this.arm();
  }
}
