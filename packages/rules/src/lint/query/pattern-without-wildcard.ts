import type { PatternNode } from '@eqlkit/language';
import { mayHoldText } from '../fields/field-text.js';
import type { Finding, QueryLint } from '../lint.js';

/** `like` with nothing but plain text is a slower way to write an equality; `:` is the usual one that ignores case. */
export const patternWithoutWildcard: QueryLint = {
  scope: 'query',
  code: 'EQL5004',
  *check({ expressions, fields }) {
    for (const node of expressions) {
      if (node.kind !== 'pattern' || (node.operator !== 'like' && node.operator !== 'like~')) continue;
      // What is wrong with the use of a field is said elsewhere, and another operator would bury it.
      if (mayHoldText(node.operand, fields)) yield* checkPattern(node);
    }
  },
};

function* checkPattern(node: PatternNode): Iterable<Finding> {
  const plain = node.patterns.every((pattern) => pattern.kind === 'string-literal' && !/[*?]/u.test(pattern.value));
  if (!plain) return;
  const instead = replacementOf(node);
  yield {
    at: { query: node.operatorSpan },
    message: `"${node.operator}" has no wildcard to match`,
    help: `Write "${instead}", which says the same.`,
    fix: { title: `Use ${instead}`, replacement: instead, safe: true },
  };
}

function replacementOf({ operator, list }: PatternNode): string {
  if (list) return operator === 'like' ? 'in' : 'in~';
  return operator === 'like' ? '==' : ':';
}
