import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { idsOf, matchesOf, MISSING } from '../run-query.js';
import { caseEvents, caseSamples, caseSequences } from '../reference/sequence-arbitraries.js';
import { writeEvent, writeSample, writeSequence, type CaseEvent } from '../reference/sequence-case.js';

const SEED = 20_261_129;
const FIRST_STRANGER = 1_000;

/** Events whose keys are none of those that other generated events have. */
const strangers = caseEvents({ late: false, arrays: false, maxLength: 14 }).map((events) =>
  events.map((event): CaseEvent => ({
    ...event,
    id: FIRST_STRANGER + event.id,
    fields: { k: 'stranger', l: 'stranger', m: ['stranger', 'foreigner'] },
  })),
);

/** Both lists as one, in order of time; `coin` decides which comes first of two at the same time. */
function interleave(a: readonly CaseEvent[], b: readonly CaseEvent[], coin: Iterator<boolean>): readonly CaseEvent[] {
  const merged: CaseEvent[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const left = a[i];
    const right = b[j];
    if (left === undefined) return [...merged, ...b.slice(j)];
    if (right === undefined) return [...merged, ...a.slice(i)];
    const tied = left.time === right.time;
    if (tied ? (coin.next().value as boolean) : left.time < right.time) {
      merged.push(left);
      i += 1;
    } else {
      merged.push(right);
      j += 1;
    }
  }
}

/** The ids of each match, as far as it is not one of strangers. */
function matchesAmongKnown(query: string, events: readonly CaseEvent[], tiebreaker: boolean): readonly unknown[] {
  const matches = matchesOf(query, events.map(writeEvent), tiebreaker ? { tiebreakerField: 'order' } : {});
  return matches
    .map((match) => [match.keys.map(({ value }) => value), idsOf(match)] as const)
    .filter(([, ids]) => !ids.some((id) => id !== MISSING && Number(id) > FIRST_STRANGER));
}

const found = { cases: 0, withMatches: 0 };

describe(`events of other keys change nothing (seed ${String(SEED)})`, () => {
  const coins = fc.infiniteStream(fc.boolean());
  const known = caseEvents({ late: false, arrays: true, maxLength: 14 });

  function expectNoDifference(
    query: string,
    [events, others]: readonly (readonly CaseEvent[])[],
    coin: Iterator<boolean>,
    tiebreaker: boolean,
  ): void {
    if (events === undefined || others === undefined) return;
    const alone = matchesAmongKnown(query, events, tiebreaker);
    found.cases += 1;
    if (alone.length > 0) found.withMatches += 1;
    expect(matchesAmongKnown(query, interleave(events, others, coin), tiebreaker), query).toEqual(alone);
  }

  afterAll(() => {
    console.log(`events of other keys, seed ${String(SEED)}: ${JSON.stringify(found)}`);
    expect(found.withMatches).toBeGreaterThan(found.cases / 5);
  });

  it('to a sequence', () => {
    const keyed = caseSequences({ missing: true }).filter(
      ({ keys, stages }) => keys.length > 0 || stages.every((stage) => stage.keys.length > 0),
    );
    fc.assert(
      fc.property(keyed, fc.tuple(known, strangers), coins, (sequence, lists, coin) => {
        expectNoDifference(writeSequence(sequence), lists, coin, sequence.tiebreaker);
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });

  it('to a sample', () => {
    fc.assert(
      fc.property(caseSamples, fc.tuple(known, strangers), coins, (sample, lists, coin) => {
        expectNoDifference(writeSample(sample), lists, coin, false);
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });
});
