import { readFileSync } from 'node:fs';
import { parseToml } from '@eqlkit/rules';
import { renderDiagnostic } from '@eqlkit/language';
import type { JsonObject } from '@eqlkit/engine';

/** A configuration file's tables, or why they cannot be read. */
export type ConfigFile =
  { readonly table: JsonObject; readonly problem: null } | { readonly table: null; readonly problem: string };

/** Longest configuration file in bytes. */
const MAX_BYTES = 1024 * 1024;

/** Reads a configuration file. */
export function readConfigFile(path: string): ConfigFile {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return refuse(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (bytes.length > MAX_BYTES) return refuse(`${path} is longer than ${MAX_BYTES} bytes`);
  const text = bytes.toString('utf8');
  const { table, diagnostic } = parseToml(text);
  if (table !== null) return { table, problem: null };
  return refuse(renderDiagnostic(diagnostic, { name: path, text }));
}

function refuse(problem: string): ConfigFile {
  return { table: null, problem };
}
