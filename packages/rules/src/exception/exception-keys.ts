import { knownTable, type KnownTable } from '../toml/misspelt-keys.js';

const ENTRY_KEYS = 'field type operator value list';

/** The keys of an item of an exception list; Kibana's export has more than are read. */
export const EXCEPTION_ITEM: KnownTable = knownTable(
  `name description item_id list_id namespace_type type tags os_types expire_time comments meta id _version
  created_at created_by updated_at updated_by tie_breaker_id`.replace(/\s+/gu, ' '),
  { entries: knownTable(ENTRY_KEYS, { entries: knownTable(ENTRY_KEYS) }) },
);

/** The keys of a file with exception lists. */
export const EXCEPTION_FILE: KnownTable = knownTable('', {
  metadata: knownTable('creation_date list_name rule_ids rule_names updated_date deprecation_date comments maturity'),
  exceptions: knownTable('', {
    container: knownTable(
      `name description list_id namespace_type type tags meta id os_types immutable version _version created_at created_by
      updated_at updated_by tie_breaker_id`.replace(/\s+/gu, ' '),
    ),
    items: EXCEPTION_ITEM,
  }),
});
