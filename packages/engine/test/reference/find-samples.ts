import { isSameKey, keyTuples, type KeyTuple } from './case-keys.js';
import type { CaseEvent, CaseSample } from './sequence-case.js';

/** The samples that a key has: every way to give each stage an event of its own. */
export interface KeySamples {
  readonly key: KeyTuple;
  readonly combinations: readonly (readonly number[])[];
}

/** All samples in the events, by definition: every combination of events is tried. */
export function findSamples(sample: CaseSample, events: readonly CaseEvent[]): readonly KeySamples[] {
  const candidates = sample.stages.map((stage) =>
    events
      .filter((event) => stage.types.includes(event.type))
      .flatMap((event) =>
        keyTuples([...sample.keys, ...stage.keys], event, false).map((key) => ({ key, id: event.id })),
      ),
  );
  const keys: KeyTuple[] = [];
  for (const { key } of candidates.flat()) if (!keys.some((known) => isSameKey(known, key))) keys.push(key);
  return keys.map((key) => {
    const perStage = candidates.map((stage) => stage.filter((one) => isSameKey(one.key, key)).map(({ id }) => id));
    const all = perStage.reduce<readonly (readonly number[])[]>(
      (combinations, ids) =>
        combinations.flatMap((chosen) => ids.filter((id) => !chosen.includes(id)).map((id) => [...chosen, id])),
      [[]],
    );
    return { key, combinations: all };
  });
}
