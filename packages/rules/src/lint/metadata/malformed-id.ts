import { quoteText } from '../../toml/quote-text.js';
import type { RuleLint } from '../lint.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

/** A rule of Elastic's formats whose id is no UUID. */
export const malformedId: RuleLint = {
  scope: 'rule',
  code: 'EQL5201',
  *check({ rule }) {
    if (rule.format === 'minimal' || UUID.test(rule.id)) return;
    const isUpperCase = UUID.test(rule.id.toLowerCase());
    yield {
      at: { path: ['rule', rule.format === 'detection-rules' ? 'rule_id' : 'id'] },
      message: `The id ${quoteText(rule.id)} is no UUID`,
      help: isUpperCase
        ? 'A UUID is written in lower case.'
        : 'An id is a UUID in lower case, such as dd52d45a-4602-4195-9018-ebe0f219c273; uuidgen makes one.',
    };
  },
};
