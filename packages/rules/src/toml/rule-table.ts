import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '@eqlkit/engine';
import type { DiagnosticCode } from '@eqlkit/language';
import type { TomlPath } from './toml-positions.js';

/** Something wrong with the data of a rule file; its place is a path until a span is wanted. */
export interface RuleProblem {
  readonly code: Extract<DiagnosticCode, 'EQL4003' | 'EQL4004' | 'EQL4201'>;
  readonly path: TomlPath;
  /** Which part of what is at the path is wrong; default: its value. */
  readonly part?: 'key';
  /** The key that is missing, where the path is that of another which may be meant. */
  readonly missing?: TomlPath;
  readonly message: string;
  readonly help: string;
}

/** A table of a rule file, its path, and where to report what is wrong in it. */
export interface RuleTable {
  readonly values: JsonObject;
  readonly path: TomlPath;
  readonly problems: RuleProblem[];
}

/** A key's value; `undefined` if the table does not have it. Inherited names do not count. */
export function readValue(table: RuleTable, key: string): JsonValue | undefined {
  return Object.hasOwn(table.values, key) ? table.values[key] : undefined;
}

/** A string, or `null` if the key is absent or reported. */
export function readText(table: RuleTable, key: string): string | null {
  const value = readValue(table, key);
  if (typeof value === 'string') return value;
  if (value !== undefined) reportType(table, [key], value, 'a string', `Write ${key} = "…".`);
  return null;
}

/** A string or a whole number, as text. */
export function readTextOrInteger(table: RuleTable, key: string): string | null {
  const value = readValue(table, key);
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))) return String(value);
  if (value !== undefined) reportType(table, [key], value, 'a string or a whole number', `Write ${key} = "…".`);
  return null;
}

/** A finite number, or `null` if the key is absent or reported. */
export function readNumber(table: RuleTable, key: string): number | null {
  const value = readValue(table, key);
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (value !== undefined) reportType(table, [key], value, 'a number', `Write ${key} = 1, without quotes.`);
  return null;
}

/** `true` or `false`, or `null` if the key is absent or reported. */
export function readBoolean(table: RuleTable, key: string): boolean | null {
  const value = readValue(table, key);
  if (typeof value === 'boolean') return value;
  if (value !== undefined) reportType(table, [key], value, 'true or false', `Write ${key} = true, without quotes.`);
  return null;
}

/** A list of strings; empty if the key is absent or reported. */
export function readTexts(table: RuleTable, key: string): readonly string[] {
  const texts: string[] = [];
  const help = `Write ${key} = ["…", "…"].`;
  for (const [index, item] of readList(table, key, 'a list of strings', help).entries()) {
    if (typeof item === 'string') texts.push(item);
    else reportType(table, [key, index], item, 'a string', help);
  }
  return texts;
}

/** A list of strings that may be written as one string. */
export function readTextOrTexts(table: RuleTable, key: string): readonly string[] {
  const value = readValue(table, key);
  return typeof value === 'string' ? [value] : readTexts(table, key);
}

/** A table, or `null` if the key is absent or reported. */
export function readTable(table: RuleTable, key: string): RuleTable | null {
  const value = readValue(table, key);
  if (value === undefined) return null;
  if (isJsonObject(value)) return { ...table, values: value, path: [...table.path, key] };
  reportType(table, [key], value, 'a table', `Write it as a table: [${headerName(table, key)}].`);
  return null;
}

/** A list of tables; empty if the key is absent or reported. */
export function readTables(table: RuleTable, key: string): readonly RuleTable[] {
  const tables: RuleTable[] = [];
  const help = `Write each one as a table of its own: [[${headerName(table, key)}]].`;
  for (const [index, item] of readList(table, key, 'a list of tables', help).entries()) {
    if (isJsonObject(item)) tables.push({ ...table, values: item, path: [...table.path, key, index] });
    else reportType(table, [key, index], item, 'a table', help);
  }
  return tables;
}

function readList(table: RuleTable, key: string, wanted: string, help: string): readonly JsonValue[] {
  const value = readValue(table, key);
  if (value === undefined) return [];
  if (isJsonList(value)) return value;
  reportType(table, [key], value, wanted, help);
  return [];
}

/** What the header of a table below another says: positions in lists do not show in it. */
function headerName(table: RuleTable, key: string): string {
  return [...table.path.filter((part) => typeof part === 'string'), key].join('.');
}

function reportType(table: RuleTable, at: TomlPath, value: JsonValue, wanted: string, help: string): void {
  const path = [...table.path, ...at];
  const message = `"${describePath(path)}" must be ${wanted}, not ${describeType(value)}.`;
  table.problems.push({ code: 'EQL4004', path, message, help });
}

/** `rule.threat[0].tactic`. */
export function describePath(path: TomlPath): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${String(part)}]`;
      const name = /^[A-Za-z0-9_-]+$/u.test(part) ? part : JSON.stringify(part);
      return index === 0 ? name : `.${name}`;
    })
    .join('');
}

function describeType(value: JsonValue): string {
  if (isJsonList(value)) return 'a list';
  if (isJsonObject(value)) return 'a table';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return 'a string';
  return typeof value === 'bigint' ? 'a number of that size' : `the number ${String(value)}`;
}
