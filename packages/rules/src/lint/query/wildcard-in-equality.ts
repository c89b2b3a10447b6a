import {
  printExpression,
  type CallNode,
  type ComparisonNode,
  type ExpressionNode,
  type MembershipNode,
} from '@eqlkit/language';
import type { Finding, QueryLint } from '../lint.js';

/** `==`, `!=`, `in` and functions that look for texts take them as they are: a `*` in one is an asterisk. */
export const wildcardInEquality: QueryLint = {
  scope: 'query',
  code: 'EQL5002',
  *check({ query, expressions }) {
    if (query.dialect.wildcardsInEquality) return;
    for (const node of expressions) {
      if (node.kind === 'comparison') yield* checkComparison(node);
      if (node.kind === 'membership') yield* checkMembership(node);
      if (node.kind === 'call') yield* checkCall(node);
    }
  },
};

function* checkComparison(node: ComparisonNode): Iterable<Finding> {
  const { operator, left, right } = node;
  if (operator !== '==' && operator !== '!=') return;
  const literal = [left, right].find(isWildcard);
  if (literal === undefined) return;
  const fixable = operator === '==' && literal === right && left.kind === 'field';
  yield {
    at: { query: literal.span },
    message: `"${operator}" takes the * in ${printExpression(literal)} as an asterisk, not as a wildcard`,
    help:
      operator === '=='
        ? 'Use "like" for a pattern that respects case, ":" for one that does not.'
        : 'Write not … like "…" for a pattern that respects case, not … : "…" for one that does not.',
    fix: fixable ? { title: 'Use like', span: node.operatorSpan, replacement: 'like' } : undefined,
  };
}

function* checkMembership(node: MembershipNode): Iterable<Finding> {
  const operator = node.caseInsensitive ? 'in~' : 'in';
  const pattern = node.caseInsensitive ? 'like~' : 'like';
  for (const value of node.values) {
    if (!isWildcard(value)) continue;
    yield {
      at: { query: value.span },
      message: `"${operator}" takes the * in ${printExpression(value)} as an asterisk, not as a wildcard`,
      help: `Use "${pattern}" in place of "${operator}" for a list of patterns.`,
    };
  }
}

/**
 * Functions whose second argument is a text that is looked for. An asterisk at an end of it is needless if it were a wildcard,
 * and hardly ever an asterisk; one inside often is, as in `startsWith(dn, "DC=*,")`.
 */
const TEXT_FUNCTIONS = new Set(['startswith', 'endswith', 'stringcontains', 'indexof']);

function* checkCall(node: CallNode): Iterable<Finding> {
  const [, text] = node.arguments;
  if (text === undefined || !TEXT_FUNCTIONS.has(node.name.toLowerCase()) || !isWildcard(text)) return;
  if (text.kind !== 'string-literal' || !/^\*|\*$/u.test(text.value)) return;
  yield {
    at: { query: text.span },
    message: `${node.name} takes the * in ${printExpression(text)} as an asterisk, not as a wildcard`,
    help: `Leave it out, or compare with the pattern: ${node.caseInsensitive ? 'like~' : 'like'} ${printExpression(text)}`,
  };
}

/** A text with a `*` beside other characters: an asterisk alone is a value that command lines have. */
function isWildcard(node: ExpressionNode): boolean {
  return node.kind === 'string-literal' && node.value.includes('*') && node.value !== '*';
}
