import type { JsonValue } from '@eqlkit/engine';
import fc from 'fast-check';
import type { CaseEvent, CaseKey, CaseSample, CaseSequence, CaseStage } from './sequence-case.js';

const MS = 1_000_000n;

/** Few types, so that events often fit several stages. */
const TYPES = ['A', 'B', 'C'] as const;
const KEY_FIELDS = ['k', 'l', 'm'] as const;

const keyScalar = fc.oneof(
  { weight: 8, arbitrary: fc.constant<JsonValue>('x') },
  { weight: 3, arbitrary: fc.constant<JsonValue>('y') },
  { weight: 1, arbitrary: fc.constantFrom<JsonValue>(1, '1', true) },
);
const keyList = fc.array(fc.oneof(keyScalar, fc.constant(null)), { maxLength: 3 });

/** Key fields, each of which an event may lack. */
function keyFields(arrays: boolean): fc.Arbitrary<CaseEvent['fields']> {
  // Beside arrays, a number may meet the text that spells it; Python EQL keeps the two apart.
  const scalar = arrays ? keyScalar : keyScalar.filter((value) => value !== '1');
  const value: fc.Arbitrary<JsonValue> = fc.oneof(
    { weight: 16, arbitrary: scalar },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: arrays ? 3 : 0, arbitrary: keyList },
  );
  return fc.record({ k: value, l: value, m: value }, { requiredKeys: [] });
}

/** How far an event is from the one before, in nanoseconds: often not at all, mostly whole milliseconds. */
const gap = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0n) },
  { weight: 10, arbitrary: fc.bigInt({ min: 1n, max: 3n }).map((ms) => ms * MS) },
  { weight: 1, arbitrary: fc.constantFrom(1n, MS - 1n, MS + 1n) },
);

export interface EventOptions {
  /** Whether an event may arrive behind a later one. */
  readonly late: boolean;
  /** Whether a key field may have several values. */
  readonly arrays: boolean;
  readonly maxLength: number;
}

/** Events as they arrive. */
export function caseEvents({ late, arrays, maxLength }: EventOptions): fc.Arbitrary<readonly CaseEvent[]> {
  const event = fc.record({
    gap,
    lateness: late
      ? fc.oneof({ weight: 12, arbitrary: fc.constant(0n) }, { weight: 1, arbitrary: gap })
      : fc.constant(0n),
    type: fc.constantFrom(...TYPES),
    tiebreaker: fc.option(fc.nat({ max: 3 }), { freq: 4 }),
    fields: keyFields(arrays),
  });
  return fc.array(event, { minLength: 2, maxLength, size: 'max' }).map((list) => {
    let time = 1_000_000n * MS;
    return list.map((one, index): CaseEvent => {
      time += one.gap;
      const { type, tiebreaker } = one;
      return { id: index + 1, time: time - one.lateness, type, tiebreaker, fields: one.fields };
    });
  });
}

export interface SequenceOptions {
  /** Whether `![…]` may stand among the stages. */
  readonly missing: boolean;
}

const caseKey: fc.Arbitrary<CaseKey> = fc.record({ field: fc.constantFrom(...KEY_FIELDS), optional: fc.boolean() });
const types = fc.subarray([...TYPES], { minLength: 1, maxLength: 2 });

/** Samples that the checker takes. */
export const caseSamples: fc.Arbitrary<CaseSample> = fc
  .tuple(fc.array(caseKey, { maxLength: 1 }), fc.nat({ max: 1 }))
  .chain(([keys, own]) => {
    const least = keys.length === 0 ? 1 : own;
    const stage = fc.record({
      types,
      missing: fc.constant(false),
      runs: fc.constant(1),
      keys: fc.array(caseKey, { minLength: least, maxLength: least }),
    });
    return fc.record({ keys: fc.constant(keys), stages: fc.array(stage, { minLength: 2, maxLength: 4 }) });
  });

/** Sequences that the checker takes. */
export function caseSequences({ missing }: SequenceOptions): fc.Arbitrary<CaseSequence> {
  const keys = fc.oneof(
    { weight: 3, arbitrary: fc.array(caseKey, { maxLength: 1 }) },
    { weight: 1, arbitrary: fc.tuple(caseKey, caseKey) },
  );
  return fc
    .record({
      shared: keys,
      own: fc.constantFrom(0, 0, 1),
      maxspanMs: fc.option(
        fc.nat({ max: 14 }).map((ms) => ms + 1),
        { freq: 5 },
      ),
    })
    .chain(({ shared, own, maxspanMs }) => {
      const stage = (mayMiss: boolean, maxRuns: number): fc.Arbitrary<CaseStage> =>
        fc.record({
          types,
          missing: mayMiss ? fc.constantFrom(false, false, true) : fc.constant(false),
          runs: fc.oneof(
            { weight: 8, arbitrary: fc.constant(1) },
            { weight: 1, arbitrary: fc.integer({ min: 1, max: maxRuns }) },
          ),
          keys: fc.array(caseKey, { minLength: own, maxLength: own }),
        });
      return fc.record({
        keys: fc.constant(shared),
        maxspanMs: fc.constant(maxspanMs),
        // A missing event needs a maxspan.
        stages: fc
          .array(stage(missing && maxspanMs !== null, 3), { minLength: 1, maxLength: 4 })
          .filter((stages) => stages.some((one) => !one.missing) && stages.reduce((sum, one) => sum + one.runs, 0) > 1),
        until: fc.option(stage(false, 1), { freq: 3 }),
        tiebreaker: fc.boolean(),
      });
    });
}
