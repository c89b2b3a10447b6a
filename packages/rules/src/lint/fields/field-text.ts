import { dottedName, type ExpressionNode, type FieldKind } from '@eqlkit/language';
import type { FieldKnowledge } from './field-knowledge.js';

/** Kinds of fields whose values are text, or may be. */
const TEXT_KINDS: ReadonlySet<FieldKind> = new Set(['keyword', 'wildcard', 'text', 'mixed', 'unsupported']);

/** Whether an expression may be text: a field of which another type is known is not. */
export function mayHoldText(node: ExpressionNode, fields: FieldKnowledge): boolean {
  const known = node.kind === 'field' ? fields.find(dottedName(node.path)) : undefined;
  return known === undefined || TEXT_KINDS.has(known.kind);
}
