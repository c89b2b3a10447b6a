import type { JsonObject } from '@eqlkit/engine';
import { createDiagnostic, type Diagnostic, type Span } from '@eqlkit/language';
import { parse, TomlError, type TomlTable } from 'smol-toml';
import { MAX_TOML_DEPTH, toPlainTable } from './plain-table.js';

/** What {@link parseToml} makes of a text: its data, or what is wrong with it. */
export type ParsedToml =
  { readonly table: JsonObject; readonly diagnostic: null } | { readonly table: null; readonly diagnostic: Diagnostic };

/** Reads TOML 1.1 as plain data. Never throws; integers that a double cannot hold are bigint. */
export function parseToml(text: string): ParsedToml {
  let parsed: TomlTable;
  try {
    parsed = parse(text, { integersAsBigInt: 'asNeeded', maxDepth: MAX_TOML_DEPTH });
  } catch (error) {
    return { table: null, diagnostic: invalidToml(describeError(error), errorSpan(text, error)) };
  }
  const table = toPlainTable(parsed);
  if (table !== null) return { table, diagnostic: null };
  const message = `tables and lists nest deeper than ${String(MAX_TOML_DEPTH)} levels`;
  return { table: null, diagnostic: invalidToml(message, { start: 0, end: 0 }) };
}

function invalidToml(reason: string, span: Span): Diagnostic {
  return createDiagnostic('EQL4002', `The file is not valid TOML: ${reason}.`, span, {
    help: "Rule files are TOML (https://toml.io). Put a query between ''' and ''', where nothing needs escaping.",
  });
}

/** smol-toml's message is a title, the reason, and a picture of the source, which the renderer draws better. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return 'it cannot be read';
  const [firstLine = ''] = error.message.split('\n', 1);
  return firstLine.replace(/^Invalid TOML document: |\.+$/gu, '');
}

function errorSpan(text: string, error: unknown): Span {
  if (!(error instanceof TomlError)) return { start: 0, end: 0 };
  let lineStart = 0;
  for (let line = 1; line < error.line; line += 1) lineStart = text.indexOf('\n', lineStart) + 1;
  const start = Math.min(text.length, lineStart + error.column - 1);
  return { start, end: Math.min(text.length, start + 1) };
}
