import { quoteString } from '@eqlkit/language';
import type { QueryLint } from '../lint.js';
import type { FieldComparison } from './field-comparisons.js';

/** How to compare so that case does not count. */
const WITHOUT_CASE: Readonly<Record<FieldComparison['operator'], string>> = {
  '==': ':',
  '!=': 'not … : …',
  in: 'in~',
  'in~': 'in~',
  ':': ':',
  like: 'like~',
  'like~': 'like~',
  regex: 'regex~',
  'regex~': 'regex~',
};

/** Capitals in a comparison that respects case, with a field that is written in lower case. */
export const unmatchableCase: QueryLint = {
  scope: 'query',
  code: 'EQL5003',
  *check({ query, comparisons, fields }) {
    if (query.dialect.foldCase) return;
    for (const { name, operator, caseSensitive, texts } of comparisons) {
      if (!caseSensitive || operator === 'regex' || fields.find(name)?.lowerCase !== true) continue;
      for (const text of texts) {
        const lower = text.value.toLowerCase();
        if (text.value === lower) continue;
        yield {
          at: { query: text.span },
          message: `${name} is written in lower case, so ${quoteString(text.value)} ${operator === '!=' ? 'always differs' : 'never matches'}`,
          help: `Write ${quoteString(lower)}, or compare without case: ${WITHOUT_CASE[operator]}`,
          fix: { title: `Use ${quoteString(lower)}`, replacement: quoteString(lower) },
        };
      }
    }
  },
};
