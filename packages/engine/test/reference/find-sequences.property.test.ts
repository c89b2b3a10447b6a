import { DIALECTS } from '@eqlkit/language';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { idsOf, matchesOf, MISSING, type RunOptions } from '../run-query.js';
import { findSequences } from './find-sequences.js';
import { caseEvents, caseSequences } from './sequence-arbitraries.js';
import { writeEvent, writeSequence, type CaseEvent, type CaseMatch, type CaseSequence } from './sequence-case.js';

const SEED = 20_261_125;

function runEngine(sequence: CaseSequence, events: readonly CaseEvent[], options: RunOptions): readonly CaseMatch[] {
  const tiebreaker = sequence.tiebreaker ? { tiebreakerField: 'order' } : {};
  return matchesOf(writeSequence(sequence), events.map(writeEvent), { ...options, ...tiebreaker }).map((match) => ({
    key: match.keys.map(({ value }) => value),
    ids: idsOf(match).map((id) => (id === MISSING ? null : Number(id))),
  }));
}

/** What the generated cases came to, so that a generator that finds nothing any more does not go unseen. */
const found = { cases: 0, withMatches: 0, matches: 0, withAbsence: 0, underUntil: 0, underSeveralKeys: 0 };

function count(sequence: CaseSequence, matches: readonly CaseMatch[]): void {
  found.cases += 1;
  found.matches += matches.length;
  if (matches.length === 0) return;
  found.withMatches += 1;
  if (matches.some(({ ids }) => ids.includes(null))) found.withAbsence += 1;
  if (sequence.until !== null) found.underUntil += 1;
  if (new Set(matches.map(({ key }) => JSON.stringify(key))).size > 1) found.underSeveralKeys += 1;
}

function expectAgreement(
  sequences: fc.Arbitrary<CaseSequence>,
  events: fc.Arbitrary<readonly CaseEvent[]>,
  numRuns: number,
  python = false,
): void {
  const options = python ? { dialect: DIALECTS.endgame } : {};
  fc.assert(
    fc.property(sequences, events, (sequence, arriving) => {
      const expected = findSequences(sequence, arriving, { python });
      count(sequence, expected);
      expect(runEngine(sequence, arriving, options), writeSequence(sequence)).toEqual(expected);
    }),
    { seed: SEED, numRuns },
  );
}

describe(`the sequence machine against the naive reference (seed ${String(SEED)})`, () => {
  afterAll(() => {
    console.log(`sequences against the reference, seed ${String(SEED)}: ${JSON.stringify(found)}`);
    expect(found.withMatches).toBeGreaterThan(found.cases / 4);
    expect(Math.min(found.withAbsence, found.underUntil, found.underSeveralKeys)).toBeGreaterThan(found.cases / 20);
  });

  it('agree on 6,000 sequences, with missing events among the stages', () => {
    const events = caseEvents({ late: false, arrays: true, maxLength: 14 });
    expectAgreement(caseSequences({ missing: true }), events, 6_000);
  });

  it('agree on 3,000 sequences of more events, without missing events', () => {
    const events = caseEvents({ late: false, arrays: true, maxLength: 30 });
    expectAgreement(caseSequences({ missing: false }), events, 3_000);
  });

  it('agree on 2,000 sequences whose events may come late', () => {
    const events = caseEvents({ late: true, arrays: true, maxLength: 14 });
    expectAgreement(caseSequences({ missing: true }), events, 2_000);
  });

  it('agree on 2,000 sequences as Python EQL has them', () => {
    const events = caseEvents({ late: false, arrays: false, maxLength: 14 });
    expectAgreement(caseSequences({ missing: false }), events, 2_000, true);
  });
});
