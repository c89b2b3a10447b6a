import type { EventQueryNode } from '@eqlkit/language';
import { compileCondition } from '../compile/compile-condition.js';
import type { CompileContext } from '../compile/compile-context.js';
import { resolveField } from '../compile/resolve-field.js';
import { isMultiValue } from '../event/field-value.js';
import { logicalPredicate, type LeafPredicate, type Predicate } from '../predicate/predicate.js';

/** Compiles `category where condition`: the category, if it is not `any`, and the condition. */
export function compileEventQuery(node: EventQueryNode, context: CompileContext): Predicate {
  const condition = compileCondition(node.condition, context);
  const category = categoryCondition(node, context);
  return category === null ? condition : logicalPredicate('and', [category, condition]);
}

/** The event's category, or one of its categories, is exactly the one before `where`; null for `any`. */
export function categoryCondition(node: EventQueryNode, context: CompileContext): LeafPredicate | null {
  const { category } = node;
  if (category === null) return null;
  const path = context.categoryField.split('.');
  const field = { kind: 'field', optional: false, path, span: node.categorySpan } as const;
  const source = resolveField(field, context);
  const { read } = source;
  return {
    kind: 'leaf',
    node: {
      kind: 'comparison',
      operator: '==',
      operatorSpan: node.categorySpan,
      left: field,
      right: { kind: 'string-literal', value: category, raw: false, span: node.categorySpan },
      span: node.categorySpan,
    },
    sources: [source],
    test: (view) => {
      const value = read(view);
      return isMultiValue(value) ? value.includes(category) : value === category;
    },
  };
}
