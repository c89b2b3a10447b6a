import {
  analyzeQuery,
  DIALECTS,
  printExpression,
  type FieldKind,
  type LiteralNode,
  type Schema,
} from '@eqlkit/language';
import { compileQuery, Engine, type JsonObject, type Scalar } from '@eqlkit/engine';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { foldConstants } from '../../src/compile/fold-constants.js';
import { createCompileContext } from '../../src/plan/compile-query.js';

const SEED = 20_261_131;

/** A value that a query can write as a literal or read from a field of its type. */
interface Leaf {
  readonly kind: FieldKind;
  readonly value: Scalar | null;
}

/** The text of an expression with places for its values. */
type Template = readonly (string | Leaf)[];

interface Templates {
  readonly number: fc.Arbitrary<Template>;
  readonly text: fc.Arbitrary<Template>;
  readonly truth: fc.Arbitrary<Template>;
}

function leaf(kind: FieldKind, ...values: readonly (Scalar | null)[]): fc.Arbitrary<Template> {
  return fc.constantFrom(...values).map((value) => [{ kind, value }]);
}

const integers = [0, 1, 2, 3, -1, -7, 10, 16, 2 ** 31, Number.MAX_SAFE_INTEGER, 9_223_372_036_854_775_807n];
const words = ['', 'a', 'abc', 'ABC', 'a.b.a', '0x1f', '12', '-3', '1.5', 'straße', 'STRASSE', '10.1.2.3', '*'];
const positions = leaf('long', 0, 1, -1, 2, -2, 5, null);
const pattern = fc.constantFrom('"a*"', '"?"', '("b", "*C")', '"*"');

const LEAVES: Templates = {
  number: fc.oneof(leaf('long', ...integers, null), leaf('double', 0.5, -2.5, 2, 0, 1e300, null)),
  text: leaf('keyword', ...words, null),
  truth: leaf('boolean', true, false, null),
};

const join = (...parts: readonly (string | Template)[]): Template =>
  parts.flatMap((part): Template => (typeof part === 'string' ? [part] : part));

function call(name: string, ...args: readonly fc.Arbitrary<Template>[]): fc.Arbitrary<Template> {
  return fc
    .tuple(...args)
    .map(([first = [], ...rest]) =>
      join(name, '(', first, ...rest.flatMap((one): (string | Template)[] => [', ', one]), ')'),
    );
}

function infix(
  left: fc.Arbitrary<Template>,
  operators: readonly string[],
  right: fc.Arbitrary<Template>,
): fc.Arbitrary<Template> {
  return fc
    .tuple(left, fc.constantFrom(...operators), right)
    .map(([a, operator, b]) => join('(', a, ` ${operator} `, b, ')'));
}

/**
 * Expressions of a depth. "==" is there against null only: with a side that folds to null it is a test for null, which
 * it is not with a side that is null for one event.
 */
function templates(depth: number): Templates {
  if (depth === 0) return LEAVES;
  const { number: n, text: t, truth: b } = templates(depth - 1);
  const any = fc.oneof(n, t, b);
  const each = (names: readonly string[], ...args: readonly fc.Arbitrary<Template>[]): fc.Arbitrary<Template>[] =>
    names.map((name) => call(name, ...args));
  return {
    number: fc.oneof(
      n,
      infix(n, ['+', '-', '*', '/', '%'], n),
      n.map((inner) => join('-(', inner, ')')),
      ...each(['add', 'subtract', 'multiply', 'divide', 'modulo'], n, n),
      call('length', t),
      ...each(['indexOf', 'indexOf~'], t, t),
      call('indexOf', t, t, positions),
      call('number', t),
      call('number', t, leaf('long', 2, 8, 10, 16, null)),
    ),
    text: fc.oneof(
      t,
      call('concat', any, any),
      call('string', any),
      call('substring', t, positions),
      call('substring', t, positions, positions),
      ...each(['between', 'between~'], t, t, t),
      call('between', t, t, t, b),
    ),
    truth: fc.oneof(
      b,
      infix(n, ['<', '<=', '>', '>='], n),
      infix(t, ['<', '<=', '>', '>='], t),
      infix(b, ['and', 'or'], b),
      infix(any, ['==', '!='], fc.constant<Template>(['null'])),
      b.map((inner) => join('(not ', inner, ')')),
      fc
        .tuple(t, fc.constantFrom('in', 'not in', 'in~'), leaf('keyword', ...words), leaf('keyword', ...words))
        .map(([a, operator, c, d]) => join('(', a, ` ${operator} (`, c, ', ', d, '))')),
      fc
        .tuple(n, fc.constantFrom('in', 'not in'), leaf('long', ...integers))
        .map(([a, operator, c]) => join('(', a, ` ${operator} (`, c, '))')),
      fc
        .tuple(t, fc.constantFrom(':', 'like', 'like~', 'regex', 'regex~'), pattern)
        .map(([a, operator, c]) => join('(', a, ` ${operator} ${c})`)),
      ...each(['startsWith', 'endsWith', 'stringContains', 'startsWith~', 'endsWith~', 'stringContains~'], t, t),
      t.map((a) => join('cidrMatch(', a, ', "10.0.0.0/8")')),
      t.map((a) => join('wildcard(', a, ', "a*", "?")')),
    ),
  };
}

/** The literal of a value; one of a double field is a double. */
function writeLiteral({ kind, value }: Leaf): string {
  if (value === null) return 'null';
  const span = { start: 0, end: 0 };
  const node: LiteralNode =
    typeof value === 'string'
      ? { kind: 'string-literal', value, raw: false, span }
      : typeof value === 'boolean'
        ? { kind: 'boolean-literal', value, span }
        : { kind: 'number-literal', value, integer: kind !== 'double', span };
  // Behind an operator a sign would read as another operator's.
  return typeof value !== 'string' && typeof value !== 'boolean' && value < 0
    ? `(${printExpression(node)})`
    : printExpression(node);
}

interface Written {
  readonly text: string;
  readonly event: JsonObject;
  readonly schema: Schema;
}

/** Writes an expression, with a field instead of a literal where `asField` says so. */
function write(template: Template, asField: (place: number) => boolean): Written {
  const event: Record<string, Scalar | null> = {};
  const fields: [string, { path: string; kind: FieldKind; mappingType: string }][] = [];
  let place = 0;
  const parts = template.map((part) => {
    if (typeof part === 'string') return part;
    place += 1;
    if (!asField(place)) return writeLiteral(part);
    const name = `f${String(place)}`;
    event[name] = part.value;
    fields.push([name, { path: name, kind: part.kind, mappingType: part.kind }]);
    return name;
  });
  return { text: parts.join(''), event, schema: { ...EMPTY_SCHEMA, fields: new Map(fields) } };
}

const EMPTY_SCHEMA: Schema = { fields: new Map(), strict: false };
const dialect = DIALECTS.endpoint;

/** What a constant folds to, and whether something in it has no value, such as a division by zero. */
function fold(constant: string): { literal: LiteralNode; wrong: boolean } | null {
  const { query } = analyzeQuery(`any where (${constant}) == null`, { dialect });
  if (query === null) return null;
  const { context, diagnostics } = createCompileContext(query, {});
  const body = query.statement.query;
  if (body.kind !== 'event-query' || body.condition.kind !== 'comparison')
    throw new Error(`not a comparison: ${constant}`);
  const folded = foldConstants(body.condition.left, context);
  switch (folded.kind) {
    case 'null-literal':
    case 'boolean-literal':
    case 'number-literal':
    case 'string-literal':
      return { literal: folded, wrong: diagnostics.length > 0 };
    default:
      throw new Error(`it was not folded: ${constant}`);
  }
}

/** Whether a condition holds for an event; null if it does not compile. */
function holds(condition: string, { event, schema }: Written): boolean | null {
  const { query } = analyzeQuery(`any where ${condition}`, { dialect, schema });
  const compiled = query === null ? null : compileQuery(query).query;
  if (compiled === null) return null;
  return new Engine([compiled]).process({ '@timestamp': 0, ...event }).length === 1;
}

const found = { cases: 0, refused: 0, nulls: 0, wrong: 0, truths: 0, numbers: 0, texts: 0 };

function count(value: unknown, wrong: boolean): void {
  found.cases += 1;
  if (wrong) found.wrong += 1;
  else if (value === null) found.nulls += 1;
  else if (typeof value === 'boolean') found.truths += 1;
  else if (typeof value === 'string') found.texts += 1;
  else found.numbers += 1;
}

describe(`a constant folds to what evaluation gives (seed ${String(SEED)})`, () => {
  afterAll(() => {
    console.log(`constants and fields, seed ${String(SEED)}: ${JSON.stringify(found)}`);
    expect(Math.min(found.nulls, found.truths, found.numbers, found.texts)).toBeGreaterThan(found.cases / 20);
    expect(found.refused).toBeLessThan(found.cases / 10);
  });

  it('with fields in place of some or all literals', () => {
    const depths = [1, 2, 3].map(templates);
    const expressions = fc.oneof(...depths.flatMap(({ number, text, truth }) => [number, text, truth]));
    const masks = fc.oneof(fc.constant([true]), fc.array(fc.boolean(), { minLength: 1, maxLength: 10 }));
    fc.assert(
      fc.property(expressions, masks, (template, mask) => {
        const constant = write(template, () => false);
        const folded = fold(constant.text);
        if (folded === null) {
          found.refused += 1;
          return;
        }
        const { literal, wrong } = folded;
        const value = literal.kind === 'null-literal' ? null : literal.value;
        count(value, wrong);
        const written = write(template, (place) => mask[place % mask.length] === true);
        const outcome = Number.isNaN(value)
          ? holds(`(${written.text}) != null`, written)
          : holds(`(${written.text}) == ${printExpression(literal)}`, written);
        // What is wrong in a constant part of the expression is an error still.
        if (outcome === null && wrong) return;
        expect({ constant: constant.text, fields: written.text, value, outcome }).toEqual({
          constant: constant.text,
          fields: written.text,
          value,
          outcome: true,
        });
      }),
      { seed: SEED, numRuns: 5_000 },
    );
  });
});
