import type { Rule } from '../../model/rule.js';
import type { TomlPath } from '../../toml/toml-positions.js';

/** A field that a key of a rule names. */
export interface FieldKey {
  readonly name: string;
  readonly path: TomlPath;
}

/** Every field of events that keys of a rule name, outside its query, filters and exceptions. */
export function fieldKeysOf(rule: Rule): readonly FieldKey[] {
  const { alertSuppression, investigation } = rule;
  return [
    ...named(['rule', 'timestamp_override'], rule.timestampOverride),
    ...named(['rule', 'timestamp_field'], rule.timestampField),
    ...named(['rule', 'tiebreaker_field'], rule.tiebreakerField),
    ...named(['rule', 'event_category_override'], rule.eventCategoryOverride),
    ...(alertSuppression?.groupBy ?? []).map((name, index) => ({
      name,
      path: ['rule', 'alert_suppression', 'group_by', index],
    })),
    ...investigation.fields.map((name, index) => ({
      name,
      path: ['rule', 'investigation_fields', 'field_names', index],
    })),
  ].filter(({ name }) => name.trim() !== '');
}

function named(path: TomlPath, name: string | null): readonly FieldKey[] {
  return name === null ? [] : [{ name, path }];
}
