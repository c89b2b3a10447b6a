import { suggestName, quoteString } from '@eqlkit/language';
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
        const meant = near ?? sameBeginning(text.value, values);
        yield {
          at: { query: text.span },
          message: `${quoteString(text.value)} is none of the values that ECS has for ${name}`,
          help: meant === undefined ? `They are: ${values.join(', ')}.` : `Did you mean ${quoteString(meant)}?`,
          fix:
            meant === undefined ? undefined : { title: `Use ${quoteString(meant)}`, replacement: quoteString(meant) },
        };
      }
    }
  },
};

/** The values that ECS names; for categories also those of Elastic Defend and of the user's events. */
function valuesOf(name: string, fields: FieldKnowledge): readonly string[] {
  return name === 'event.category' ? fields.categories() : (fields.find(name)?.values ?? []);
}

/** Letters that a word and its other forms have in common at least, as "failed" and "failure" do. */
const STEM_LENGTH = 4;

function sameBeginning(text: string, values: readonly string[]): string | undefined {
  const stem = text.slice(0, STEM_LENGTH).toLowerCase();
  const found = stem.length < STEM_LENGTH ? [] : values.filter((value) => value.toLowerCase().startsWith(stem));
  return found.length === 1 ? found[0] : undefined;
}
