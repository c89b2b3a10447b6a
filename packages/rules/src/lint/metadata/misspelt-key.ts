import { FILE_KEYS, METADATA_KEYS, RULE_KEYS } from '../../toml/known-keys.js';
import { EXCEPTION_ITEM } from '../../exception/exception-keys.js';
import { quoteText } from '../../toml/quote-text.js';
import { knownTable, misspeltKeysIn, type KnownTable, type MisspeltKey } from '../../toml/misspelt-keys.js';
import type { Finding, RuleLint } from '../lint.js';

const ENTRY = 'id name reference';
const THREAT = knownTable('framework', {
  tactic: knownTable(ENTRY),
  technique: knownTable(ENTRY, { subtechnique: knownTable(ENTRY) }),
});

const RULE_FILE: KnownTable = {
  keys: FILE_KEYS,
  tables: {
    metadata: { keys: METADATA_KEYS },
    rule: {
      keys: RULE_KEYS,
      tables: {
        threat: THREAT,
        alert_suppression: knownTable('group_by missing_fields_strategy', { duration: knownTable('unit value') }),
        exceptions_list: knownTable('id list_id namespace_type type', { items: EXCEPTION_ITEM }),
        filters: knownTable('query', {
          meta: knownTable(
            'negate disabled type key params value alias index field group relation controlledBy isMultiIndex',
          ),
        }),
        investigation_fields: knownTable('field_names'),
      },
    },
    threat: THREAT,
  },
};

/** A key that no rule has, and that is nearly the name of one that rules have. */
export const misspeltKey: RuleLint = {
  scope: 'rule',
  code: 'EQL5211',
  *check({ rule }) {
    for (const found of misspeltKeysIn(rule.raw, RULE_FILE)) yield describeMisspeltKey(found);
  },
};

/** What is to say about a misspelt key. */
export function describeMisspeltKey({ path, near, place, key }: MisspeltKey): Finding {
  return { at: { path, part: 'key' }, message: `${place} has no key ${quoteText(key)}`, help: near };
}
