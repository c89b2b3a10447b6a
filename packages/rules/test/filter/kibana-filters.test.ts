import type { JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { parseRuleToml } from '../../src/toml/parse-rule-toml.js';
import { alertsOf, ruleOf } from '../run-rule.js';

const RULE = `[rule]
name = "n"
query = "any where true"
`;

/** Events that filters are tried on. */
const EVENTS: readonly JsonObject[] = [
  { user: { name: 'ann', id: 0 }, n: 5, ok: true, ip: '10.1.2.3' },
  { user: { name: ['bob', 'root'], id: '0' }, n: 50, ok: 'true', ip: '192.0.2.1' },
  { user: { name: 'Ann' }, n: '500', ok: false, path: 'C:\\Temp\\a.exe', when: '2026-01-02T00:00:00+01:00' },
  {
    path: 'a*b',
    when: '2026-01-01T12:00:00Z',
    list: [
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ],
  },
];

/** The numbers of the events that a filter lets through. */
function passing(filter: string): number[] {
  return alertsOf(ruleOf(`${RULE}${filter}`), EVENTS).flat();
}

/** A filter with this query. */
function queryFilter(query: string): string {
  return `[[rule.filters]]\nquery = ${query}`;
}

describe('a filter with a query', () => {
  it.each<[string, number[]]>([
    ['{ match_phrase = { "user.name" = "ann" } }', [0]],
    ['{ match_phrase = { "user.name" = { query = "root" } } }', [1]],
    ['{ match = { "user.name" = { query = "ann", type = "phrase" } } }', [0]],
    ['{ match_phrase = { "user.id" = 0 } }', [0, 1]],
    ['{ match_phrase = { "user.id" = "0" } }', [0, 1]],
    ['{ match_phrase = { ok = true } }', [0, 1]],
    ['{ match_phrase = { ok = "true" } }', [0, 1]],
    ['{ match_phrase = { ok = "false" } }', [2]],
    ['{ term = { "user.name" = "ann" } }', [0]],
    ['{ term = { "user.name" = { value = "ann", case_insensitive = true } } }', [0, 2]],
    ['{ term = { ip = "10.0.0.0/8" } }', [0]],
    ['{ terms = { "user.name" = ["bob", "Ann"], boost = 1.0 } }', [1, 2]],
    ['{ terms = { ok = ["true", 5] } }', [0, 1]],
    ['{ terms = { "user.name" = [] } }', []],
    ['{ prefix = { "user.name" = "An" } }', [2]],
    ['{ prefix = { "user.name" = { value = "an", case_insensitive = true } } }', [0, 2]],
    ['{ wildcard = { "user.name" = { value = "*o?t" } } }', [1]],
    ['{ wildcard = { "user.name" = "?o*" } }', [1]],
    ['{ wildcard = { "user.name" = { value = "a*", case_insensitive = true } } }', [0, 2]],
    ["{ wildcard = { path = 'C:\\\\Temp\\\\*' } }", [2]],
    ["{ wildcard = { path = 'a\\*?' } }", [3]],
    ["{ wildcard = { path = 'a\\?*' } }", []],
    ['{ regexp = { "user.name" = "[ab].*" } }', [0, 1]],
    ['{ regexp = { "user.name" = { value = "ANN", case_insensitive = true } } }', [0, 2]],
    ['{ range = { n = { gte = 5, lt = 50 } } }', [0]],
    ['{ range = { n = { gt = "5" } } }', [1, 2]],
    ['{ range = { when = { gte = "2026-01-01T20:00:00Z" } } }', [2]],
    ['{ range = { when = { lte = "2026-01-01||/d" } } }', [2, 3]],
    ['{ range = { "@timestamp" = { gte = "2026-01-01T00:00:02Z" } } }', [2, 3]],
    ['{ exists = { field = "path" } }', [2, 3]],
    ['{ match_all = {} }', [0, 1, 2, 3]],
    ['{ match_none = {} }', []],
    ['{ constant_score = { filter = { exists = { field = "path" } } } }', [2, 3]],
    ['{ bool = { must_not = { exists = { field = "path" } } } }', [0, 1]],
    ['{ bool = { should = [{ term = { n = 5 } }, { term = { n = 50 } }] } }', [0, 1]],
    ['{ bool = { should = [{ term = { n = 5 } }, { term = { n = 50 } }], minimum_should_match = 1 } }', [0, 1]],
    ['{ bool = { should = [{ term = { n = 5 } }, { term = { ok = true } }], minimum_should_match = "2" } }', [0]],
    // What does not have to hold changes a score only.
    ['{ bool = { must = [{ term = { ok = true } }], should = [{ term = { n = 5 } }] } }', [0, 1]],
    ['{ bool = { filter = [{ term = { ok = true } }], must = { term = { n = 5 } } } }', [0]],
    ['{ bool = {} }', [0, 1, 2, 3]],
    // One element has both values; two elements together do not count.
    [
      '{ nested = { path = "list", query = { bool = { must = [{ term = { "list.a" = 1 } }, { term = { "list.b" = 2 } }] } } } }',
      [3],
    ],
    [
      '{ nested = { path = "list", query = { bool = { must = [{ term = { "list.a" = 1 } }, { term = { "list.b" = 4 } }] } } } }',
      [],
    ],
  ])('%s', (query, expected) => {
    expect(passing(queryFilter(query))).toEqual(expected);
  });
});

describe('a filter of Kibana', () => {
  const EXISTS = 'query = { exists = { field = "path" } }';

  it.each<[string, string, number[]]>([
    ['is taken back by negate', `meta = { negate = true }\n${EXISTS}`, [0, 1]],
    ['does not count if it is disabled', `meta = { disabled = true }\n${EXISTS}`, [0, 1, 2, 3]],
    ['brings its state along', `meta = { negate = false }\n"$state" = { store = "appState" }\n${EXISTS}`, [2, 3]],
    ['may hold the query itself', 'exists = { field = "path" }', [2, 3]],
    ['may be said by meta alone: exists', 'meta = { type = "exists", key = "path" }', [2, 3]],
    ['may be said by meta alone: phrase', 'meta = { type = "phrase", key = "n", params = { query = 5 } }', [0]],
    ['may be said by meta alone: phrases', 'meta = { type = "phrases", key = "n", params = [5, 50] }', [0, 1]],
    ['may be said by meta alone: range', 'meta = { type = "range", key = "n", params = { lt = 6 } }', [0]],
    [
      'may join others by or',
      'meta = { type = "combined", relation = "OR", params = [{ query = { term = { n = 5 } } }, { query = { term = { n = 50 } } }] }',
      [0, 1],
    ],
    [
      'may join others by and, and be taken back',
      'meta = { type = "combined", negate = true, params = [{ query = { term = { ok = true } } }, { meta = { negate = true }, query = { term = { n = 5 } } }] }',
      [0, 2, 3],
    ],
  ])('%s', (_about, filter, expected) => {
    expect(passing(`[[rule.filters]]\n${filter}`)).toEqual(expected);
  });

  it('holds together with the others', () => {
    expect(passing(`[[rule.filters]]\n${EXISTS}\n[[rule.filters]]\n${EXISTS.replace('path', 'n')}`)).toEqual([2]);
  });

  it('hides events from every part of a sequence', () => {
    const sequence = (tail: string): string =>
      `[rule]\nname = "n"\nquery = '''sequence with maxspan=1m [any where n == 1] ${tail}'''\n[[rule.filters]]\nquery = { exists = { field = "seen" } }`;
    const events = (seen: JsonObject): JsonObject[] => [
      { n: 1, seen: 1 },
      { n: 2, ...seen },
      { n: 3, seen: 1 },
    ];
    for (const tail of ['![any where n == 2] [any where n == 3]', '[any where n == 3] until [any where n == 2]']) {
      expect(alertsOf(ruleOf(sequence(tail)), events({ seen: 1 }))).toHaveLength(0);
      expect(alertsOf(ruleOf(sequence(tail)), events({}))).toHaveLength(1);
    }
  });
});

describe('a filter that is not understood', () => {
  /** What is said about a filter, and the text it points at. */
  function complaints(filter: string, type = 'eql'): [string, string, string][] {
    const text = `[rule]\nrule_id = "x"\nname = "n"\ntype = "${type}"\nquery = "any where true"\n[[rule.filters]]\n${filter}`;
    return parseRuleToml(text, 'a.toml').diagnostics.map(({ code, message, span }) => [
      code,
      message,
      text.slice(span.start, span.end),
    ]);
  }

  it.each<[string, string, string]>([
    [
      'query = { query_string = { query = "a" } }',
      'Queries of the kind "query_string" are not supported: use bool, constant_score, exists, match, match_all, match_none, match_phrase, nested, prefix, range, regexp, term, terms, wildcard.',
      '{ query = "a" }',
    ],
    ['query = { bool = { must = [{ script = {} }] } }', 'Queries of the kind "script" are not supported', '{}'],
    ['query = { bool = { mustnt = [] } }', '"bool" has no key "mustnt"', '{ mustnt = [] }'],
    ['query = { bool = { minimum_should_match = 3 } }', '"minimum_should_match" is', '{ minimum_should_match = 3 }'],
    ['query = { match_phrase = { a = [1] } }', 'The value is text, a number, true or false.', '[1]'],
    ['query = { match_phrase = { a = 1, b = 2 } }', 'The query names one field.', '{ a = 1, b = 2 }'],
    [
      'query = { match_phrase = { a = { query = "x", fuzziness = 2 } } }',
      'The option "fuzziness"',
      '{ query = "x", fuzziness = 2 }',
    ],
    ['query = { terms = { a = { index = "x" } } }', '"terms" takes a list', '{ index = "x" }'],
    ['query = { range = { a = { from = 1 } } }', 'The option "from" is not supported here.', '{ from = 1 }'],
    ['query = { range = { a = {} } }', 'A range needs a bound', '{}'],
    [
      'query = { range = { a = { gte = "now-1d", time_zone = "CET" } } }',
      '"time_zone" can be UTC only.',
      '{ gte = "now-1d", time_zone = "CET" }',
    ],
    ['query = { range = { a = { gte = "now-1q" } } }', '"now-1q" is not a date.', 'rule.filters'],
    ['query = { regexp = { a = "(" } }', 'Invalid regular expression', 'rule.filters'],
    ['query = { exists = {} }', '"exists" names a field', '{}'],
    ['query = { nested = { query = {} } }', '"nested" names the array', '{ query = {} }'],
    [
      'query = { term = { a = 1 }, exists = { field = "b" } }',
      'A query is a table with one key',
      '{ term = { a = 1 }, exists = { field = "b" } }',
    ],
    [
      'meta = { type = "spatial_filter", key = "geo" }',
      'The filter has no query',
      '{ type = "spatial_filter", key = "geo" }',
    ],
    ['meta = { type = "combined", relation = "XOR" }', 'The relation of filters is AND or OR.', '"XOR"'],
  ])('%s', (filter, message, at) => {
    const found = complaints(filter);
    expect(found[0]?.[0]).toBe('EQL4201');
    expect(found[0]?.[1]).toContain(message);
    expect(found[0]?.[2]).toContain(at);
  });

  it('does not matter if it is disabled, nor in a rule that is not EQL', () => {
    const filter = 'query = { script = {} }';
    expect(complaints(`meta = { disabled = true }\n${filter}`)).toEqual([]);
    expect(complaints(filter, 'query')).toEqual([]);
  });
});
