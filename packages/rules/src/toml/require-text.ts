import { suggestName } from '@eqlkit/language';
import { isKnownRuleKey } from './known-keys.js';
import { describePath, readText, readValue, type RuleTable } from './rule-table.js';

/**
 * A string that a rule cannot do without. Reports an absent or blank one, and returns the empty string for it.
 *
 * @param wanted - What to write, for the help of the diagnostic.
 */
export function requireText(table: RuleTable, key: string, wanted: string): string {
  if (readValue(table, key) === undefined) {
    reportMissing(table, key, 'is missing', wanted);
    return '';
  }
  const text = readText(table, key);
  if (text?.trim() === '') reportMissing(table, key, 'is empty', wanted);
  return text ?? '';
}

function reportMissing(table: RuleTable, key: string, lack: string, wanted: string): void {
  const unknown = Object.keys(table.values).filter((name) => !isKnownRuleKey(name));
  const near = suggestName(key, unknown);
  table.problems.push({
    code: 'EQL4003',
    ...(lack === 'is empty' || near === undefined
      ? { path: [...table.path, key] }
      : { path: [...table.path, near], part: 'key', missing: [...table.path, key] }),
    message: `The required key "${key}" ${lack} in [${describePath(table.path)}].`,
    help: near === undefined ? `Add ${wanted}.` : `Is "${near}" meant to be "${key}"? If not, add ${wanted}.`,
  });
}
