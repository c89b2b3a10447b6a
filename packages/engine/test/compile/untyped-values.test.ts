import { DIALECTS, type DialectName, type FieldKind, type Schema } from '@eqlkit/language';
import type { JsonValue } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { expandStages, makeEvent, matchesOf, run } from '../run-query.js';

const BIG = 18_446_744_073_709_551_615n;

/** Condition, value of the field, and whether the condition holds. */
const CASES: readonly (readonly [condition: string, value: JsonValue, holds: boolean])[] = [
  ['f == "4624"', 4624, true],
  ['"4624" == f', 4624, true],
  ['f == "4624.0"', 4624, false],
  ['f == "04624"', 4624, false],
  ['f != "4624"', 4624, false],
  ['f == 0', '0', true],
  ['f == 0', '00', false],
  ['f == 0', '', false],
  ['f == 1', true, false],
  ['f == "true"', true, false],
  ['f == 1.5', '1.5', true],
  ['f == "18446744073709551615"', BIG, true],
  ['f == 18446744073709551615', '18446744073709551615', true],
  ['f in ("1", "2")', 2, true],
  ['f in (1, 2)', '2', true],
  ['f not in ("1", "2")', 2, false],
  ['f in~ ("A", "2")', 2, true],
  ['f : "46*"', 4624, true],
  ['f like "46?4"', 4624, true],
  ['f like~ "46?4"', 4624, true],
  ['f regex "46[0-9]+"', 4624, true],
  ['f : "t*"', true, false],
  ['f > 5', '10', true],
  ['f > 5', '3', false],
  ['f > 5', 'abc', false],
  ['f > "5"', 10, true],
  ['f < "5"', 10, false],
  ['f >= "x"', 10, false],
  ['f > "5"', '10', false],
  ['f > 9223372036854775806', '9223372036854775807', true],
  ['f > 9223372036854775807', '9223372036854775807', false],
  ['f == "b" or f == 7', [true, '7'], true],
];

describe('a field without a type', () => {
  for (const name of ['elasticsearch', 'endpoint'] satisfies DialectName[]) {
    it.each(CASES)(`${name}: %s, where f is %s`, (condition, value, holds) => {
      const found = run(`any where ${condition}`, [makeEvent(1, { f: value })], { dialect: DIALECTS[name] });
      expect(found).toEqual(holds ? [[1]] : []);
    });
  }

  it.each([
    ['f == 0', '0'],
    ['f == "4624"', 4624],
    ['f in ("1", "2")', 2],
  ] as const)('keeps numbers and text apart in the endgame dialect: %s', (condition, value) => {
    expect(run(`any where ${condition}`, [makeEvent(1, { f: value })], { dialect: DIALECTS.endgame })).toEqual([]);
  });

  it('joins a number with the text that spells it, and keeps the first value as key', () => {
    const events = [makeEvent(1, { type: 'A', u: 7 }), makeEvent(2, { type: 'B', u: '7' })];
    const [match, ...others] = matchesOf(expandStages('sequence by u [A] [B]'), events);
    expect(others).toEqual([]);
    expect(match?.keys.map(({ value }) => value)).toEqual([7]);
  });

  it('takes the two forms of a value for one where an array holds both', () => {
    const events = [makeEvent(1, { type: 'A', u: [7, '7', 8] }), makeEvent(2, { type: 'B', u: '7' })];
    expect(run(expandStages('sequence by u [A] [B]'), events)).toEqual([[1, 2]]);
  });
});

describe('a field with a type', () => {
  function typed(kind: FieldKind): { schema: Schema } {
    return { schema: { strict: false, fields: new Map([['f', { path: 'f', kind, mappingType: kind }]]) } };
  }

  it.each<[FieldKind, string, JsonValue, boolean]>([
    ['keyword', 'f > "5"', 10, false],
    ['keyword', 'f == "4624"', 4624, true],
    ['long', 'f == 5', '5', true],
    ['long', 'f > 5', '10', true],
    ['unsigned_long', 'f == 18446744073709551615', '18446744073709551615', true],
    ['unsigned_long', 'f > 9223372036854775807', BIG, true],
    ['double', 'f == 2.5', '2.5', true],
  ])('%s: %s, where f is %s', (kind, condition, value, holds) => {
    expect(run(`any where ${condition}`, [makeEvent(1, { f: value })], typed(kind))).toEqual(holds ? [[1]] : []);
  });
});

describe('a computed value', () => {
  it.each(['string(f) == 5', '5 == string(f)', 'length(f) == "1"'])('has its own type: %s', (q) => {
    expect(() => run(`any where ${q}`, [makeEvent(1, { f: '5' })])).not.toThrow();
    expect(run(`any where ${q}`, [makeEvent(1, { f: '5' })])).toEqual([]);
  });
});
