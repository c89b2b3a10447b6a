import type {
  DialectName,
  EventQueryNode,
  ExpressionNode,
  FieldNode,
  LiteralNode,
  PipeNode,
  QueryNode,
  StatementNode,
  SubqueryNode,
} from '@eqlkit/language';
import fc from 'fast-check';

/*
 * Syntax trees of every shape that the parser gives, made without it. What it never gives is left out: the same operator
 * right inside `and` and `or`, a minus sign before a number, a raw string of several lines.
 */

const span = { start: 0, end: 0 };
const made = <T extends object>(node: T): T & { span: typeof span } => ({ ...node, span });

const KEYWORDS = new Set([
  'and', 'any', 'by', 'false', 'in', 'join', 'like', 'maxspan', 'not', 'null', 'of', 'or', 'regex', 'sample', 'sequence',
  'true', 'until', 'where', 'with',
]); // prettier-ignore

const plainName = fc.oneof(
  fc.constantFrom('a', 'process', 'name', 'runs', 'head', 'as', 'fork', 'child', 'event', '_x', '@timestamp'),
  fc.stringMatching(/^[A-Za-z_@][A-Za-z0-9_]{0,8}$/u).filter((name) => !KEYWORDS.has(name)),
);
/** Names that need backquotes among those that do not. */
const anyName = fc.oneof(
  { weight: 3, arbitrary: plainName },
  {
    weight: 1,
    arbitrary: fc.constantFrom('where', 'in', '1', 'a b', '`', '``', 'a`b', '.', '"', 'é', '😀', '\t', '//', '/*'),
  },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 5 }).filter((name) => !/[\r\n]/u.test(name)),
  },
);
const anyText = fc.oneof(
  fc.constantFrom(
    '',
    'cmd.exe',
    '*',
    '"',
    '""',
    '"""',
    '\\',
    'C:\\x',
    '\n',
    '\u2028',
    '\u0000',
    '\ud800',
    '😀',
    "'",
    'a"""b',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

const MAX_SAFE = Number.MAX_SAFE_INTEGER;
const UINT64_MAX = 2n ** 64n - 1n;
const integer = fc.oneof(
  fc.constantFrom<number | bigint>(0, 1, -1, MAX_SAFE, -MAX_SAFE, UINT64_MAX, -UINT64_MAX, 2n ** 53n),
  fc.maxSafeInteger(),
  fc.bigInt({ min: BigInt(MAX_SAFE) + 1n, max: UINT64_MAX }),
);
const double = fc.oneof(
  fc.constantFrom(0, 1, 2.5, 1e21, 1e22, 5e-324, Number.MAX_VALUE, Infinity, -Infinity, 123456789012345680000),
  fc.double({ noNaN: true }).filter((value) => !Object.is(value, -0)),
);

const string = fc
  .tuple(anyText, fc.boolean())
  .map(([value, raw]) => made({ kind: 'string-literal', value, raw: raw && !/[\r\n]|"""/u.test(value) } as const));
const number = fc.oneof(
  integer.map((value) => made({ kind: 'number-literal', value, integer: true } as const)),
  double.map((value) => made({ kind: 'number-literal', value, integer: false } as const)),
);
const literal: fc.Arbitrary<LiteralNode> = fc.oneof(
  string,
  number,
  fc.boolean().map((value) => made({ kind: 'boolean-literal', value } as const)),
  fc.constant(made({ kind: 'null-literal' } as const)),
);
/** What may stand behind `:`, `like` and `regex`: a minus sign may not. */
const patternLiteral = literal.filter((node) => node.kind !== 'number-literal' || node.value >= 0);

/** Array positions are part of the grammar only where the dialect has them. */
function pathRest(dialect: DialectName): fc.Arbitrary<(string | number)[]> {
  const part = dialect === 'endgame' ? fc.oneof<fc.Arbitrary<string | number>[]>(anyName, fc.nat()) : anyName;
  return fc.array<string | number>(part, { maxLength: 3 });
}

// A type, not an interface: fast-check's letrec wants one that can be indexed by any name.
type Trees = { readonly expression: ExpressionNode; readonly filter: EventQueryNode };

/** Expressions and event queries. */
function trees(dialect: DialectName): { [Name in keyof Trees]: fc.Arbitrary<Trees[Name]> } {
  const field: fc.Arbitrary<FieldNode> = fc
    .tuple(fc.boolean(), anyName, pathRest(dialect))
    .map(([optional, first, rest]) => made({ kind: 'field', optional, path: [first, ...rest] } as const));
  return fc.letrec<Trees>((tie) => {
    const inner = tie('expression');
    const filter = tie('filter');
    const several = fc.array(inner, { minLength: 1, maxLength: 3 });
    return {
      expression: fc.oneof(
        { maxDepth: 6, depthSize: 'medium' },
        literal,
        field,
        fc
          .tuple(fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,5}$/u), pathRest(dialect))
          .map(([name, path]) => made({ kind: 'variable', name, path } as const)),
        fc
          .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(inner, { minLength: 2, maxLength: 4 }))
          .map(([operator, operands]) => made({ kind: 'logical', operator, operands } as const))
          .filter(
            ({ operator, operands }) => !operands.some((one) => one.kind === 'logical' && one.operator === operator),
          ),
        inner.map((operand) => made({ kind: 'not', operand } as const)),
        fc
          .tuple(inner, fc.constantFrom('==', '!=', '<', '<=', '>', '>='), inner)
          .map(([left, operator, right]) =>
            made({ kind: 'comparison', operator, operatorSpan: span, left, right } as const),
          ),
        fc
          .tuple(inner, fc.constantFrom('+', '-', '*', '/', '%'), inner)
          .map(([left, operator, right]) => made({ kind: 'arithmetic', operator, left, right } as const)),
        inner
          .filter(({ kind }) => kind !== 'number-literal')
          .map((operand) => made({ kind: 'negate', operand } as const)),
        fc
          .tuple(fc.boolean(), fc.boolean(), inner, several)
          .map(([negated, caseInsensitive, operand, values]) =>
            made({ kind: 'membership', negated, caseInsensitive, operand, values } as const),
          ),
        fc
          .tuple(
            fc.constantFrom(':', 'like', 'like~', 'regex', 'regex~'),
            inner,
            fc.array(patternLiteral, { minLength: 1, maxLength: 3 }),
            fc.boolean(),
          )
          .map(([operator, operand, patterns, list]) =>
            made({
              kind: 'pattern',
              operator,
              operatorSpan: span,
              operand,
              patterns,
              list: list || patterns.length > 1,
            } as const),
          ),
        fc
          .tuple(fc.constantFrom('child', 'descendant', 'event'), filter)
          .map(([relation, query]) => made({ kind: 'lineage', relation, query } as const)),
        fc
          .tuple(plainName, fc.boolean(), fc.array(inner, { maxLength: 3 }))
          .map(([name, caseInsensitive, args]) =>
            made({ kind: 'call', name, nameSpan: span, caseInsensitive, arguments: args } as const),
          ),
      ),
      filter: fc
        .tuple(fc.option(fc.oneof(plainName, anyText, fc.constantFrom('any', 'where')), { freq: 3 }), inner)
        .map(([category, condition]) =>
          made({ kind: 'event-query', category, categorySpan: span, condition } as const),
        ),
    };
  });
}

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const timeSpan = fc
  .tuple(fc.integer({ min: 1, max: 1_000 }), fc.constantFrom('ms', 's', 'm', 'h', 'd'))
  .map(([count, unit]) =>
    made({ kind: 'time-span', milliseconds: count * UNITS[unit], text: `${count}${unit}` } as const),
  );

/** Whole queries as a dialect's parser gives them, whether or not its checker takes them. */
export function statements(dialect: DialectName): fc.Arbitrary<StatementNode> {
  const { expression, filter } = trees(dialect);
  const keys = fc.array(expression, { maxLength: 3 });
  const alias = fc.option(
    plainName.map((name) => made({ kind: 'identifier', name } as const)),
    { freq: 2 },
  );
  const stage: fc.Arbitrary<SubqueryNode> = fc
    .record({
      missing: fc.boolean(),
      query: filter,
      keys,
      runs: fc.integer({ min: 1, max: 100 }),
      fork: fc.boolean(),
      alias,
    })
    .map((parts) => made({ kind: 'subquery', ...parts } as const));
  const stages = fc.array(stage, { minLength: 1, maxLength: 4 });
  const until = fc.option(stage, { freq: 2 });
  const query: fc.Arbitrary<QueryNode> = fc.oneof(
    filter,
    fc
      .record({ keys, maxspan: fc.option(timeSpan, { freq: 2 }), stages, until })
      .map((parts) => made({ kind: 'sequence', ...parts } as const)),
    fc.record({ keys, stages, until }).map((parts) => made({ kind: 'join', ...parts } as const)),
    fc.record({ keys, stages }).map((parts) => made({ kind: 'sample', ...parts } as const)),
  );
  const pipe: fc.Arbitrary<PipeNode> = fc
    .tuple(plainName, fc.array(expression, { maxLength: 3 }))
    .map(([name, args]) => made({ kind: 'pipe', name, nameSpan: span, arguments: args } as const));
  return fc
    .tuple(query, fc.array(pipe, { maxLength: 2 }))
    .map(([body, pipes]) => made({ kind: 'statement', query: body, pipes } as const));
}
