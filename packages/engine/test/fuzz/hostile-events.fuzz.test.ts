import {
  analyzeQuery,
  DIALECTS,
  FUNCTION_SIGNATURES,
  type DialectName,
  type FunctionParameter,
  type FunctionSignature,
} from '@eqlkit/language';
import { compileQuery, Engine, matchedFields, type JsonObject, type JsonValue } from '@eqlkit/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const SEED = 20_261_134;
const DIALECT_NAMES = Object.keys(DIALECTS) as DialectName[];

function nested(depth: number): JsonValue {
  let value: JsonValue = 'end';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** What no field should hold, and may. */
const HOSTILE: readonly JsonValue[] = [
  null,
  '',
  'text',
  ' 12 ',
  '0x1f',
  '-0x1',
  '1e999',
  'NaN',
  '::1',
  '10.0.0.300',
  '2024-13-45T99:99:99Z',
  0,
  -0,
  1.5,
  -1,
  1e308,
  Number.MAX_SAFE_INTEGER,
  9_223_372_036_854_775_807n,
  18_446_744_073_709_551_615n,
  10n ** 400n,
  true,
  false,
  [],
  {},
  [null, null],
  [[], [[]], {}],
  [{ a: 1 }, 'a', 5, true, null],
  Array.from({ length: 2_000 }, (_, place) => place),
  Array.from({ length: 2_000 }, (_, place) => `value ${String(place)}`),
  'x'.repeat(200_000),
  '\ud800\udc00\ud800',
  '\u0000\u001b[31m',
  '*?\\',
  nested(400),
  JSON.parse('{"__proto__":{"a":1},"constructor":"x","length":5}') as JsonObject,
];

/** A query for the dialect, or null if the dialect has no such thing. */
function compileFor(text: string, name: DialectName): ReturnType<typeof compileQuery>['query'] {
  const { query } = analyzeQuery(text, { dialect: DIALECTS[name] });
  return query === null ? null : compileQuery(query).query;
}

/** Shows a query every hostile value, one after the other and in several fields at once. */
function show(text: string, name: DialectName): boolean {
  const query = compileFor(text, name);
  if (query === null) return false;
  const engine = new Engine([query]);
  HOSTILE.forEach((value, place) => {
    const other = HOSTILE[(place * 7 + 3) % HOSTILE.length] ?? null;
    for (const event of [
      { '@timestamp': place, a: value },
      { '@timestamp': place, a: value, b: other, c: value },
      { '@timestamp': place, a: other, b: value, c: other },
    ]) {
      for (const { match } of engine.process(event)) matchedFields(query, match);
    }
  });
  engine.finish();
  engine.snapshot();
  return true;
}

const FIELDS = ['a', 'b', 'c'];

function argumentsFor(parameters: readonly FunctionParameter[]): readonly string[] {
  return parameters.map((parameter, place) => {
    if (parameter.type === 'name') return 'v';
    if (parameter.type === 'boolean' && parameter.name === 'condition') return 'true';
    if (parameter.constant === true) return parameter.name === 'block' ? '"10.0.0.0/8"' : '"a.*"';
    return FIELDS[place % FIELDS.length] ?? 'a';
  });
}

const SIGNATURES: readonly FunctionSignature[] = Object.values(FUNCTION_SIGNATURES);
const CALLS = SIGNATURES.flatMap((signature) => {
  const names = signature.caseInsensitiveForm ? [signature.name, `${signature.name}~`] : [signature.name];
  return names.map((name) => [name, signature] as const);
});

describe('hostile values in every field that is read', () => {
  it.each(CALLS)('by the function %s', (name, { parameters, returns }) => {
    const call = `${name}(${argumentsFor(parameters).join(', ')})`;
    const variable = call.replace('(a, v, true)', '(a, $v, $v == 1 or $v.a == 1)');
    const comparison = returns === 'boolean' ? '' : returns === 'number' ? ' > 0' : ' == "x"';
    const ran = DIALECT_NAMES.flatMap((dialect) =>
      [call, variable].filter(
        (text) =>
          show(`any where ${text}${comparison}`, dialect) || show(`any where not (${text}${comparison})`, dialect),
      ),
    );
    expect(ran.length).toBeGreaterThan(0);
  });

  it.each([
    ...['==', '!=', '<', '<=', '>', '>='].flatMap((operator) => [`a ${operator} "m"`, `a ${operator} 5`]),
    ...[':', 'like', 'like~', 'regex', 'regex~'].map((operator) => `a ${operator} ("x*", "*m*")`),
    ...['in', 'not in', 'in~', 'not in~'].map((operator) => `a ${operator} ("x", "m", "5")`),
    ...['+', '-', '*', '/', '%'].map((operator) => `a ${operator} b ${operator} 3 > c`.replace('> c', '> 1')),
    'a == null and b != null',
    'a and not b',
    '-a == 1',
    'a.b.c == 1 or a.length == 5 or __proto__.a == 1',
  ])('by the condition %s', (condition) => {
    const ran = DIALECT_NAMES.filter((dialect) => show(`any where ${condition}`, dialect));
    expect(ran.length).toBeGreaterThan(0);
  });

  it.each([
    'sequence by a with maxspan=1s [any where true] [any where true]',
    'sequence by ?a, ?b [any where true] with runs=3',
    'sequence by a, b [any where true] [any where true] until [any where c == 1]',
    'sequence with maxspan=1s ![any where a == 1] [any where true] ![any where b == 1]',
    'sample by a [any where true] [any where true]',
    'any where true | tail 3',
  ])('by the query %s', (query) => {
    expect(show(query, 'elasticsearch')).toBe(true);
  });

  it.each([
    'any where true | sort a, b',
    'any where true | unique a | count b',
    'join by a [any where true] [any where true]',
  ])('by the query %s of the endgame dialect', (query) => {
    expect(show(query, 'endgame')).toBe(true);
  });
});

describe(`random values in every field (seed ${String(SEED)})`, () => {
  const queries = [
    'any where a == 1 or b : "*x*" or length(c) > 2 or a + b > 1 or concat(a, b) == "x" or cidrMatch(a, "::/0")',
    'sequence by ?a with maxspan=1s [any where b != null] [any where c in ("x", "1")] until [any where a == true]',
    'sample by a [any where b == 1] [any where c == 1]',
  ].map((text) => compileFor(text, 'elasticsearch'));

  it('change nothing in a run that goes on from its snapshot', () => {
    const value = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<JsonValue>;
    const event = fc.record({ a: value, b: value, c: value }, { requiredKeys: [] });
    const property = fc.property(fc.array(event, { maxLength: 12 }), fc.nat({ max: 12 }), (events, cut) => {
      for (const query of queries) {
        if (query === null) throw new Error('a query of this test is wrong');
        const whole = new Engine([query]);
        const first = new Engine([query]);
        const found: number[] = [];
        const again: number[] = [];
        let running = first;
        events.forEach((fields, place) => {
          if (place === cut) {
            running = new Engine([query]);
            running.restore(first.snapshot());
          }
          const stamped = { ...fields, '@timestamp': place };
          found.push(whole.process(stamped).length);
          again.push(running.process(stamped).length);
        });
        expect([...again, running.finish().length]).toEqual([...found, whole.finish().length]);
      }
    });
    fc.assert(property, { seed: SEED, numRuns: 500 });
  });
});
