import { dottedName, type ExpressionNode, type FieldNode, type StringLiteralNode } from '@eqlkit/language';

/** A field compared with texts. */
export interface FieldComparison {
  readonly field: FieldNode;
  readonly name: string;
  readonly operator: '==' | '!=' | 'in' | 'in~' | ':' | 'like' | 'like~' | 'regex' | 'regex~';
  /** Whether the case of the texts counts. */
  readonly caseSensitive: boolean;
  /** Whether `*` and `?` in the texts, or all of regular expressions' syntax, stand for others. */
  readonly patterns: boolean;
  readonly texts: readonly StringLiteralNode[];
}

/** The comparisons of a field with constant texts among expressions. */
export function fieldComparisonsIn(expressions: readonly ExpressionNode[]): readonly FieldComparison[] {
  const found: FieldComparison[] = [];
  for (const node of expressions) {
    const comparison = readComparison(node);
    if (comparison !== null && comparison.texts.length > 0) found.push(comparison);
  }
  return found;
}

function readComparison(node: ExpressionNode): FieldComparison | null {
  switch (node.kind) {
    case 'comparison': {
      const { left, right, operator } = node;
      if (left.kind !== 'field' || right.kind !== 'string-literal') return null;
      if (operator !== '==' && operator !== '!=') return null;
      return { ...place(left), operator, caseSensitive: true, patterns: false, texts: [right] };
    }
    case 'membership': {
      if (node.operand.kind !== 'field') return null;
      const operator = node.caseInsensitive ? 'in~' : 'in';
      const texts = node.values.filter((value) => value.kind === 'string-literal');
      return { ...place(node.operand), operator, caseSensitive: !node.caseInsensitive, patterns: false, texts };
    }
    case 'pattern': {
      if (node.operand.kind !== 'field') return null;
      const { operator } = node;
      const texts = node.patterns.filter((pattern) => pattern.kind === 'string-literal');
      const caseSensitive = operator === 'like' || operator === 'regex';
      return { ...place(node.operand), operator, caseSensitive, patterns: true, texts };
    }
    default:
      return null;
  }
}

function place(field: FieldNode): { field: FieldNode; name: string } {
  return { field, name: dottedName(field.path) };
}
