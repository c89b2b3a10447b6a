import type {
  ComparisonNode,
  ExpressionNode,
  FieldNode,
  LogicalNode,
  MembershipNode,
  PatternNode,
  VariableNode,
} from '@eqlkit/language';
import { arithmetic } from '../functions/arithmetic.js';
import { compileLineage } from '../lineage/compile-lineage.js';
import { displayDate } from '../time/canonical-date.js';
import { foldCase } from '../text/case-folding.js';
import type { Scalar, Value } from '../values/value.js';
import { compareScalars } from './compare-scalars.js';
import { compileCall } from './compile-call.js';
import { compileTruth } from './compile-truth.js';
import { foldingFor, type LeafScope, type ValueFunction } from './leaf-scope.js';
import { compileComparisonTest, compileMembershipTest, compilePatternTest, mirror } from './compile-scalar-test.js';
import { literalValue } from './literal-value.js';
import { isDouble } from './numeric-kind.js';
import { operandTypeOf } from './operand-type.js';

/** Compiles an expression for its value. Inside a leaf, what touches a missing value is missing. */
export function compileValue(node: ExpressionNode, scope: LeafScope): ValueFunction {
  switch (node.kind) {
    case 'null-literal':
    case 'boolean-literal':
    case 'number-literal':
    case 'string-literal': {
      const value = literalValue(node) ?? null;
      return () => value;
    }
    case 'field':
    case 'variable':
      return compileField(node, scope);
    case 'arithmetic': {
      const left = compileValue(node.left, scope);
      const right = compileValue(node.right, scope);
      const { dialect, countProblem } = scope.context;
      const options = {
        double: isDouble(node.left, scope.context) || isDouble(node.right, scope.context),
        dialect,
        report: countProblem,
      };
      return (view) => arithmetic(node.operator, left(view), right(view), options);
    }
    case 'negate': {
      const operand = compileValue(node.operand, scope);
      const { dialect, countProblem } = scope.context;
      const options = { double: isDouble(node.operand, scope.context), dialect, report: countProblem };
      return (view) => arithmetic('-', 0, operand(view), options);
    }
    case 'logical':
      return compileLogical(node, scope);
    case 'not': {
      const operand = compileTruth(node.operand, scope);
      return (view) => {
        const value = operand(view);
        return typeof value === 'boolean' ? !value : null;
      };
    }
    case 'comparison':
      return compileComparison(node, scope);
    case 'membership':
      return compileMembership(node, scope);
    case 'pattern':
      return compilePattern(node, scope);
    case 'call':
      return compileCall(node, scope);
    case 'lineage':
      return compileLineage(node, scope.context);
  }
}

function compileField(node: FieldNode | VariableNode, scope: LeafScope): ValueFunction {
  const place = scope.place(node);
  const { frame } = scope;
  const read: ValueFunction = () => frame[place] ?? null;
  if (scope.sources[place]?.definition?.kind !== 'date') return read;
  // Functions see a date as it is shown.
  return () => {
    const value = frame[place] ?? null;
    return typeof value === 'string' ? displayDate(value) : value;
  };
}

/** Three-valued `and` and `or`. */
function compileLogical(node: LogicalNode, scope: LeafScope): ValueFunction {
  const operands = node.operands.map((operand) => compileTruth(operand, scope));
  const deciding = node.operator === 'or';
  return (view) => {
    let outcome: Value = !deciding;
    for (const operand of operands) {
      const value = operand(view);
      if (value === deciding) return deciding;
      if (value !== !deciding) outcome = null;
    }
    return outcome;
  };
}

function compileComparison(node: ComparisonNode, scope: LeafScope): ValueFunction {
  const { dialect } = scope.context;
  const positive = compilePositive(node, scope);
  if (node.operator !== '!=') return positive;
  return (view) => {
    const value = positive(view);
    return typeof value === 'boolean' ? !value : dialect.threeValuedNot ? null : value;
  };
}

/** The comparison as written, or `==` for `!=`. */
function compilePositive(node: ComparisonNode, scope: LeafScope): ValueFunction {
  const { dialect } = scope.context;
  const left = compileValue(node.left, scope);
  const right = compileValue(node.right, scope);
  const leftConstant = literalValue(node.left);
  const rightConstant = literalValue(node.right);
  const operator = node.operator === '!=' ? '==' : node.operator;

  if (operator === '==' && (leftConstant === null || rightConstant === null)) {
    const operand = leftConstant === null ? right : left;
    return (view) => operand(view) === null;
  }
  if (rightConstant !== undefined && rightConstant !== null) {
    return compileAgainstConstant(node.left, operator, rightConstant, node, scope);
  }
  if (leftConstant !== undefined && leftConstant !== null) {
    const mirrored = mirror(operator);
    return compileAgainstConstant(node.right, mirrored === '!=' ? '==' : mirrored, leftConstant, node, scope);
  }
  const bothOptional = isOptionalField(node.left) && isOptionalField(node.right) && !dialect.threeValuedNot;
  return (view) => {
    const a = left(view);
    const b = right(view);
    // Two optional fields that are both missing are equal: published queries join on that.
    if (a === null || b === null) return bothOptional && operator === '==' && a === b ? true : null;
    return compareScalars(operator, a, b, dialect);
  };
}

function compileAgainstConstant(
  operand: ExpressionNode,
  operator: Exclude<ComparisonNode['operator'], '!='>,
  constant: Exclude<Value, null>,
  node: ComparisonNode,
  scope: LeafScope,
): ValueFunction {
  const { context } = scope;
  const test = compileComparisonTest(operator, constant, operandTypeOf(operand, context), node.span, context);
  const value = readOperand(operand, scope);
  return (view) => {
    const found = value(view);
    return found === null ? null : test(found);
  };
}

/** A typed field's own form, which the typed tests want, instead of the form that functions see. */
function readOperand(operand: ExpressionNode, scope: LeafScope): ValueFunction {
  if (operand.kind !== 'field' && operand.kind !== 'variable') return compileValue(operand, scope);
  const place = scope.place(operand);
  const { frame } = scope;
  return () => frame[place] ?? null;
}

function isOptionalField(node: ExpressionNode): boolean {
  return node.kind === 'field' && node.optional;
}

function compileMembership(node: MembershipNode, scope: LeafScope): ValueFunction {
  const { context } = scope;
  const constants = node.values.map(literalValue);
  const operand = readOperand(node.operand, scope);
  const folding = foldingFor(node.operand);
  const test = compileMembershipTest(
    node,
    constants.filter((value) => value !== undefined),
    operandTypeOf(node.operand, context),
    folding,
    context,
  );
  const fold = (value: Scalar): Scalar =>
    node.caseInsensitive && typeof value === 'string' ? foldCase(value, folding) : value;
  // Elastic Defend and Python EQL also take what reads the event in the list.
  const others = node.values
    .filter((_, index) => constants[index] === undefined)
    .map((value) => compileValue(value, scope));
  return (view) => {
    const value = operand(view);
    if (value === null) return null;
    const found =
      test(value) ||
      others.some((other) => {
        const candidate = other(view);
        return candidate !== null && compareScalars('==', fold(value), fold(candidate), context.dialect);
      });
    return node.negated ? !found : found;
  };
}

function compilePattern(node: PatternNode, scope: LeafScope): ValueFunction {
  const operand = compileValue(node.operand, scope);
  const test = compilePatternTest(node, operandTypeOf(node.operand, scope.context), scope.context);
  return (view) => {
    const value = operand(view);
    return value === null ? null : test(value);
  };
}
