import type { ComparisonNode, ExpressionNode, FieldNode, VariableNode } from '@eqlkit/language';
import type { EventView } from '../event/event-view.js';
import { isMultiValue } from '../event/field-value.js';
import type { FieldSource } from '../predicate/field-source.js';
import {
  constantPredicate,
  logicalPredicate,
  notPredicate,
  type LeafPredicate,
  type Predicate,
  type PredicateTest,
} from '../predicate/predicate.js';
import type { Value } from '../values/value.js';
import type { ScalarTest } from './compare-scalars.js';
import type { CompileContext } from './compile-context.js';
import { compileComparisonTest, compileMembershipTest, compilePatternTest, mirror } from './compile-scalar-test.js';
import { compileTruth } from './compile-truth.js';
import { foldingFor, LeafScope } from './leaf-scope.js';
import { foldConstants } from './fold-constants.js';
import { literalValue } from './literal-value.js';
import { resolveField } from './resolve-field.js';

/** Most combinations of values that one leaf tries for one event. */
const MAX_COMBINATIONS = 100_000;

/**
 * Compiles a condition.
 *
 * In the dialects of Elasticsearch truth has two levels: a leaf that touches a missing value is false, and `and`, `or`
 * and `not` around leaves know only true and false. In the endgame dialect the whole condition is one three-valued
 * expression.
 */
export function compileCondition(node: ExpressionNode, context: CompileContext): Predicate {
  const folded = foldConstants(node, context);
  return context.dialect.threeValuedNot ? compileWhole(folded, context) : compileTree(folded, context);
}

function compileTree(node: ExpressionNode, context: CompileContext): Predicate {
  const value = literalValue(node);
  if (value !== undefined) return constantPredicate(value === true);
  switch (node.kind) {
    case 'logical':
      return logicalPredicate(
        node.operator,
        node.operands.map((operand) => compileTree(operand, context)),
      );
    case 'not':
      return notPredicate(compileTree(node.operand, context));
    case 'comparison':
      if (node.operator === '!=') return notPredicate(compileTree({ ...node, operator: '==' }, context));
      return compileComparisonLeaf(node, context);
    case 'membership': {
      if (node.negated) return notPredicate(compileTree({ ...node, negated: false }, context));
      const constants = node.values.map(literalValue);
      const [source] = fieldOf(node.operand, context);
      if (source === undefined || constants.includes(undefined)) return compileWhole(node, context);
      const known = constants.filter((constant) => constant !== undefined);
      const type = source.definition ?? 'untyped';
      const test = compileMembershipTest(node, known, type, foldingFor(node.operand), context);
      return fieldLeaf(node, source, test);
    }
    case 'pattern': {
      const [source] = fieldOf(node.operand, context);
      if (source === undefined || source.definition?.kind === 'date') return compileWhole(node, context);
      return fieldLeaf(node, source, compilePatternTest(node, source.definition ?? 'untyped', context));
    }
    case 'field':
    case 'variable': {
      const source = resolveField(node, context);
      return fieldLeaf(node, source, (scalar) => scalar === true);
    }
    default:
      return compileWhole(node, context);
  }
}

function compileComparisonLeaf(node: ComparisonNode, context: CompileContext): Predicate {
  const sides = [
    { field: node.left, constant: literalValue(node.right), operator: node.operator },
    { field: node.right, constant: literalValue(node.left), operator: mirror(node.operator) },
  ];
  for (const { field, constant, operator } of sides) {
    const [source] = fieldOf(field, context);
    if (source === undefined || constant === undefined || operator === '!=') continue;
    if (constant === null) return { kind: 'leaf', node, sources: [source], test: (view) => source.read(view) === null };
    const test = compileComparisonTest(operator, constant, source.definition ?? 'untyped', node.span, context);
    return fieldLeaf(node, source, test);
  }
  return compileWhole(node, context);
}

/** The source of an expression that is nothing but a field. */
function fieldOf(node: ExpressionNode, context: CompileContext): readonly FieldSource[] {
  return isFieldLike(node) ? [resolveField(node, context)] : [];
}

function isFieldLike(node: ExpressionNode): node is FieldNode | VariableNode {
  return node.kind === 'field' || node.kind === 'variable';
}

/** A leaf on one field: some value must pass the test. */
function fieldLeaf(node: ExpressionNode, source: FieldSource, test: ScalarTest): LeafPredicate {
  const { place, read } = source;
  const check = (value: ReturnType<typeof read>): boolean => {
    if (value === null) return false;
    return isMultiValue(value) ? value.some(test) : test(value);
  };
  const predicateTest: PredicateTest = place === null ? (view) => check(read(view)) : (view) => check(view.get(place));
  return { kind: 'leaf', node, sources: [source], test: predicateTest };
}

/** A leaf of any form: some combination of the values of its fields must make it true. */
function compileWhole(node: ExpressionNode, context: CompileContext): Predicate {
  const literal = literalValue(node);
  if (literal !== undefined) return constantPredicate(literal === true);
  const scope = new LeafScope(context);
  const value = compileTruth(node, scope);
  const { sources, frame } = scope;
  const test: PredicateTest = (view) => someCombination(sources, frame, view, context, () => value(view) === true);
  return { kind: 'leaf', node, sources, test };
}

function someCombination(
  sources: readonly FieldSource[],
  frame: Value[],
  view: EventView,
  context: CompileContext,
  holds: () => boolean,
): boolean {
  const several: { place: number; values: readonly Value[] }[] = [];
  let combinations = 1;
  for (let place = 0; place < sources.length; place += 1) {
    const value = sources[place]?.read(view) ?? null;
    if (isMultiValue(value)) {
      several.push({ place, values: value });
      combinations *= value.length;
      frame[place] = null;
    } else {
      frame[place] = value;
    }
  }
  if (several.length === 0) return holds();
  // An array is no single value in Python EQL; only its array functions look into it.
  if (context.dialect.threeValuedNot) return holds();
  if (combinations > MAX_COMBINATIONS) context.countProblem('too-many-combinations');
  const tried = Math.min(combinations, MAX_COMBINATIONS);
  for (let combination = 0; combination < tried; combination += 1) {
    let rest = combination;
    for (const { place, values } of several) {
      frame[place] = values[rest % values.length] ?? null;
      rest = Math.floor(rest / values.length);
    }
    if (holds()) return true;
  }
  return false;
}
