import { didYouMean } from '@eqlkit/language';
import { tacticSlug } from '../../model/tactics.js';
import { FILE_KEYS, METADATA_KEYS, RULE_KEYS } from '../../toml/known-keys.js';
import { quoteText } from '../../toml/quote-text.js';
import type { PackLint, RuleFile, RuleLint } from '../lint.js';

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

/** A file that is not named after a tactic of its rule. */
export const fileName: RuleLint = {
  scope: 'rule',
  code: 'EQL5209',
  *check({ rule, file }) {
    const slugs = rule.threat.flatMap(({ tactic }) => (tactic?.name == null ? [] : [tacticSlug(tactic.name)]));
    if (rule.format === 'minimal' || slugs.length === 0) return;
    const name = file.slice(file.lastIndexOf('/') + 1);
    const begins = slugs.some((slug) => name.startsWith(`${slug}_`));
    if (begins && /^[a-z0-9_.()]+\.toml$/u.test(name)) return;
    yield {
      at: { path: ['rule', 'name'] },
      message: begins
        ? `The file name ${quoteText(name)} has other characters than a to z, digits and _`
        : `The file name ${quoteText(name)} begins with no tactic of the rule`,
      help: `Name it ${slugs[0] ?? ''}_${tacticSlug(rule.name)}.toml or the like: <tactic>_<slug>.toml`,
    };
  },
};

/** A rule with the name of an earlier one. */
export const repeatedName: PackLint = {
  scope: 'pack',
  code: 'EQL5210',
  *check(files) {
    const firstWithName = new Map<string, RuleFile>();
    for (const file of files) {
      // The same name for different systems is a custom of behaviour rules.
      const key = `${[...file.rule.osList].sort().join(' ')} ${file.rule.name.toLowerCase()}`;
      const first = firstWithName.get(key);
      if (first === undefined) {
        firstWithName.set(key, file);
        continue;
      }
      const message = `${first.file} has a rule of the same name: ${quoteText(file.rule.name)}`;
      const help = 'Give each rule a name that tells it from the others.';
      yield { file, finding: { at: { path: ['rule', 'name'] }, message, help } };
    }
  },
};

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
