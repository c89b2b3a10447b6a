import { DIALECTS, parseQuery, printQuery, type Dialect, type StatementNode } from '@eqlkit/language';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutSpans } from './without-spans.js';

const SEED = 20_240_602;

function parse(query: string, dialect: Dialect): StatementNode {
  const { ast, diagnostics } = parseQuery(query, dialect);
  expect({ query, diagnostics }).toEqual({ query, diagnostics: [] });
  if (ast === null) throw new Error(`Not a query: ${query}`);
  return ast;
}

function expectRoundTrip(query: string, dialect: Dialect = DIALECTS.elasticsearch): void {
  const tree = parse(query, dialect);
  const printed = printQuery(tree);
  const again = parse(printed, dialect);
  expect(withoutSpans(again)).toEqual(withoutSpans(tree));
  expect(printQuery(again)).toBe(printed);
}

const fields = fc.constantFrom('a', 'process.name', '?a.b', '`where`.`x``y`', '@timestamp', 'a.`1`', '`a b`', 'child');
const strings = fc.constantFrom(
  '"x*"', '""', String.raw`"a\"b\\c\n\t\r\b\f\u{1f600}\u{0007}"`, '"""raw \\ text"""', '"""a"b"""', '"é😀"',
  '""""""', '"""a""""', '"""a"""""',
); // prettier-ignore
const numbers = fc.constantFrom(
  '0', '1', '-1', '1.5', '2.0', '.5', '1e30', '1e-9', '-0', '+3', '18446744073709551615', '-9223372036854775808',
  '1e999', '99999999999999999999999', '-1e999',
); // prettier-ignore

/** The text of an expression in any nesting of the grammar's constructs. */
const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie('expression').map((text) => `(${text})`);
  const atom = fc.oneof(fields, strings, numbers, fc.constantFrom('null', 'true', 'false'));
  const operand = fc.oneof({ weight: 3, arbitrary: atom }, { weight: 1, arbitrary: inner });
  const pair = (...operators: string[]): fc.Arbitrary<string> =>
    fc.tuple(operand, fc.constantFrom(...operators), operand).map((parts) => parts.join(' '));
  const list = (item: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => `(${items.join(', ')})`);
  return {
    expression: fc.oneof(
      { maxDepth: 6 },
      atom,
      pair('and', 'or'),
      fc.array(operand, { minLength: 2, maxLength: 4 }).map((operands) => operands.join(' or ')),
      pair('==', '!=', '<', '<=', '>', '>='),
      fc.tuple(pair('+', '-', '*', '/', '%'), fc.constantFrom('+', '*', '-'), operand).map((parts) => parts.join(' ')),
      operand.map((text) => `not ${text}`),
      fc.tuple(fc.constantFrom('-', '+', '- -', '-+'), operand).map((parts) => parts.join(' ')),
      fc.tuple(operand, fc.constantFrom('in', 'in~', 'not in', 'not in~'), list(operand)).map((p) => p.join(' ')),
      fc
        .tuple(
          operand,
          fc.constantFrom(':', 'like', 'like~', 'regex', 'regex~'),
          fc.oneof(
            strings,
            list(
              fc.oneof(
                strings,
                numbers.filter((text) => /^\d/u.test(text)),
              ),
            ),
          ),
        )
        .map((parts) => parts.join(' ')),
      fc.tuple(fc.constantFrom('length', 'endsWith~', 'concat'), list(operand)).map(([name, values]) => name + values),
    ),
  };
});

describe('printQuery', () => {
  it(`prints what parses to the same tree (seed ${SEED})`, () => {
    fc.assert(
      fc.property(expression, (text) => {
        expectRoundTrip(`process where ${text}`);
      }),
      { seed: SEED, numRuns: 3000 },
    );
  });

  it.each([
    'any where true',
    '"my category" where true',
    '"where" where a == 1',
    'process where (a or b) and not (c and d)',
    'process where a - (b - c) == a - b - c',
    'process where (a == 1) == (b == 2)',
    'process where not (not a == 1)',
    'process where (a : "x") : "y"',
    'sequence by a, ?b with maxspan=90s [a where true] by c with runs=3 ![b where x] by d [c where y] by e',
    'sequence with maxspan=500ms [a where true] [b where true] until [c where true] | head 5 | tail 2',
    'sample by a [x where true] by b [y where true] by c',
    'join by a [x where true] [y where true] until [z where true]',
  ])('keeps %s', (query) => {
    expectRoundTrip(query);
  });

  it.each([
    ['endpoint', 'sequence [a where true] as e0 [b where e0.x == y and descendant of [process where true]]'],
    ['endpoint', 'process where _arraysearch(a, $x, $x.b == 1)'],
    ['endgame', `process where a[0].b = 'x' and c == ?"\\d" | count a, b | sort count`],
    ['endgame', 'sequence [a where true] fork=true [b where true] | filter x == 1'],
    ['endgame', 'sequence by length(a) + 1 [a where true] [b where true] | unique a b'],
    ['endgame', 'process where a:length() == 1 and child of [process where true]'],
  ] as const)('keeps, in the %s dialect, %s', (dialect, query) => {
    expectRoundTrip(query, DIALECTS[dialect]);
  });

  it('writes keywords, operators and strings in one way', () => {
    const { ast } = parseQuery('process where((a==1))and b in(1,2)// note\n|head 1');
    expect(ast === null ? null : printQuery(ast)).toBe('process where a == 1 and b in (1, 2)\n| head 1');
  });
});
