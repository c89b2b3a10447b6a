import { DIALECTS } from '@eqlkit/language';
import type { JsonValue } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { makeEvent, run } from '../run-query.js';

const ENDGAME = { dialect: DIALECTS.endgame };

function holds(condition: string, value: JsonValue | undefined, options = ENDGAME): boolean {
  const event = makeEvent(1, value === undefined ? {} : { f: value });
  return run(`any where ${condition}`, [event], options).length === 1;
}

describe('a bare field', () => {
  it.each<[JsonValue | undefined, boolean, boolean]>([
    [{ a: 1 }, true, false],
    [{}, false, true],
    [['x'], true, false],
    [[], false, true],
    ['text', true, false],
    ['', false, true],
    [2, true, false],
    [0, false, true],
    [true, true, false],
    [false, false, true],
    // Neither a missing value nor its negation is true where logic is three-valued.
    [null, false, false],
    [undefined, false, false],
  ])('holding %j has the truth that Python gives it in the endgame dialect', (value, truth, negation) => {
    expect(holds('f', value)).toBe(truth);
    expect(holds('not f', value)).toBe(negation);
    expect(holds('f and true', value)).toBe(truth);
    expect(holds('f or false', value)).toBe(truth);
  });

  it('guards an array function that looks into it', () => {
    const condition = 'f and arraySearch(f.list, s, s == "b")';
    expect(holds(condition, { list: ['a', 'b'] })).toBe(true);
    expect(holds(condition, { list: ['a'] })).toBe(false);
    expect(holds(condition, undefined)).toBe(false);
  });

  it.each<[JsonValue, boolean]>([
    [true, true],
    ['text', false],
    [1, false],
    [{ a: true }, false],
    [[false, true], true],
  ])('holding %j is true only where a value is true in the elasticsearch dialect', (value, truth) => {
    const event = makeEvent(1, { f: value });
    expect(run('any where f', [event])).toEqual(truth ? [[1]] : []);
    expect(run('any where not f', [event])).toEqual(truth ? [] : [[1]]);
  });
});
