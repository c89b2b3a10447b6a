import type { ExpressionNode } from '@eqlkit/language';
import { matches, type Operand } from './expression-builder.js';

/**
 * Translates the pattern of a `wildcard` query. A backslash there takes away the meaning of the character behind it,
 * which EQL's patterns cannot say; with an escaped `*` or `?` the pattern becomes a regular expression.
 */
export function wildcardToExpression(operand: Operand, text: string, caseInsensitive: boolean): ExpressionNode {
  const parts = readParts(text);
  const tilde = caseInsensitive ? '~' : '';
  if (!parts.some(({ kind, text: literal }) => kind === 'literal' && /[*?]/u.test(literal))) {
    return matches(operand, `like${tilde}`, parts.map((part) => part.text).join(''));
  }
  return matches(operand, `regex${tilde}`, parts.map(toRegex).join(''));
}

interface Part {
  readonly kind: 'literal' | 'wildcard';
  readonly text: string;
}

function readParts(text: string): readonly Part[] {
  return [...text.matchAll(/\\([^])|([*?])|([^])/gu)].map(([, escaped, wildcard, plain]): Part =>
    wildcard === undefined ? { kind: 'literal', text: escaped ?? plain ?? '' } : { kind: 'wildcard', text: wildcard },
  );
}

function toRegex({ kind, text }: Part): string {
  if (kind === 'wildcard') return text === '*' ? '.*' : '.';
  return text.replace(/[^\p{L}\p{N}\s_]/gu, '\\$&');
}
