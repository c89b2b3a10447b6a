import { compileWildcardPattern } from '@eqlkit/engine';
import { printFieldPath, type ComparisonNode, type ExpressionNode, type FieldNode } from '@eqlkit/language';

/** A text, number or boolean that a field is compared with. */
export interface ConstraintValue {
  readonly value: string | number | bigint | boolean;
  /** Whether other spellings of the case are equal to it. */
  readonly foldCase: boolean;
}

type Range = { readonly kind: 'range'; readonly operator: '<' | '<=' | '>' | '>='; readonly bound: number };

/** What one leaf of a condition says about a field. */
export interface FieldConstraint {
  /** The field's name without `?`. */
  readonly field: string;
  readonly node: ExpressionNode;
  /** Whether it says the opposite, as under `not`. */
  readonly negated: boolean;
  readonly says:
    | { readonly kind: 'missing' }
    | { readonly kind: 'one-of'; readonly values: readonly ConstraintValue[] }
    | { readonly kind: 'like'; readonly patterns: readonly string[]; readonly foldCase: boolean }
    | Range;
}

/** Reads a leaf, or the negation of one, as a constraint of one field; `null` if it is something else. */
export function readConstraint(node: ExpressionNode, negated = false): FieldConstraint | null {
  switch (node.kind) {
    case 'not': {
      const inner = readConstraint(node.operand, !negated);
      return inner === null ? null : { ...inner, node };
    }
    case 'comparison':
      return readComparison(node, negated);
    case 'field': {
      const says = { kind: 'one-of', values: [{ value: true, foldCase: false }] } as const;
      return { field: printFieldPath(node.path), node, negated, says };
    }
    case 'membership': {
      const field = fieldName(node.operand);
      const values = node.values.map((value) => readValue(value, node.caseInsensitive));
      if (field === null || values.includes(null)) return null;
      const says = { kind: 'one-of', values: values.filter((value) => value !== null) } as const;
      return { field, node, negated: negated !== node.negated, says };
    }
    case 'pattern': {
      const field = fieldName(node.operand);
      const { operator } = node;
      if (field === null || operator === 'regex' || operator === 'regex~') return null;
      const patterns = node.patterns.flatMap((pattern) => (pattern.kind === 'string-literal' ? [pattern.value] : []));
      const foldCase = operator !== 'like';
      const plain = patterns.every((pattern) => !/[*?]/u.test(pattern));
      return {
        field,
        node,
        negated,
        says: plain
          ? { kind: 'one-of', values: patterns.map((value) => ({ value, foldCase })) }
          : { kind: 'like', patterns, foldCase },
      };
    }
    default:
      return null;
  }
}

function readComparison(node: ComparisonNode, negated: boolean): FieldConstraint | null {
  const { left, right, operator } = node;
  const field = fieldName(left);
  if (field === null) return null;
  if (operator === '==' || operator === '!=') {
    const isNegated = negated !== (operator === '!=');
    if (right.kind === 'null-literal') return { field, node, negated: isNegated, says: { kind: 'missing' } };
    const value = readValue(right, false);
    return value === null ? null : { field, node, negated: isNegated, says: { kind: 'one-of', values: [value] } };
  }
  if (right.kind !== 'number-literal') return null;
  return { field, node, negated, says: { kind: 'range', operator, bound: Number(right.value) } };
}

function readValue(node: ExpressionNode, foldCase: boolean): ConstraintValue | null {
  switch (node.kind) {
    case 'string-literal':
    case 'number-literal':
    case 'boolean-literal':
      return { value: node.value, foldCase };
    default:
      return null;
  }
}

function fieldName(node: FieldNode | ExpressionNode): string | null {
  return node.kind === 'field' ? printFieldPath(node.path) : null;
}

/** Whether two constraints say the very opposite of each other, so that both never hold whatever the values. */
export function areOpposite(a: FieldConstraint, b: FieldConstraint): boolean {
  return a.negated !== b.negated && describe(a) === describe(b);
}

function describe({ says }: FieldConstraint): string {
  return JSON.stringify(says, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

/** Whether a field that is known to have the value may satisfy a constraint. Where that is not sure it may. */
export function mayAdmit({ says, negated }: FieldConstraint, candidate: ConstraintValue): boolean {
  switch (says.kind) {
    case 'missing':
      return negated;
    case 'one-of':
      return negated
        ? !says.values.some((value) => surelyEqual(value, candidate))
        : says.values.some((value) => maybeEqual(value, candidate));
    case 'like':
      return negated
        ? !(says.foldCase || !candidate.foldCase) || !matches(says.patterns, says.foldCase, candidate)
        : matches(says.patterns, says.foldCase || candidate.foldCase, candidate);
    case 'range':
      return typeof candidate.value === 'number' || typeof candidate.value === 'bigint'
        ? isInRange(Number(candidate.value), says) !== negated
        : true;
  }
}

function maybeEqual(a: ConstraintValue, b: ConstraintValue): boolean {
  // Where no mapping decides, a number equals the text that spells it.
  const [left, right] = [String(a.value), String(b.value)];
  return a.foldCase || b.foldCase ? left.toLowerCase() === right.toLowerCase() : left === right;
}

/** Whether `value` equals whatever spelling the candidate stands for. */
function surelyEqual(value: ConstraintValue, candidate: ConstraintValue): boolean {
  return (value.foldCase || !candidate.foldCase) && maybeEqual(value, candidate);
}

function matches(patterns: readonly string[], foldCase: boolean, { value }: ConstraintValue): boolean {
  return patterns.some((pattern) => compileWildcardPattern(pattern, foldCase ? 'ascii' : 'none')(String(value)));
}

function isInRange(value: number, { operator, bound }: Range): boolean {
  switch (operator) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
  }
}

/** Whether no number satisfies two ranges. */
export function areDisjointRanges(a: FieldConstraint, b: FieldConstraint): boolean {
  if (a.says.kind !== 'range' || b.says.kind !== 'range' || a.negated || b.negated) return false;
  const [low, high] = isLowerBound(a.says) ? [a.says, b.says] : [b.says, a.says];
  if (!isLowerBound(low) || isLowerBound(high)) return false;
  return low.bound > high.bound || (low.bound === high.bound && (low.operator === '>' || high.operator === '<'));
}

function isLowerBound({ operator }: Range): boolean {
  return operator === '>' || operator === '>=';
}
