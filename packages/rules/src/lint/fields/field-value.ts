import { didYouMean, suggestName, quoteString } from '@eqlkit/language';
import type { QueryLint } from '../lint.js';
import type { FieldKnowledge } from './field-knowledge.js';

/** A value that ECS does not have among those of the field. */
export const fieldValue: QueryLint = {
  scope: 'query',
  code: 'EQL5104',
  *check({ comparisons, fields }) {
    for (const { name, operator, texts } of comparisons) {
      const values = valuesOf(name, fields);
      if (values.length === 0 || operator === 'regex' || operator === 'regex~') continue;
      const lowered = new Set(values.map((value) => value.toLowerCase()));
      const isKnown = (text: string): boolean => lowered.has(text.toLowerCase());
      const besideKnown = texts.some(({ value }) => isKnown(value));
      for (const text of texts) {
        if (/[*?]/u.test(text.value) || isKnown(text.value)) continue;
        const near = suggestName(text.value, values);
        // What stands beside right values and resembles none of them is there for sources that depart from ECS.
        if (besideKnown && near === undefined) continue;
        yield {
          at: { query: text.span },
          message: `${quoteString(text.value)} is none of the values that ECS has for ${name}`,
          help: didYouMean(text.value, values) ?? `They are: ${values.join(', ')}.`,
          fix: near === undefined ? undefined : { title: `Use ${quoteString(near)}`, replacement: quoteString(near) },
        };
      }
    }
  },
};

/** The values that ECS names; for categories also those of Elastic Defend and of the user's events. */
function valuesOf(name: string, fields: FieldKnowledge): readonly string[] {
  return name === 'event.category' ? fields.categories() : (fields.find(name)?.values ?? []);
}
