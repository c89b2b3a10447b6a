import type { ExceptionEntry, ExceptionItem } from '../../exception/exception-list.js';
import type { Rule } from '../../model/rule.js';
import type { FieldKey } from './field-key.js';
import { fieldsOfFilters } from './filter-fields.js';
import type { TomlPath } from '../../toml/toml-positions.js';

/** Every field of events that keys of a rule name, outside its query. */
export function fieldKeysOf(rule: Rule): readonly FieldKey[] {
  const { alertSuppression, investigation, exceptions, filters } = rule;
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
    ...fieldsOfFilters(filters, ['rule', 'filters']),
    ...exceptions.flatMap(({ items }, index) => fieldsOfItems(items, ['rule', 'exceptions_list', index, 'items'])),
  ].filter(({ name }) => name.trim() !== '');
}

/** Every field that items of an exception list name. */
export function fieldsOfItems(items: readonly ExceptionItem[], path: TomlPath): readonly FieldKey[] {
  return items.flatMap(({ entries }, index) => fieldsOfEntries(entries, [...path, index, 'entries'], ''));
}

/** @param outer - What the names of nested entries go on from: `dll.`. */
function fieldsOfEntries(entries: readonly ExceptionEntry[], path: TomlPath, outer: string): readonly FieldKey[] {
  return entries.flatMap((entry, index) => {
    const name = outer + entry.field;
    const place = [...path, index];
    const inner = entry.type === 'nested' ? fieldsOfEntries(entry.entries, [...place, 'entries'], `${name}.`) : [];
    return [{ name, path: [...place, 'field'] }, ...inner];
  });
}

function named(path: TomlPath, name: string | null): readonly FieldKey[] {
  return name === null ? [] : [{ name, path }];
}
