import { parseQuery, printExpression, visit, type ExpressionNode, type SyntaxNode } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';

function conditionOf(text: string): ExpressionNode {
  const { ast, diagnostics } = parseQuery(`process where ${text}`);
  expect(diagnostics).toEqual([]);
  if (ast?.query.kind !== 'event-query') throw new Error('Not an event query');
  return ast.query.condition;
}

const VALID: readonly string[] = [
  'process where true',
  'any where a == 1',
  '"my category" where true',
  '  \t\r\nprocess\nwhere\ttrue  ',
  '/* a */ process /* b /* nested */ c */ where // d\n true // e',
  'process where a/**/./**/b == 1',
  'process where a == """C:\\no escapes"""',
  String.raw`process where a == "\"\\\b\t\n\f\r\'\u{1F600}"`,
  'process where `a-b`.`where` == 1',
  'process where ?a.b == null',
  'process where a in~ ("x", "y") and b not in (1, 2) and c not in~ ("z")',
  'process where a like~ ("x*", "y?") and b like "z"',
  'process where a regex~ "x.*" or b regex ("y", "z")',
  'process where a : ("x", "y*")',
  'process where startsWith~(a, "x") and endsWith(a, "y")',
  'process where a + 1 * 2 - 3 / 4 % 5 >= -6.5e3',
  'sequence by a, b with maxspan=1m [a where true] by c [b where true] by d with runs=3 until [c where true] by e',
  'sequence by a with maxspan=2h [a where true] ![b where true]',
  'sample by host [a where true] by x [b where true] by y',
  'process where true | head 10 | tail 5',
];

describe('parseQuery', () => {
  it.each(VALID)('reads %s', (query) => {
    const { ast, diagnostics } = parseQuery(query);
    expect(diagnostics).toEqual([]);
    expect(ast).not.toBeNull();
  });

  it('keeps the places of comments', () => {
    const text = '/* a /* b */ */ process where // c\n true';
    const found = parseQuery(text).comments.map(({ kind, span }) => [kind, text.slice(span.start, span.end)]);
    expect(found).toEqual([
      ['block', '/* a /* b */ */'],
      ['line', '// c'],
    ]);
  });

  it.each([
    [String.raw`"a\"\\\n\u{41}\u{1F600}"`, 'a"\\\nA😀'],
    ['"""a\\n"b"""', 'a\\n"b'],
    ['"// no comment"', '// no comment'],
  ])('reads the string %s', (literal, value) => {
    expect(conditionOf(`a == ${literal}`)).toMatchObject({ right: { kind: 'string-literal', value } });
  });

  it.each([
    ['1', 1, true],
    ['-1', -1, true],
    ['2.0', 2, false],
    ['1e3', 1000, false],
    ['.5', 0.5, false],
    ['9223372036854775807', 9223372036854775807n, true],
  ])('reads the number %s', (literal, value, integer) => {
    expect(conditionOf(`a == ${literal}`)).toMatchObject({ right: { kind: 'number-literal', value, integer } });
  });

  it.each([
    ['?a.`b-c`.d', true, ['a', 'b-c', 'd']],
    ['`a``b`', false, ['a`b']],
    ['@timestamp', false, ['@timestamp']],
  ])('reads the field %s', (name, optional, path) => {
    expect(conditionOf(name)).toMatchObject({ kind: 'field', optional, path });
  });

  it('reads every clause of a sequence', () => {
    const { ast } = parseQuery(
      'sequence by a with maxspan=90s [x where true] by b with runs=3 ![y where true] by c until [z where true] by d | head 1',
    );
    expect(ast).toMatchObject({
      query: {
        kind: 'sequence',
        keys: [{ path: ['a'] }],
        maxspan: { milliseconds: 90_000, text: '90s' },
        stages: [
          { missing: false, runs: 3, keys: [{ path: ['b'] }] },
          { missing: true, runs: 1, keys: [{ path: ['c'] }] },
        ],
        until: { keys: [{ path: ['d'] }] },
      },
      pipes: [{ name: 'head', arguments: [{ value: 1 }] }],
    });
  });

  it.each([
    ['a or b and c', 'a or (b and c)'],
    ['not a and b', '(not a) and b'],
    ['not a == 1', 'not (a == 1)'],
    ['a + b * c == 1', '(a + (b * c)) == 1'],
    ['a - b - c == 1', '((a - b) - c) == 1'],
    ['a / b % c == 1', '((a / b) % c) == 1'],
    ['-a + b == 1', '((-a) + b) == 1'],
    ['a == b : "x"', 'a == (b : "x")'],
    ['not a in (1)', 'not (a in (1))'],
    ['(a and b) and c', 'a and b and c'],
  ])('binds %s as %s', (text, explicit) => {
    expect(shape(conditionOf(text))).toEqual(shape(conditionOf(explicit)));
  });

  it('lets parentheses bind tighter', () => {
    expect(printExpression(conditionOf('(a or b) and c'))).toBe('(a or b) and c');
    expect(shape(conditionOf('(a or b) and c'))).not.toEqual(shape(conditionOf('a or b and c')));
  });
});

function shape(node: SyntaxNode): unknown {
  return JSON.parse(
    JSON.stringify(node, (key: string, value: unknown) => (/^(?:span|\w+Span)$/u.test(key) ? undefined : value)),
  );
}

describe('the span of a node', () => {
  it('is the text of the node', () => {
    const text = ' sequence by ?a [x where b.c == "y" and not f~(d, 1)] with runs=2 [z where (e) in (-1)] | head 5 ';
    const { ast } = parseQuery(text);
    if (ast === null) throw new Error('Not a query');
    const found: [string, string][] = [];
    visit(ast, (node) => found.push([node.kind, text.slice(node.span.start, node.span.end)]));
    expect(found).toEqual([
      ['statement', text.trim()],
      ['sequence', text.slice(1, text.indexOf(' | '))],
      ['field', '?a'],
      ['subquery', '[x where b.c == "y" and not f~(d, 1)] with runs=2'],
      ['event-query', 'x where b.c == "y" and not f~(d, 1)'],
      ['logical', 'b.c == "y" and not f~(d, 1)'],
      ['comparison', 'b.c == "y"'],
      ['field', 'b.c'],
      ['string-literal', '"y"'],
      ['not', 'not f~(d, 1)'],
      ['call', 'f~(d, 1)'],
      ['field', 'd'],
      ['number-literal', '1'],
      ['subquery', '[z where (e) in (-1)]'],
      ['event-query', 'z where (e) in (-1)'],
      ['membership', '(e) in (-1)'],
      ['field', '(e)'],
      ['number-literal', '-1'],
      ['pipe', 'head 5'],
      ['number-literal', '5'],
    ]);
  });

  it.each(VALID)('parses again on its own: %s', (query) => {
    const { ast } = parseQuery(query);
    if (ast?.query.kind !== 'event-query') return;
    const { condition } = ast.query;
    expect(shape(conditionOf(query.slice(condition.span.start, condition.span.end)))).toEqual(shape(condition));
  });
});
