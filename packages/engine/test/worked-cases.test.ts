import { DIALECTS, type FieldKind, type Schema } from '@eqlkit/language';
import type { JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import {
  errorClasses,
  expandStages,
  idsOf,
  makeEvent,
  makeEvents,
  matchesOf,
  MISSING,
  run,
  type RunOptions,
} from './run-query.js';

function strictSchema(kinds: Readonly<Record<string, FieldKind>>): Schema {
  const fields = Object.entries(kinds).map(([path, kind]) => [path, { path, kind, mappingType: kind }] as const);
  return { fields: new Map(fields), strict: true };
}

const UNMAPPED: RunOptions = { schema: strictSchema({ id: 'long' }) };
const ENDGAME: RunOptions = { dialect: DIALECTS.endgame };
const ANY = [makeEvent(1)];
const AB = [makeEvent(1, { p: 'ab' })];
const WIN10 = [makeEvent(1, { p: 'win10' })];
const TAGS = [makeEvent(1, { tags: ['a', 'b'] })];
const EXIT_CODES = [makeEvent(1), makeEvent(2, { exit_code: 0 })];

type EventCase = readonly [
  row: number,
  condition: string,
  events: readonly JsonObject[],
  ids: readonly number[],
  options?: RunOptions,
];

const EVENT_CASES: readonly EventCase[] = [
  [1, 'x != "a"', [makeEvent(1), makeEvent(2, { x: 'a' }), makeEvent(3, { x: 'b' })], [1, 3]],
  [2, 'not (exit_code > -1)', EXIT_CODES, [1]],
  [3, 'null == (exit_code > -1)', EXIT_CODES, [1]],
  [4, '?nope == null', ANY, [1], UNMAPPED],
  [5, '?nope', ANY, [], UNMAPPED],
  [5, '?nope == 123', ANY, [], UNMAPPED],
  [6, '?nope != 123', ANY, [1], UNMAPPED],
  [6, 'not (?nope : "a")', ANY, [], UNMAPPED],
  [7, '?x == ?y', ANY, [1], UNMAPPED],
  [8, 'string(id) : "1*"', [1, 2, 10].map((id) => makeEvent(id)), [1, 10]],
  [9, 'p in~ ("WIN*")', [...WIN10, makeEvent(2, { p: 'win*' })], [2]],
  [10, 'p : "WIN*"', WIN10, [1]],
  [10, 'p == "win*"', WIN10, []],
  [11, 'concat(p, null) == null', AB, [1]],
  [12, 'n / 2 == 41', [81, 82, 83, 84].map((n) => makeEvent(n, { n })), [82, 83]],
  [13, 'modulo(10, -6) == 4 and modulo(-10, -6) == -4', ANY, [1]],
  [14, 'tags == "a" and tags == "b"', TAGS, [1]],
  [14, 'tags != "a"', TAGS, []],
  [15, 'n > 5 and n < 10', [makeEvent(1, { n: [1, 20] })], [1]],
  [20, String.raw`p == """a\nb"""`, [makeEvent(1, { p: String.raw`a\nb` }), makeEvent(2, { p: 'a\nb' })], [1]],
  [21, 'p == """"foo""""', [makeEvent(1, { p: '"foo"' }), makeEvent(2, { p: 'foo' })], [1]],
  [24, 'f : "*"', [makeEvent(1, { f: '' }), makeEvent(2)], [1]],
  [25, String.raw`p : """a\*"""`, [makeEvent(1, { p: String.raw`a\z` }), makeEvent(2, { p: 'a*' })], [1]],
  [26, 'endsWith("ab", "")', ANY, [1]],
  [26, 'stringContains("ab", "")', ANY, []],
  [27, 'indexOf(p, "z") == null', AB, [1]],
  [27, 'indexOf("foobarbaz", "o", null) == 1', ANY, [1]],
  [28, 'p regex "^ab$"', AB, []],
  [
    29,
    'version > "1.5.0"',
    [makeEvent(1, { version: '1.11.3' }), makeEvent(2, { version: '1.2.4' })],
    [1],
    { schema: strictSchema({ version: 'version' }) },
  ],
  [30, 'true | head 3 | tail 1', [1, 2, 3, 4, 5].map((id) => makeEvent(id)), [3]],
  [
    31,
    'true | head 50',
    Array.from({ length: 60 }, (_, index) => makeEvent(index + 1)),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    { size: 10 },
  ],
  [67, 'x != "a"', ANY, [], ENDGAME],
];

type ErrorCase = readonly [row: number, query: string, errorClass: string];

const ERROR_CASES: readonly ErrorCase[] = [
  [16, 'any where a == b', 'translation'],
  [17, 'any where process.pid : 123', 'verification'],
  [18, 'any where process.pid in (1, "s")', 'verification'],
  [19, "any where p == 'x'", 'parse'],
  [19, 'any where p == ?"x"', 'parse'],
  [22, String.raw`any where p == "\u{d800}"`, 'parse'],
  [22, String.raw`any where p == "\q"`, 'parse'],
  [23, 'any where arr[0] == 1', 'parse'],
  [23, 'any where a < b < c', 'parse'],
  [23, 'any where x in ()', 'parse'],
  [25, String.raw`any where p : "a\*"`, 'parse'],
  [32, 'any where true | count', 'parse'],
  [32, 'any where true | head -1', 'parse'],
  [32, 'any where true | hed 1', 'parse'],
  [53, 'sequence [any where true] by a [any where true]', 'parse'],
  [54, 'sequence [any where true]', 'parse'],
  [66, 'join by x [any where true] [any where false]', 'verification'],
];

type SequenceCase = readonly [
  row: number,
  query: string,
  events: readonly JsonObject[],
  ids: readonly (readonly number[])[],
  options?: RunOptions,
];

function byUser(shorthand: string): JsonObject[] {
  return shorthand.split(' ').map((word) => {
    const [user = '', type = '', ...id] = word;
    return makeEvent(Number(id.join('')), { user, type });
  });
}

const MINUTE = 60_000;
const MINUTES = [
  makeEvent(1, { '@timestamp': 0, type: 'm' }),
  makeEvent(2, { '@timestamp': 10 * MINUTE + 1, type: 'n' }),
  makeEvent(3, { '@timestamp': 20 * MINUTE + 1, type: 'm' }),
  makeEvent(4, { '@timestamp': 21 * MINUTE + 1, type: 'n' }),
  makeEvent(5, { '@timestamp': 29 * MINUTE + 1, type: 'n' }),
  makeEvent(6, { '@timestamp': 31 * MINUTE + 1, type: 'n' }),
];
const OPTIONAL_KEYS = [
  ...makeEvents('P11@1'),
  ...makeEvents('P12@2 F13@3 F14@4 F15@5', { p: 123 }),
  ...makeEvents('F16@6 F17@6'),
];
const ABSENCE_KEYS = [
  ...makeEvents('n5 n6', { k1: 'foo' }),
  ...makeEvents('m7', { k1: 'foo', k2: 'bar' }),
  ...makeEvents('n8', { k1: 'foo' }),
];
const TIED = [
  makeEvent(1, { '@timestamp': 10, type: 'R', t: 'x', order: 9 }),
  makeEvent(3, { '@timestamp': 11, type: 'S', t: 'x', order: 2 }),
  makeEvent(2, { '@timestamp': 11, type: 'E', t: 'x', order: 1 }),
];

const SEQUENCE_CASES: readonly SequenceCase[] = [
  [33, 'sequence [A] [B]', makeEvents('B1 A2 B3'), [[2, 3]]],
  [34, 'sequence [A] [B]', makeEvents('A1 A2 B3 B4 A5'), [[2, 3]]],
  [35, 'sequence [A] [B] [C]', makeEvents('A1 B2 A3 B4 C5'), [[3, 4, 5]]],
  [
    36,
    'sequence [A] [B] [C]',
    makeEvents('A1 B2 A3 C4 B5 C6'),
    [
      [1, 2, 4],
      [3, 5, 6],
    ],
  ],
  [
    37,
    'sequence [A] [B] [C] [D]',
    makeEvents('A1 B2 C3 A4 B5 D6 C7 D8'),
    [
      [1, 2, 3, 6],
      [4, 5, 7, 8],
    ],
  ],
  [
    38,
    'sequence [any where true] [any where true]',
    makeEvents('A1 A2 A3 A4'),
    [
      [1, 2],
      [2, 3],
      [3, 4],
    ],
  ],
  [39, 'sequence [any where id < 5] [any where id == 5]', makeEvents('A1 A2 A3 A4 A5'), [[4, 5]]],
  [
    40,
    'sequence by user [W] [H] [I]',
    byUser('rW1 rW2 uH3 rH4 rH5 uW6 rW7 uH8 rI9 uI10 rI11'),
    // rH4 takes rW2; rH5 finds no start any more.
    [
      [2, 4, 9],
      [6, 8, 10],
    ],
  ],
  [41, 'sequence with maxspan=1s [A] [B]', makeEvents('A1@0 B2@1000'), [[1, 2]]],
  [41, 'sequence with maxspan=1s [A] [B]', makeEvents('A1@0 B2@1001'), []],
  [42, 'sequence with maxspan=2s [A] [B] [C]', makeEvents('A1@0 B2@1000 C3@2000'), [[1, 2, 3]]],
  [42, 'sequence with maxspan=2s [A] [B] [C]', makeEvents('A1@0 B2@1000 C3@2001'), []],
  [43, 'sequence [A] with runs=2 [B]', makeEvents('A1 A2 A3 B4'), [[2, 3, 4]]],
  [44, 'sequence [A] [B] until [C]', makeEvents('A1 C2 B3'), []],
  [44, 'sequence [A] [B] until [C]', makeEvents('A1 B2 C3'), [[1, 2]]],
  [45, 'sequence [P] [F] with runs=2 until [any where id == 19]', makeEvents('P18 F19 F20'), []],
  [46, 'sequence [P] [F] with runs=2 until [any where id == 20]', makeEvents('P18 F19 F20'), [[18, 19, 20]]],
  [47, 'sequence by t [R] [E] [S]', TIED, [[1, 2, 3]], { tiebreakerField: 'order' }],
  [
    48,
    'sequence by ?e, ?p [P] [F] with runs=2',
    OPTIONAL_KEYS,
    [
      [12, 13, 14],
      [11, 16, 17],
    ],
  ],
  [49, 'sequence by e, p [P] [F] with runs=2', OPTIONAL_KEYS, []],
  [
    52,
    'sequence by ?o [P] [P]',
    [...makeEvents('P10', { o: ['a', null] }), ...makeEvents('P11', { o: [null] }), ...makeEvents('P12')],
    [[11, 12]],
  ],
  [54, 'sequence [A] with runs=2', makeEvents('A1 A2'), [[1, 2]]],
  [55, 'sequence with maxspan=1s [n] ![m] [n]', makeEvents('n1 n2 m3 n4'), [[1, MISSING, 2]]],
  [56, 'sequence with maxspan=1s [n] ![m]', makeEvents('n1 n2 m3 n4'), [[4, MISSING]]],
  [57, 'sequence with maxspan=1s [n] [n] ![m] [n]', makeEvents('n1 n2 m3 n4 n5 m6'), [[2, 4, MISSING, 5]]],
  [58, 'sequence with maxspan=3m ![m] [n]', MINUTES, [2, 5, 6].map((id) => [MISSING, id])],
  [59, 'sequence with maxspan=19m ![m] [n] ![m]', MINUTES, [2, 4, 5, 6].map((id) => [MISSING, id, MISSING])],
  [60, 'sequence with maxspan=21m ![m] [n] ![m]', MINUTES, [4, 5, 6].map((id) => [MISSING, id, MISSING])],
  [61, 'sequence with maxspan=1s [A] [B] ![M] [C] [D]', makeEvents('A1 B2 M3 B4 C5 D7'), []],
  [62, 'sequence with maxspan=1s [n] by k1 [n] by k1 ![m] by k2 [n] by k1', ABSENCE_KEYS, [[5, 6, MISSING, 8]]],
  [62, 'sequence with maxspan=1s [n] by k1 [n] by k1 ![m] by k1 [n] by k1', ABSENCE_KEYS, []],
  [65, 'sample by ?k [any where id == 17] [any where id == 27]', makeEvents('A17 A27'), [[17, 27]], UNMAPPED],
  [68, 'sequence [A] [B] until [B]', makeEvents('A1 B2'), [], ENDGAME],
  [68, 'sequence [A] [B] until [B]', makeEvents('A1 B2'), [[1, 2]]],
];

type KeyedCase = readonly [
  row: number,
  query: string,
  events: readonly JsonObject[],
  matches: readonly (readonly [key: string, first: number, second: number])[],
];

const KEYED_CASES: readonly KeyedCase[] = [
  [
    50,
    'sequence by tags [R] [F]',
    [
      ...makeEvents('R1', { tags: ['a', 'b'] }),
      ...makeEvents('R4', { tags: ['c', 'd'] }),
      ...makeEvents('F23', { tags: ['a', 'c', 'd'] }),
    ],
    [
      ['a', 1, 23],
      ['c', 4, 23],
      ['d', 4, 23],
    ],
  ],
  [
    51,
    'sequence by g [P] [F]',
    [...makeEvents('P12', { g: ['a', 'a', 'b'] }), ...makeEvents('F13', { g: ['a', 'b', 'b'] })],
    [
      ['a', 12, 13],
      ['b', 12, 13],
    ],
  ],
];

describe('worked cases', () => {
  for (const [row, condition, events, ids, options] of EVENT_CASES) {
    it(`row ${String(row)}: any where ${condition}`, () => {
      expect(run(`any where ${condition}`, events, options)).toEqual(ids.map((id) => [id]));
    });
  }

  it.each(ERROR_CASES)('row %i: %s is refused', (_row, query, errorClass) => {
    const schema = { ...strictSchema({ 'process.pid': 'long' }), strict: false };
    expect(errorClasses(query, { schema })).toEqual([errorClass]);
  });

  for (const [row, query, events, ids, options] of SEQUENCE_CASES) {
    it(`row ${String(row)}: ${query}`, () => {
      expect(run(expandStages(query), events, options)).toEqual(ids);
    });
  }

  it.each(KEYED_CASES)('row %i: %s', (_row, query, events, expected) => {
    const matches = matchesOf(expandStages(query), events);
    expect(matches.map((match) => [match.keys[0]?.value, ...idsOf(match)])).toEqual(expected);
  });

  it('row 52: the key of events without a value is null', () => {
    const [match] = matchesOf(expandStages('sequence by ?o [P] [P]'), makeEvents('P11 P12'));
    expect(match?.keys.map(({ value }) => value)).toEqual([null]);
  });

  it.each(['sequence ![m] [n]', 'sequence with maxspan=1s ![m] ![m]'])('row 63: %s is refused', (query) => {
    expect(errorClasses(expandStages(query))).not.toEqual([]);
  });

  it('row 64: a sample takes up to so many combinations of each key', () => {
    const events = [...makeEvents('a1 a2 b3 a4', { os: 'win' }), ...makeEvents('b6 a7', { os: 'red' })];
    const samples = run(expandStages('sample by os [a] [b]'), events, { maxSamplesPerKey: 2 });
    const win = samples.filter(([, second]) => second === 3).map(([first]) => first);
    expect(samples).toHaveLength(3);
    expect(samples).toContainEqual([7, 6]);
    expect(new Set(win).size).toBe(2);
    for (const first of win) expect([1, 2, 4]).toContain(first);
  });
});
