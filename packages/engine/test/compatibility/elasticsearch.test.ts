import { analyzeQuery, schemaFromMapping } from '@eqlkit/language';
import { Engine, type JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { compile, expandStages, idsOf, makeEvent, makeEvents, matchesOf, run } from '../run-query.js';

/** Whether a condition holds for an event of these fields. */
function holds(condition: string, fields: JsonObject = {}): boolean {
  return run(`any where ${condition}`, [makeEvent(1, fields)]).length === 1;
}

// Each test proves a row of docs/compatibility.md.
describe('where Elasticsearch differs', () => {
  it('an optional field without a schema is mapped but absent', () => {
    expect(holds('not (?f : "x")')).toBe(true);
    expect(holds('not (?f > 1)')).toBe(true);
    expect(holds('?f not in (1)')).toBe(true);
  });

  it('with a strict schema an unmapped optional field is the literal null', () => {
    const schema = schemaFromMapping([{ properties: { g: { type: 'keyword' } } }], { strict: true });
    const find = (condition: string): unknown => run(`any where ${condition}`, [makeEvent(1)], { schema });
    for (const condition of ['not (?f : "x")', 'not (?f > 1)', '?f not in (1)', '?f == 1', '?f', 'length(?f) == 1']) {
      expect(find(condition), condition).toEqual([]);
    }
    for (const condition of ['?f != 1', '?f == null', '?f == ?h']) expect(find(condition), condition).toEqual([[1]]);
  });

  it('a network block is a range where a schema says ip, else a text', () => {
    const schema = schemaFromMapping([{ properties: { f: { type: 'ip' } } }], { strict: false });
    const events = ['10.1.2.3', '11.1.2.3', '10.0.0.0/8'].map((f, index) => makeEvent(index + 1, { f }));
    for (const condition of ['f == "10.0.0.0/8"', '"10.0.0.0/8" == f', 'f in ("10.0.0.0/8", "9.9.9.9")']) {
      expect(run(`any where ${condition}`, events.slice(0, 2), { schema }), condition).toEqual([[1]]);
      expect(run(`any where ${condition}`, events), condition).toEqual([[3]]);
      expect(run(`any where not ${condition}`, events.slice(0, 2), { schema }), condition).toEqual([[2]]);
    }
  });

  it('two optional fields that are both missing are equal', () => {
    expect(holds('?x == ?y')).toBe(true);
    expect(holds('?x == ?y', { x: 'a' })).toBe(false);
    expect(holds('?x == ?y', { x: 'a', y: 'a' })).toBe(true);
  });

  it('a text that is too long for a wildcard pattern does not match and is counted', () => {
    const query = compile(`any where s : "*b?${'a'.repeat(2_000)}*" or id == 2`);
    const engine = new Engine([query]);
    const found = [1, 2].flatMap((id) => engine.process(makeEvent(id, { s: 'a'.repeat(3_000_000) })));
    expect(found.flatMap(({ match }) => idsOf(match))).toEqual([2]);
    expect([...query.plan.problems.keys()]).toEqual(['text-too-long-for-pattern']);
  });

  it('a maxspan is at most 100,000 days', () => {
    const query = (maxspan: string): string => expandStages(`sequence with maxspan=${maxspan} [A] [B]`);
    expect(run(query('100000d'), makeEvents('A1@0 B2@1000'))).toEqual([[1, 2]]);
    expect(analyzeQuery(query('100001d')).diagnostics.map(({ code }) => code)).toEqual(['EQL1015']);
  });

  it('what cannot be computed for an event is null and counted', () => {
    for (const [condition, problem, fields] of [
      ['1 / n == 1', 'division-by-zero', { n: 0 }],
      ['n + 1 > 0', 'integer-overflow', { n: 9223372036854775807n }],
      ['number(s) == 1', 'unparsable-number', { s: 'one' }],
      ['length(concat(s, s, s)) > 1', 'text-too-long', { s: 's'.repeat(6_000_000) }],
      ['length(concat(s, concat(s, s))) > 1', 'text-too-long', { s: 's'.repeat(6_000_000) }],
    ] as const) {
      const query = compile(`any where ${condition} or id == 2`);
      const engine = new Engine([query]);
      const found = [makeEvent(1, fields), makeEvent(2, fields)].flatMap((event) => engine.process(event));
      expect(found.flatMap(({ match }) => idsOf(match))).toEqual([2]);
      expect([...query.plan.problems.keys()]).toEqual([problem]);
    }
  });

  it('a comparison that can never hold is a warning, not an error', () => {
    const schema = schemaFromMapping([{ properties: { n: { type: 'long' } } }], { strict: true });
    expect(run('any where n == "abc" or true', [makeEvent(1, { n: 1 })], { schema })).toEqual([[1]]);
  });

  it('a trailing missing event is decided when time has passed its span', () => {
    const engine = new Engine([compile(expandStages('sequence with maxspan=1s [A] ![M]'))]);
    const found = makeEvents('A1@0 x2@1000 x3@1001').map((event) => engine.process(event).length);
    expect(found).toEqual([0, 0, 1]);
  });

  it('an event without a timestamp takes no part and is counted', () => {
    const engine = new Engine([compile('any where true')]);
    expect(engine.process({ id: 1 })).toEqual([]);
    expect(engine.eventsWithoutTimestamp).toBe(1);
  });

  it('a tiebreaker with several values counts with its first', () => {
    const tied = (id: number, type: string, tb: JsonObject[string]): JsonObject =>
      makeEvent(id, { '@timestamp': 5, type, tb });
    const events = [tied(1, 'B', [3, 1]), tied(2, 'A', 2)];
    expect(run(expandStages('sequence [A] [B]'), events, { tiebreakerField: 'tb' })).toEqual([[2, 1]]);
  });

  it('a sample is made of the earliest events that fit', () => {
    const events = [...makeEvents('A1 A2 B3 B4', { u: 'x' })];
    expect(run(expandStages('sample by u [A] [B]'), events)).toEqual([[1, 3]]);
  });

  it('wildcards in endsWith and stringContains are plain text', () => {
    expect(holds('endsWith(a, "*")', { a: 'x*' })).toBe(true);
    expect(holds('endsWith(a, "*")', { a: 'xy' })).toBe(false);
    expect(holds('stringContains(a, "x?z")', { a: 'xyz' })).toBe(false);
    expect(holds('stringContains(a, "")', { a: 'x' })).toBe(false);
  });

  it('between with greedy gives an empty text where the ends overlap', () => {
    expect(holds('between(a, "<", ">", true) == ""', { a: 'x>y<z' })).toBe(true);
  });

  it('number ignores white space around a text', () => {
    expect(holds('number(a) == 31', { a: ' 0x1f\n' })).toBe(true);
  });

  it('wildcard and match are there, and mind case without a tilde', () => {
    expect(holds('wildcard(a, "C*", "w*")', { a: 'cmd' })).toBe(false);
    expect(holds('wildcard~(a, "C*", "w*")', { a: 'cmd' })).toBe(true);
    expect(holds('match(a, "c.*")', { a: 'cmd' })).toBe(true);
    expect(holds('match~(a, "C.*")', { a: 'cmd' })).toBe(true);
  });

  it('nanoseconds of a date are kept', () => {
    const schema = schemaFromMapping([{ properties: { t: { type: 'date' } } }], { strict: false });
    const event = makeEvent(1, { t: '2024-01-01T00:00:00.000000002Z' });
    expect(run('any where t > "2024-01-01T00:00:00.000000001Z"', [event], { schema })).toEqual([[1]]);
  });

  it('tail of sequences counts all of them', () => {
    const events = Array.from({ length: 500 }, (_, index) => makeEvent(index + 1, { type: 'A' }));
    expect(run(`${expandStages('sequence [A] [A]')} | tail 2`, events)).toEqual([
      [498, 499],
      [499, 500],
    ]);
  });

  it('an event has at most 1,000 join keys, and the rest is counted', () => {
    const u = Array.from({ length: 1_001 }, (_, index) => `k${String(index).padStart(4, '0')}`);
    const query = compile(expandStages('sequence by u [A] [B]'));
    const engine = new Engine([query]);
    const events = [makeEvent(1, { type: 'A', u }), makeEvent(2, { type: 'B', u })];
    expect(events.map((event) => engine.process(event).length)).toEqual([0, 1_000]);
    expect([...query.plan.problems.keys()]).toEqual(['too-many-join-keys']);
  });

  it('samples are given as they are found, or by join key', () => {
    const events = [...makeEvents('A1 B2', { u: 'y' }), ...makeEvents('A3 B4', { u: 'x' })];
    const query = expandStages('sample by u [A] [B]');
    expect(run(query, events)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    const answer = matchesOf(query, events, { sampleOrder: 'by-key' });
    expect(answer.map(idsOf)).toEqual([
      [3, 4],
      [1, 2],
    ]);
  });

  it('of a mapping only the types count: ignore_above, normalizers and the ranges of numbers change nothing', () => {
    const properties = {
      long: { type: 'keyword', ignore_above: 3 },
      folded: { type: 'keyword', normalizer: 'lowercase' },
      number: { type: 'long' },
    };
    const schema = schemaFromMapping([{ properties }], { strict: false });
    const event = makeEvent(1, { long: 'abcd', folded: 'ABC', number: 9_223_372_036_854_775_808n });
    const holds = (condition: string) => run(`any where ${condition}`, [event], { schema }).length === 1;
    expect(holds('long == "abcd"')).toBe(true);
    expect(holds('folded == "ABC"')).toBe(true);
    expect(holds('folded == "abc"')).toBe(false);
    expect(holds('number > 9223372036854775807')).toBe(true);
  });
});
