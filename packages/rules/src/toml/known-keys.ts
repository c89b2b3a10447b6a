import type { JsonObject } from '@eqlkit/engine';
import { describePath } from './rule-table.js';

/** The tables that a rule file has in some format. */
export const FILE_KEYS: ReadonlySet<string> = new Set(
  'metadata rule transform threat actions optional_actions internal'.split(' '),
);

/** The keys that `[metadata]` has. */
export const METADATA_KEYS: ReadonlySet<string> = new Set(
  `creation_date updated_date deprecation_date deprecated_reason maturity integration min_stack_version
  min_stack_comments os_type_list bypass_bbr_timing query_schema_validation promotion related_endpoint_rules comments
  extended`.split(/\s+/u),
);

/** The keys that `[rule]` has in some rule format. */
export const RULE_KEYS: ReadonlySet<string> = new Set(
  `name author description risk_score severity rule_id type language query from to interval license note setup throttle
  rule_name_override timestamp_override timestamp_override_fallback_disabled data_view_id timeline_id timeline_title
  building_block_type tags references false_positives index enabled max_signals meta version revision actions
  response_actions exceptions_list filters risk_score_mapping severity_mapping required_fields related_integrations
  investigation_fields threat threat_mappings timestamp_field tiebreaker_field event_category_override
  alert_suppression anomaly_threshold machine_learning_job_id threshold new_terms threat_index threat_mapping
  threat_query threat_language threat_filters threat_indicator_path concurrent_searches items_per_search
  id os_list min_endpoint_version max_endpoint_version reference reputation optional_actions`.split(/\s+/u),
);

/** Dotted paths of the keys of a file, its `[metadata]` and its `[rule]` that none of the rule formats has. */
export function findUnknownKeys(file: JsonObject): readonly string[] {
  return [
    ...unknownIn(file, FILE_KEYS, []),
    ...unknownIn(file['metadata'], METADATA_KEYS, ['metadata']),
    ...unknownIn(file['rule'], RULE_KEYS, ['rule']),
  ];
}

/** Whether a key of `[rule]` is one that some rule format has. */
export function isKnownRuleKey(key: string): boolean {
  return RULE_KEYS.has(key);
}

function unknownIn(table: unknown, known: ReadonlySet<string>, path: readonly string[]): string[] {
  if (typeof table !== 'object' || table === null || Array.isArray(table)) return [];
  return Object.keys(table)
    .filter((key) => !known.has(key))
    .map((key) => describePath([...path, key]));
}
