import type { Dialect, ExpressionNode } from '@eqlkit/language';
import { literalValue } from '../compile/literal-value.js';
import type { LeafPredicate } from '../predicate/predicate.js';
import { GRAM_LENGTH } from './gram.js';
import { foldCase } from '../text/case-folding.js';
import type { Scalar, Value } from '../values/value.js';

/** What a field must hold for a condition to be true: a value whose text is one of these, or has one of these within. */
export interface FieldRequirement {
  readonly place: number;
  /** Whole values, as `indexText` writes them. */
  readonly texts: readonly string[];
  /** For each alternative of a value's part: texts of at least `GRAM_LENGTH` ASCII characters that must all occur. */
  readonly parts: readonly (readonly string[])[];
}

const PLAIN_RUN = new RegExp(`[\\x01-\\x7f]{${GRAM_LENGTH},}`, 'gu');

/**
 * The text by which an index knows a value. Values that any operator takes as equal have the same text: it is folded,
 * and a number is written as text.
 */
export function indexText(value: Scalar): string {
  return typeof value === 'string' ? foldCase(value, 'unicode') : String(value);
}

/** What the field of a leaf must hold for the leaf to be true; null if nothing can be said. */
export function requirementOfLeaf(leaf: LeafPredicate, dialect: Dialect): FieldRequirement | null {
  const [source, ...others] = leaf.sources;
  if (source?.place == null || others.length > 0) return null;
  // Addresses, dates and versions that are equal may be written in several ways.
  if (['date', 'ip', 'version'].includes(source.definition?.kind ?? '')) return null;
  const alternatives = alternativesOf(leaf.node, dialect);
  if (alternatives === null) return null;
  const texts: string[] = [];
  const parts: (readonly string[])[] = [];
  for (const { text, whole } of alternatives) {
    if (whole) {
      texts.push(text);
      continue;
    }
    const runs = text.split(/[*?]/u).flatMap((literal) => literal.match(PLAIN_RUN) ?? []);
    if (runs.length === 0) return null;
    parts.push(runs);
  }
  return { place: source.place, texts, parts };
}

/** A text that a value must be, or else a pattern of which every literal run must occur in it. */
interface Alternative {
  readonly text: string;
  readonly whole: boolean;
}

function alternativesOf(node: ExpressionNode, dialect: Dialect): readonly Alternative[] | null {
  switch (node.kind) {
    case 'field':
      return dialect.threeValuedNot ? null : [{ text: 'true', whole: true }];
    case 'comparison': {
      if (node.operator !== '==') return null;
      if (node.left.kind === 'field') return equalTo([literalValue(node.right)], dialect);
      return node.right.kind === 'field' ? equalTo([literalValue(node.left)], dialect) : null;
    }
    case 'membership':
      if (node.negated || node.operand.kind !== 'field') return null;
      return equalTo(
        node.values.map(literalValue).filter((value) => value !== null),
        dialect,
      );
    case 'pattern': {
      if (node.operator.startsWith('regex') || node.operand.kind !== 'field') return null;
      return patterns(node.patterns.map(literalValue));
    }
    case 'call': {
      const [operand, ...others] = node.arguments;
      return operand?.kind === 'field' ? alternativesOfCall(node.name.toLowerCase(), others.map(literalValue)) : null;
    }
    default:
      return null;
  }
}

function alternativesOfCall(name: string, constants: readonly (Value | undefined)[]): readonly Alternative[] | null {
  switch (name) {
    case 'wildcard':
      return patterns(constants);
    case 'startswith':
    case 'endswith':
    case 'stringcontains': {
      const [part] = constants;
      return typeof part === 'string' ? [{ text: foldCase(part, 'unicode'), whole: false }] : null;
    }
    default:
      return null;
  }
}

function equalTo(constants: readonly (Value | undefined)[], dialect: Dialect): readonly Alternative[] | null {
  const alternatives: Alternative[] = [];
  for (const constant of constants) {
    if (constant === null || constant === undefined) return null;
    if (typeof constant === 'string' && dialect.wildcardsInEquality && constant.includes('*')) return null;
    // Beyond the safe range one number may have several texts.
    if (typeof constant === 'bigint') return null;
    if (typeof constant === 'number' && Number.isInteger(constant) && !Number.isSafeInteger(constant)) return null;
    alternatives.push({ text: indexText(constant), whole: true });
  }
  return alternatives;
}

function patterns(constants: readonly (Value | undefined)[]): readonly Alternative[] | null {
  const alternatives: Alternative[] = [];
  for (const constant of constants) {
    if (typeof constant !== 'string') return null;
    alternatives.push({ text: foldCase(constant, 'unicode'), whole: !/[*?]/u.test(constant) });
  }
  return alternatives;
}
