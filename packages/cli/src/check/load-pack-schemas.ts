import { realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { createDiagnostic, type Diagnostic, type Schema } from '@eqlkit/language';
import type { Pack } from '@eqlkit/rules';
import { checkLintSettings, readLintSettings, type DiagnosedFile } from '@eqlkit/rules/lint';
import type { LoadedPack } from '@eqlkit/rules/node';
import { loadSchema } from '../query/load-schema.js';

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
    const paths = readLintSettings(pack).schemas.map((path) => join(dirname(file), path));
    const unsafe = (await Promise.all(paths.map((path) => explainUnsafe(path, dirname(file))))).flat();
    const { schema, problems } =
      unsafe.length > 0
        ? { schema: null, problems: unsafe }
        : await loadSchema({ mappings: [], schemas: paths, strict: false });
    if (schema !== null) schemas.set(pack, schema);
    const place = Math.max(0, text.indexOf('[lint'));
    const unread = problems.map((problem): Diagnostic =>
      createDiagnostic('EQL4001', `A schema of the pack does not load: ${problem}.`, { start: place, end: place + 1 }),
    );
    files.push({ file, text, diagnostics: [...diagnostics, ...checkLintSettings(pack, text), ...unread] });
  }
  return { schemas, files };
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
