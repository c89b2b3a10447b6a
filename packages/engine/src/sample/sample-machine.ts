import { asList, asNumber, asScalar, asText, type EventDecoder, type EventEncoder } from '../event/event-codec.js';
import type { EventRecord } from '../event/event-record.js';
import type { EventView } from '../event/event-view.js';
import type { Match } from '../match.js';
import type { QueryBody } from '../plan/query-body.js';
import type { SamplePlan } from '../plan/query-plan.js';
import type { JoinKey } from '../sequence/join-key.js';
import { distinctChoices, hasDistinctChoice } from './distinct-choices.js';
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

/** Most keys whose events are kept; beyond that the keys that were seen first are forgotten. */
const MAX_KEYS = 1_000_000;

interface KeySamples {
  readonly values: readonly Value[];
  /** The earliest events of each stage; emptied when the key has all its samples. */
  candidates: EventRecord[][];
  found: number;
}

/**
 * Finds samples: for each join key one event per stage, all different, in any order and at any distance in time.
 *
 * A sample is given as soon as its last event arrives, made of the earliest events that fit, up to `maxSamplesPerKey`
 * for each key.
 */
export class SampleMachine implements QueryBody {
  readonly needsClock = false;
  readonly needsOrder = false;
  private keys = new Map<string, KeySamples>();
  /** So many events of a stage leave enough combinations of different events. */
  private readonly candidatesPerStage: number;

  private readonly stages: readonly BoundStage[];

  constructor(
    private readonly plan: SamplePlan,
    bind: StageBinder,
    private readonly observer: CombinationObserver | null = null,
  ) {
    this.stages = plan.stages.map(bind);
    this.candidatesPerStage = plan.stages.length - 1 + plan.maxSamplesPerKey;
  }

  process(view: EventView): readonly Match[] {
    const places = new Map<string, { key: JoinKey; stages: number[] }>();
    this.stages.forEach((stage, place) => {
      for (const key of matchStage(stage, view)) {
        this.observer?.(key, { kind: 'gathered', stage: place, event: markOf(view) });
        const known = places.get(key.id);
        if (known === undefined) places.set(key.id, { key, stages: [place] });
        else known.stages.push(place);
      }
    });
    const matches: Match[] = [];
    for (const { key, stages } of places.values()) this.add(key, stages, view.record(), matches);
    return matches;
  }

  private add(key: JoinKey, stages: readonly number[], record: EventRecord, matches: Match[]): void {
    const samples = this.samplesOf(key);
    const { maxSamplesPerKey } = this.plan;
    if (samples.found >= maxSamplesPerKey) return;
    for (const place of this.completes(samples, stages, record) ? stages : []) {
      const found = this.combine(samples, place, record, maxSamplesPerKey - samples.found);
      samples.found += found.length;
      for (const records of found) {
        this.observer?.(key, { kind: 'completed' });
        matches.push(createStagedMatch('sample', this.plan.stages, key.values, records, latestTime(records)));
      }
    }
    if (samples.found >= maxSamplesPerKey) {
      samples.candidates = [];
      return;
    }
    for (const place of stages) {
      const candidates = samples.candidates[place];
      if (candidates !== undefined && candidates.length < this.candidatesPerStage) candidates.push(record);
    }
  }

  private samplesOf(key: JoinKey): KeySamples {
    const known = this.keys.get(key.id);
    if (known !== undefined) return known;
    const samples: KeySamples = { values: key.values, candidates: this.plan.stages.map(() => []), found: 0 };
    this.keys.set(key.id, samples);
    for (const oldest of oldestKeysBeyond(this.keys, MAX_KEYS)) {
      this.keys.delete(oldest);
      this.plan.countProblem('too-many-pending-keys');
    }
    return samples;
  }

  /** Whether there is any sample with a new event, so that it is worth to look for those with it in each place. */
  private completes(samples: KeySamples, stages: readonly number[], record: EventRecord): boolean {
    const { candidates } = samples;
    if (candidates.some((events, place) => events.length === 0 && !stages.includes(place))) return false;
    return hasDistinctChoice(
      candidates.map((events, place) => (stages.includes(place) ? [...events, record] : events)),
    );
  }

  /** Up to `limit` combinations of different events with `record` at `fixed`; the earliest candidates come first. */
  private combine(samples: KeySamples, fixed: number, record: EventRecord, limit: number): EventRecord[][] {
    const lists = samples.candidates.map((candidates, place) =>
      place === fixed ? [record] : candidates.filter((candidate) => candidate !== record),
    );
    return distinctChoices(lists, limit);
  }

  advanceTo(): readonly Match[] {
    return [];
  }

  finish(): readonly Match[] {
    return [];
  }

  snapshot(encoder: EventEncoder): JsonValue {
    return [...this.keys].map(([id, samples]) => [
      id,
      samples.values,
      samples.candidates.map((records) => records.map((record) => encoder.encode(record))),
      samples.found,
    ]);
  }

  restore(state: JsonValue, decoder: EventDecoder): void {
    this.keys = new Map(
      asList(state).map((entry) => {
        const [id, values, candidates, found] = asList(entry);
        const samples: KeySamples = {
          values: asList(values).map(asScalar),
          candidates: asList(candidates).map((records) => asList(records).map((number) => decoder.decode(number))),
          found: asNumber(found),
        };
        return [asText(id), samples];
      }),
    );
  }
}
