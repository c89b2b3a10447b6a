import { dirname, join } from 'node:path';
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
    const { schema, problems } = await loadSchema({ mappings: [], schemas: paths, strict: false });
    if (schema !== null) schemas.set(pack, schema);
    const place = Math.max(0, text.indexOf('[lint'));
    const unread = problems.map((problem): Diagnostic =>
      createDiagnostic('EQL4001', `A schema of the pack does not load: ${problem}.`, { start: place, end: place + 1 }),
    );
    files.push({ file, text, diagnostics: [...diagnostics, ...checkLintSettings(pack, text), ...unread] });
  }
  return { schemas, files };
}
