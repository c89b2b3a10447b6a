import type { EventView } from '../event/event-view.js';
import type { StagePlan } from '../plan/query-plan.js';
import type { PredicateTest } from '../predicate/predicate.js';
import type { Match, MatchKey, MatchStage } from '../match.js';
import type { EventRecord } from '../event/event-record.js';
import { compareTimestamps, type Timestamp } from '../time/timestamp.js';
import type { Value } from '../values/value.js';
import type { JoinKey } from './join-key.js';
import { createKeyReader, type KeyReader } from './key-reader.js';

const NO_KEYS: readonly JoinKey[] = [];

/** A stage of a running query. */
export interface BoundStage {
  readonly plan: StagePlan;
  /**
   * Whether the stage's condition holds for the view's event. If the condition speaks of earlier events, this is only
   * whether it could hold.
   */
  readonly holds: PredicateTest;
  /** The keys of the view's event. */
  readonly keysOf: KeyReader;
  /** Says whether the stage can play a part; while it cannot, it need not be found. Every stage can at first. */
  readonly arm: (armed: boolean) => void;
}

/** Says how a stage's condition is decided. */
export type StageBinder = (stage: StagePlan) => BoundStage;

/** Binds a stage to its own condition; nothing is shared with other queries. */
export function bindAlone(plan: StagePlan): BoundStage {
  // What a condition makes of earlier events shows only where these are bound.
  const holds = plan.usesAliases ? () => true : plan.predicate.test;
  return { plan, holds, keysOf: createKeyReader(plan.keys), arm: () => undefined };
}

/** The keys under which an event takes part in a stage; none if it does not. */
export function matchStage({ plan, holds, keysOf }: BoundStage, view: EventView): readonly JoinKey[] {
  if (!holds(view) || (plan.usesAliases && !plan.predicate.test(view))) return NO_KEYS;
  return keysOf(view);
}

/** Makes a match of its key and stages; it counts as of the time of its latest event. */
export function createStagedMatch(
  kind: 'sequence' | 'join' | 'sample',
  plans: readonly StagePlan[],
  values: readonly Value[],
  records: readonly (EventRecord | null)[],
  timestamp: Timestamp,
): Match {
  const stages = plans.map((plan, index): MatchStage => ({
    stage: plan.stage,
    missing: plan.missing,
    record: records[index] ?? null,
  }));
  const first = plans.find((plan) => !plan.missing) ?? plans[0];
  const keys = (first?.keys ?? []).map((component, position): MatchKey => ({
    field: component.name,
    fields: plans.map((plan) => plan.keys[position]?.name ?? component.name),
    value: values[position] ?? null,
    date: component.date,
  }));
  return { kind, keys, stages, timestamp, row: null };
}

/** The time of the latest of some events. */
export function latestTime(records: readonly (EventRecord | null)[]): Timestamp {
  const last = records.reduce<EventRecord | null>(
    (latest, record) => (record === null ? latest : laterOf(latest, record)),
    null,
  );
  return last?.timestamp ?? { ms: 0, ns: 0 };
}

function laterOf(a: EventRecord | null, b: EventRecord): EventRecord {
  if (a === null) return b;
  return compareTimestamps(a.timestamp, b.timestamp) > 0 ? a : b;
}
