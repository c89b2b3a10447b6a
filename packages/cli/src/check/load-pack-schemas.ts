import { realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { createDiagnostic, mergeSchemas, type Diagnostic, type Schema } from '@eqlkit/language';
import type { Pack } from '@eqlkit/rules';
import { applyLevels, checkLintSettings, locateSchema, readLintSettings, type DiagnosedFile } from '@eqlkit/rules/lint';
import type { LoadedPack } from '@eqlkit/rules/node';
import { loadSchema, type LoadedSchema } from '../query/load-schema.js';

/** The fields that packs declare, and what is wrong with the packs' own files. */
export interface PackSchemas {
  readonly schemas: ReadonlyMap<Pack, Schema>;
  readonly files: readonly DiagnosedFile[];
}

/** Reads the schema files that `[lint]` of packs names, each below its pack's folder. */
export async function loadPackSchemas(packs: readonly LoadedPack[]): Promise<PackSchemas> {
  const schemas = new Map<Pack, Schema>();
  const files: DiagnosedFile[] = [];
  for (const { pack, file, text, diagnostics } of packs) {
    const settings = readLintSettings(pack);
    const loaded: Schema[] = [];
    const unread: Diagnostic[] = [];
    for (const path of settings.schemas) {
      const { schema, problems } = await loadPackSchema(join(dirname(file), path), dirname(file));
      if (schema !== null) loaded.push(schema);
      for (const problem of problems) {
        const message = `A schema of the pack does not load: ${problem}.`;
        unread.push(createDiagnostic('EQL4001', message, locateSchema(pack, text, path)));
      }
    }
    const schema = mergeSchemas(loaded);
    if (schema !== null) schemas.set(pack, schema);
    const found = [...diagnostics, ...checkLintSettings(pack, text), ...unread];
    files.push({ file, text, diagnostics: applyLevels(found, settings) });
  }
  return { schemas, files };
}

/** Each by itself, so that its problems can be shown where the pack names it. */
async function loadPackSchema(path: string, folder: string): Promise<LoadedSchema> {
  const problems = await explainUnsafe(path, folder);
  if (problems.length > 0) return { schema: null, problems };
  return loadSchema({ mappings: [], schemas: [path], strict: false });
}

/** The largest schema that a pack may bring; learned ones have some 100 bytes for each field and value. */
const MAX_SCHEMA_BYTES = 64 * 1024 * 1024;

/**
 * Why a file that a pack names is not to be read: a link may lead outside the pack, and opening a named pipe waits for
 * ever. What is not there is left to reading.
 */
async function explainUnsafe(path: string, folder: string): Promise<readonly string[]> {
  try {
    const real = await realpath(path);
    const [first = ''] = relative(await realpath(folder), real).split(sep);
    if (first === '..') return [`${path} is a link to something outside the pack, which is not followed`];
    const stats = await stat(real);
    if (!stats.isFile()) return [`${path} is not a regular file`];
    if (stats.size > MAX_SCHEMA_BYTES)
      return [`${path} has ${stats.size} bytes; the limit is ${MAX_SCHEMA_BYTES} (64 MiB)`];
    return [];
  } catch {
    return [];
  }
}
