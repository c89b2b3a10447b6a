import { didYouMean, suggestName, quoteString } from '@eqlkit/language';
import type { QueryLint } from '../lint.js';
import { fieldComparisonsIn } from './field-comparisons.js';

/** A value that ECS does not have among those of the field. */
export const fieldValue: QueryLint = {
  scope: 'query',
  code: 'EQL5104',
  *check({ expressions, fields }) {
    for (const { name, operator, texts } of fieldComparisonsIn(expressions)) {
      const known = fields.find(name);
      if (known === undefined || known.values.length === 0 || operator === 'regex' || operator === 'regex~') continue;
      const lowered = known.values.map((value) => value.toLowerCase());
      for (const text of texts) {
        if (/[*?]/u.test(text.value) || lowered.includes(text.value.toLowerCase())) continue;
        const near = suggestName(text.value, known.values);
        yield {
          at: { query: text.span },
          message: `${quoteString(text.value)} is none of the values that ECS has for ${name}`,
          help: didYouMean(text.value, known.values) ?? `They are: ${known.values.join(', ')}.`,
          fix: near === undefined ? undefined : { title: `Use ${quoteString(near)}`, replacement: quoteString(near) },
        };
      }
    }
  },
};
