import { didYouMean } from '@eqlkit/language';
import { FILE_KEYS, METADATA_KEYS, RULE_KEYS } from '../../toml/known-keys.js';
import { quoteText } from '../../toml/quote-text.js';
import type { RuleFile, RuleLint } from '../lint.js';

/** A key that no rule has, and that is nearly the name of one that rules have. */
export const misspeltKey: RuleLint = {
  scope: 'rule',
  code: 'EQL5211',
  *check({ rule }) {
    for (const [path, known] of [
      [[], FILE_KEYS],
      [['metadata'], METADATA_KEYS],
      [['rule'], RULE_KEYS],
    ] as const) {
      for (const key of keysAt(rule.raw, path)) {
        if (known.has(key)) continue;
        const help = didYouMean(key, known);
        if (help === undefined) continue;
        const place = path.length === 0 ? 'A rule file' : `[${path.join('.')}]`;
        yield { at: { path: [...path, key], part: 'key' }, message: `${place} has no key ${quoteText(key)}`, help };
      }
    }
  },
};

function keysAt(raw: RuleFile['rule']['raw'], path: readonly string[]): readonly string[] {
  const [first] = path;
  const table = first === undefined ? raw : raw[first];
  return typeof table === 'object' && table !== null && !Array.isArray(table) ? Object.keys(table) : [];
}
