import type { JsonObject, JsonValue } from '@eqlkit/engine';
import { didYouMean } from '@eqlkit/language';
import { FILE_KEYS, METADATA_KEYS, RULE_KEYS } from '../../toml/known-keys.js';
import { quoteText } from '../../toml/quote-text.js';
import type { TomlPath } from '../../toml/toml-positions.js';
import type { RuleLint } from '../lint.js';

/** The keys of a table, and the tables in it, single or in lists. */
interface KnownTable {
  readonly keys: ReadonlySet<string>;
  readonly tables?: Readonly<Record<string, KnownTable>>;
}

const known = (keys: string, tables: Readonly<Record<string, KnownTable>> = {}): KnownTable => ({
  keys: new Set([...keys.split(' '), ...Object.keys(tables)]),
  tables,
});

const ENTRY = 'id name reference';
const THREAT = known('framework', {
  tactic: known(ENTRY),
  technique: known(ENTRY, { subtechnique: known(ENTRY) }),
});

const RULE_FILE: KnownTable = {
  keys: FILE_KEYS,
  tables: {
    metadata: { keys: METADATA_KEYS },
    rule: {
      keys: RULE_KEYS,
      tables: {
        threat: THREAT,
        alert_suppression: known('group_by missing_fields_strategy', { duration: known('unit value') }),
        exceptions_list: known('id list_id namespace_type type items'),
        investigation_fields: known('field_names'),
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
    for (const { path, near, place, key } of misspeltIn(rule.raw, RULE_FILE, [])) {
      yield { at: { path, part: 'key' }, message: `${place} has no key ${quoteText(key)}`, help: near };
    }
  },
};

interface MisspeltKey {
  readonly path: TomlPath;
  readonly key: string;
  /** The table that has it, as files name it. */
  readonly place: string;
  readonly near: string;
}

function* misspeltIn(table: JsonObject, { keys, tables = {} }: KnownTable, path: TomlPath): Iterable<MisspeltKey> {
  const place = path.length === 0 ? 'A rule file' : `[${path.filter((part) => typeof part === 'string').join('.')}]`;
  for (const [key, value] of Object.entries(table)) {
    const inner = Object.hasOwn(tables, key) ? tables[key] : undefined;
    if (inner !== undefined) {
      for (const [found, at] of tablesOf(value, [...path, key])) yield* misspeltIn(found, inner, at);
    }
    const near = keys.has(key) ? undefined : didYouMean(key, keys);
    if (near !== undefined) yield { path: [...path, key], key, place, near };
  }
}

/** A table, or the tables of a list, with their places. */
function tablesOf(value: JsonValue, path: TomlPath): readonly (readonly [JsonObject, TomlPath])[] {
  if (isTable(value)) return [[value, path]];
  const items: readonly JsonValue[] = Array.isArray(value) ? (value as readonly JsonValue[]) : [];
  return items.flatMap((item, index) => (isTable(item) ? [[item, [...path, index]] as const] : []));
}

function isTable(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
