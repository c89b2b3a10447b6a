import { DIALECTS } from '@eqlkit/language';
import { Engine, type JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { compile, errorClasses, expandStages, makeEvent, makeEvents, run } from '../run-query.js';

const ENDGAME = { dialect: DIALECTS.endgame };

function find(query: string, events: readonly JsonObject[]): readonly (readonly unknown[])[] {
  return run(expandStages(query), events, ENDGAME);
}

// Each test proves a row of docs/compatibility.md.
describe('where Python EQL differs', () => {
  it('a missing event is missing as in Elasticsearch', () => {
    const query = 'sequence with maxspan=10ms [A] ![M] [B]';
    expect(find(query, makeEvents('A1 x2 B3'))).toEqual([[1, -1, 3]]);
    expect(find(query, makeEvents('A1 M2 B3'))).toEqual([]);
    expect(find(query, makeEvents('A1 B2'))).toEqual([[1, -1, 2]]);
  });

  it('a sample has one event for each stage', () => {
    expect(find('sample by u [A] [B]', makeEvents('A1 A2', { u: 'x' }))).toEqual([]);
    expect(find('sample by u [A] [B]', makeEvents('A1 A2 B3', { u: 'x' }))).toEqual([[1, 3]]);
  });

  it('a stage may run once', () => {
    expect(find('sequence [A] with runs=1 [B]', makeEvents('A1 B2'))).toEqual([[1, 2]]);
  });

  it("look-around and back-references of Python's regular expressions are refused", () => {
    for (const pattern of ['(?=a)', 'a(?!b)', '(?<=a)b', '(a)\\\\1']) {
      expect(errorClasses(`any where match(a, "${pattern}")`, ENDGAME), pattern).toEqual(['translation']);
    }
  });

  it('integers have 64 bits', () => {
    const query = compile('any where n + 1 > 0', ENDGAME);
    const engine = new Engine([query]);
    expect(engine.process(makeEvent(1, { n: 9223372036854775807n }))).toEqual([]);
    expect([...query.plan.problems]).toEqual([['integer-overflow', 1]]);
  });

  it("Elasticsearch's newer syntax is understood, too", () => {
    const events = [makeEvent(1, { a: 'Xy' })];
    for (const condition of [
      'a : "x*"',
      'a like~ "x*"',
      'a regex~ "x."',
      'a in~ ("XY")',
      '?a != null',
      'a == """xy"""',
    ]) {
      expect(find(`any where ${condition}`, events), condition).toEqual([[1]]);
    }
  });
});
