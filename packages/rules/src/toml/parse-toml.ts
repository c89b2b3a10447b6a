import type { JsonObject } from '@eqlkit/engine';
import { createDiagnostic, type Diagnostic } from '@eqlkit/language';
import { parse, TomlError, type TomlTable } from 'smol-toml';
import { explainTomlError, type TomlExplanation } from './explain-toml-error.js';
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
    return {
      table: null,
      diagnostic: invalidToml(explainTomlError(text, describeError(error), errorOffset(text, error))),
    };
  }
  const table = toPlainTable(parsed);
  if (table !== null) return { table, diagnostic: null };
  const reason = `tables and lists nest deeper than ${String(MAX_TOML_DEPTH)} levels`;
  return { table: null, diagnostic: invalidToml({ reason, span: { start: 0, end: 0 }, help: 'Make it flatter.' }) };
}

function invalidToml({ reason, span, help }: TomlExplanation): Diagnostic {
  return createDiagnostic('EQL4002', `The file is not valid TOML: ${reason}.`, span, { help });
}

/** smol-toml's message is a title, the reason, and a picture of the source, which the renderer draws better. */
function describeError(error: unknown): string {
  if (!(error instanceof Error)) return 'it cannot be read';
  const [firstLine = ''] = error.message.split('\n', 1);
  return firstLine.replace(/^Invalid TOML document: |\.+$/gu, '');
}

function errorOffset(text: string, error: unknown): number {
  if (!(error instanceof TomlError)) return 0;
  let lineStart = 0;
  for (let line = 1; line < error.line; line += 1) lineStart = text.indexOf('\n', lineStart) + 1;
  return Math.min(text.length, lineStart + error.column - 1);
}
