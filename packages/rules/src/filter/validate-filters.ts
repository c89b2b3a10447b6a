import { compileQuery, type JsonObject } from '@eqlkit/engine';
import { DIALECTS, type CheckedQuery, type ExpressionNode } from '@eqlkit/language';
import { FilterScope, type FilterProblem } from './filter-scope.js';
import { translateFilters } from './kibana-filters.js';
import { narrowQuery } from './narrow-query.js';

/** What keeps Kibana filters from being applied, at paths that begin with the filter's position. */
export function validateFilters(filters: readonly JsonObject[]): readonly FilterProblem[] {
  return filters.flatMap((filter, index) => {
    const scope = FilterScope.create();
    const condition = translateFilters([filter], scope);
    if (scope.problems.length > 0)
      return scope.problems.map(({ path, message }) => ({ path: [index, ...path.slice(1)], message }));
    return constantProblems(condition, scope.dateFields).map((message) => ({ path: [index], message }));
  });
}

/** What is wrong with regular expressions, dates and network blocks. */
function constantProblems(condition: ExpressionNode, dateFields: ReadonlySet<string>): readonly string[] {
  const span = { start: 0, end: 0 };
  const anything: CheckedQuery = {
    text: '',
    statement: {
      kind: 'statement',
      query: {
        kind: 'event-query',
        category: null,
        categorySpan: span,
        condition: { kind: 'boolean-literal', value: true, span },
        span,
      },
      pipes: [],
      span,
    },
    dialect: DIALECTS.elasticsearch,
    schema: null,
  };
  const { diagnostics } = compileQuery(narrowQuery(anything, condition, dateFields), { nowMs: 0 });
  return diagnostics.map(({ message }) => `${message}.`);
}
