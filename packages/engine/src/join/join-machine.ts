import { asList, asScalar, asText, type EventDecoder, type EventEncoder } from '../event/event-codec.js';
import type { EventRecord } from '../event/event-record.js';
import type { EventView } from '../event/event-view.js';
import type { Match } from '../match.js';
import type { QueryBody } from '../plan/query-body.js';
import type { JoinPlan } from '../plan/query-plan.js';
import type { CombinationObserver } from '../sequence/combination-observer.js';
import { markOf } from '../sequence/sequence-observer.js';
import {
  createStagedMatch,
  latestTime,
  matchStage,
  type BoundStage,
  type StageBinder,
} from '../sequence/stage-test.js';
import { oldestKeysBeyond } from '../values/oldest-keys.js';
import type { JsonValue, Value } from '../values/value.js';

interface KeyEvents {
  readonly values: readonly Value[];
  readonly records: (EventRecord | null)[];
}

/** Most keys in flight; beyond that the keys that were seen first are forgotten. */
const MAX_KEYS = 1_000_000;

/**
 * Finds joins, as Python EQL has them: for each key one event per stage, in any order. The first event of each stage
 * counts; a complete join starts over, and `until` clears what its key has gathered.
 */
export class JoinMachine implements QueryBody {
  readonly needsClock = false;
  readonly needsOrder = false;
  private keys = new Map<string, KeyEvents>();

  private readonly stages: readonly BoundStage[];
  private readonly until: BoundStage | null;

  constructor(
    private readonly plan: JoinPlan,
    bind: StageBinder,
    private readonly observer: CombinationObserver | null = null,
  ) {
    this.stages = plan.stages.map(bind);
    this.until = plan.until === null ? null : bind(plan.until);
  }

  process(view: EventView): readonly Match[] {
    const { until, stages } = this;
    if (until !== null) {
      for (const key of matchStage(until, view)) {
        if (this.keys.delete(key.id)) this.observer?.(key, { kind: 'cut', event: markOf(view) });
      }
    }
    const matches: Match[] = [];
    stages.forEach((stage, place) => {
      for (const key of matchStage(stage, view)) {
        const gathered = this.keys.get(key.id) ?? { values: key.values, records: stages.map(() => null) };
        this.keys.set(key.id, gathered);
        this.observer?.(key, { kind: 'gathered', stage: place, event: markOf(view) });
        gathered.records[place] ??= view.record();
        if (gathered.records.includes(null)) continue;
        this.keys.delete(key.id);
        this.observer?.(key, { kind: 'completed' });
        matches.push(
          createStagedMatch('join', this.plan.stages, gathered.values, gathered.records, latestTime(gathered.records)),
        );
      }
    });
    for (const oldest of oldestKeysBeyond(this.keys, MAX_KEYS)) {
      this.keys.delete(oldest);
      this.plan.countProblem('too-many-pending-keys');
    }
    return matches;
  }

  advanceTo(): readonly Match[] {
    return [];
  }

  finish(): readonly Match[] {
    return [];
  }

  snapshot(encoder: EventEncoder): JsonValue {
    return [...this.keys].map(([id, { values, records }]) => [
      id,
      values,
      records.map((record) => (record === null ? null : encoder.encode(record))),
    ]);
  }

  restore(state: JsonValue, decoder: EventDecoder): void {
    this.keys = new Map(
      asList(state).map((entry) => {
        const [id, values, records] = asList(entry);
        const gathered: KeyEvents = {
          values: asList(values).map(asScalar),
          records: asList(records).map((number) => (number === null ? null : decoder.decode(number))),
        };
        return [asText(id), gathered];
      }),
    );
  }
}
