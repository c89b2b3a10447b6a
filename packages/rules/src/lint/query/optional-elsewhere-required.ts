import { printFieldPath, type FieldNode } from '@eqlkit/language';
import type { QueryLint } from '../lint.js';

/** `?field` beside a plain `field`: where no mapping has the field, the plain one refuses the whole query anyway. */
export const optionalElsewhereRequired: QueryLint = {
  scope: 'query',
  code: 'EQL5011',
  *check({ expressions }) {
    const required = new Set<string>();
    const optional = new Map<string, FieldNode>();
    for (const node of expressions) {
      if (node.kind !== 'field') continue;
      const name = printFieldPath(node.path);
      if (!node.optional) required.add(name);
      else if (!optional.has(name)) optional.set(name, node);
    }
    for (const [name, node] of optional) {
      if (!required.has(name)) continue;
      yield {
        at: { query: node.span },
        message: `${name} is optional here and required elsewhere in this query`,
        help: `Where no event has the field, Elasticsearch refuses the query because of the other place: write ?${name} there too, or ${name} here.`,
      };
    }
  },
};
