import { didYouMean, suggestName } from '@eqlkit/language';
import type { QueryLint } from '../lint.js';

/** An event category that neither ECS nor Elastic Defend nor the user's schema has. */
export const unknownCategory: QueryLint = {
  scope: 'query',
  code: 'EQL5001',
  *check({ eventQueries, rule, fields }) {
    if (rule.eventCategoryOverride !== null && rule.eventCategoryOverride !== 'event.category') return;
    const known = fields.categories();
    for (const { category, categorySpan } of eventQueries) {
      if (category === null || known.includes(category)) continue;
      const near = suggestName(category, known);
      yield {
        at: { query: categorySpan },
        message: `No events have the category ${JSON.stringify(category)}`,
        help:
          didYouMean(category, known) ?? `The categories are: ${[...known].sort().join(', ')}; "any" is all of them.`,
        fix: near === undefined ? undefined : { title: `Use ${near}`, replacement: near },
      };
    }
  },
};
