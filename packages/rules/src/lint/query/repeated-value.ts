import { findFunction, printExpression, type ExpressionNode } from '@eqlkit/language';
import type { Finding, QueryLint } from '../lint.js';
import { removeBehind } from './remove-behind.js';

/** A value that stands in a list a second time. */
export const repeatedValue: QueryLint = {
  scope: 'query',
  code: 'EQL5005',
  *check({ query, expressions }) {
    for (const node of expressions) {
      const list = listOf(node, query.dialect.foldCase);
      if (list !== null) yield* checkList(list, query.text);
    }
  },
};

interface ValueList {
  readonly values: readonly ExpressionNode[];
  readonly foldCase: boolean;
}

/** The alternatives that an expression lists, and whether their case counts. */
function listOf(node: ExpressionNode, foldsCase: boolean): ValueList | null {
  switch (node.kind) {
    case 'membership':
      return { values: node.values, foldCase: foldsCase || node.caseInsensitive };
    case 'pattern':
      return { values: node.patterns, foldCase: foldsCase || node.operator === ':' || node.operator === 'like~' };
    case 'call': {
      const signature = findFunction(node.name)?.signature;
      const first = signature?.parameters.findIndex((parameter) => parameter.repeated === true) ?? -1;
      if (first === -1 || signature?.returns !== 'boolean') return null;
      return { values: node.arguments.slice(first), foldCase: foldsCase || node.caseInsensitive };
    }
    default:
      return null;
  }
}

function* checkList({ values, foldCase }: ValueList, query: string): Iterable<Finding> {
  const seen = new Map<string, ExpressionNode>();
  let previous: ExpressionNode | undefined;
  for (const value of values) {
    // Lists have thousands of texts: they are not printed for nothing.
    const text = value.kind === 'string-literal' ? `"${value.value}` : printExpression(value);
    const key = foldCase ? text.toLowerCase() : text;
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, value);
    } else {
      const printed = printExpression(value);
      const shown = printExpression(first);
      yield {
        at: { query: value.span },
        message:
          shown === printed ? `${printed} is in this list twice` : `${printed} is in this list already, as ${shown}`,
        help: 'Remove one of the two.',
        fix: previous === undefined ? undefined : removeBehind(previous, value, query),
      };
    }
    previous = value;
  }
}
