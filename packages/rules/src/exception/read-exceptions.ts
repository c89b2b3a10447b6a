import { parseTimestamp, type JsonObject } from '@eqlkit/engine';
import { didYouMean } from '@eqlkit/language';
import { quoteText } from '../toml/quote-text.js';
import { requireText } from '../toml/require-text.js';
import {
  describePath,
  readTable,
  readTables,
  readText,
  readTexts,
  readValue,
  type RuleProblem,
  type RuleTable,
} from '../toml/rule-table.js';
import type { EntryOperator, ExceptionEntry, ExceptionItem, ExceptionList } from './exception-list.js';

/** Exception lists of a file, and what is wrong with them. */
export interface ReadExceptions {
  readonly lists: readonly ExceptionList[];
  readonly problems: readonly RuleProblem[];
}

/** Whether a file holds exception lists, in the form that Elastic's detection rules keep them: `[[exceptions]]`. */
export function holdsExceptions(raw: JsonObject): boolean {
  return Object.hasOwn(raw, 'exceptions') && !Object.hasOwn(raw, 'rule');
}

/** Reads the `[[exceptions]]` of a file: each has a `container`, which names the list, and `items`. */
export function readExceptions(raw: JsonObject): ReadExceptions {
  const problems: RuleProblem[] = [];
  const root: RuleTable = { values: raw, path: [], problems };
  const lists = readTables(root, 'exceptions').map((table): ExceptionList => {
    const container = readTable(table, 'container') ?? { values: {}, path: [...table.path, 'container'], problems };
    return {
      listId: requireText(container, 'list_id', 'the id by which rules name the list'),
      name: readText(container, 'name') ?? '',
      type: readText(container, 'type') ?? 'detection',
      items: readExceptionItems(table, 'items'),
    };
  });
  return { lists, problems };
}

/** Reads the items of a list. */
export function readExceptionItems(table: RuleTable, key: string): readonly ExceptionItem[] {
  return readTables(table, key).map((item) => ({
    name: readText(item, 'name') ?? '',
    entries: readEntries(item),
    osTypes: readSystems(item),
    expireTime: readExpiry(item),
  }));
}

function readEntries(item: RuleTable): readonly ExceptionEntry[] {
  if (readValue(item, 'entries') === undefined) {
    item.problems.push({
      code: 'EQL4003',
      path: item.path,
      message: `The required key "entries" is missing in [${describePath(item.path)}].`,
      help: 'Add what such events have: entries = [{ field = "…", type = "match", operator = "included", value = "…" }].',
    });
  }
  return readTables(item, 'entries').flatMap(readEntry);
}

const SYSTEMS: readonly string[] = ['linux', 'macos', 'windows'];

function readSystems(item: RuleTable): readonly string[] {
  const systems = readTexts(item, 'os_types');
  for (const [index, system] of systems.entries()) {
    if (SYSTEMS.includes(system)) continue;
    const path = [...item.path, 'os_types', index];
    item.problems.push({
      code: 'EQL4004',
      path,
      message: `"${describePath(path)}" must be one of ${SYSTEMS.map(quoteText).join(', ')}, not ${quoteText(system)}.`,
      help: didYouMean(system, SYSTEMS) ?? 'An item without os_types holds for all systems.',
    });
  }
  return systems;
}

/** A time that is none would leave open whether the item still counts. */
function readExpiry(item: RuleTable): string | null {
  const text = readText(item, 'expire_time');
  if (text === null || parseTimestamp(text) !== null) return text;
  const path = [...item.path, 'expire_time'];
  item.problems.push({
    code: 'EQL4004',
    path,
    message: `"${describePath(path)}" must be a time, not ${quoteText(text)}.`,
    help: 'Write expire_time = "2026-01-31T00:00:00Z".',
  });
  return null;
}

function readEntry(table: RuleTable): readonly ExceptionEntry[] {
  const field = requireText(table, 'field', 'the name of a field');
  const type = requireText(table, 'type', 'type = "match", "match_any", "wildcard", "exists" or "nested"');
  const operator = readOperator(table);
  switch (type) {
    case 'match':
    case 'wildcard':
      return [{ type, field, operator, value: requireText(table, 'value', 'the value that events have there') }];
    case 'match_any':
      return [{ type, field, operator, value: readTexts(table, 'value') }];
    case 'exists':
      return [{ type, field, operator }];
    case 'nested':
      return [{ type, field, entries: readTables(table, 'entries').flatMap(readEntry) }];
    case '':
      return [];
    default:
      table.problems.push({
        code: 'EQL4201',
        path: [...table.path, 'type'],
        message: `Exceptions of the type "${type}" are not supported.`,
        help:
          type === 'list'
            ? 'Value lists are kept in Elasticsearch only. Write their values here: type = "match_any".'
            : 'The types are match, match_any, wildcard, exists and nested.',
      });
      return [];
  }
}

function readOperator(table: RuleTable): EntryOperator {
  const operator = readValue(table, 'operator') === undefined ? 'included' : readText(table, 'operator');
  if (operator === 'included' || operator === 'excluded' || operator === null) return operator ?? 'included';
  table.problems.push({
    code: 'EQL4004',
    path: [...table.path, 'operator'],
    message: `"${describePath([...table.path, 'operator'])}" must be "included" or "excluded".`,
    help: 'Write operator = "included", or leave it out.',
  });
  return 'included';
}
