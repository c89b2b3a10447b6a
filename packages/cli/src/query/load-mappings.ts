import { readFile } from 'node:fs/promises';
import { schemaFromMapping, type Schema } from '@eqlkit/language';

/** A schema, or why there is none. */
export interface LoadedSchema {
  readonly schema: Schema | null;
  readonly problems: readonly string[];
}

/** Reads Elasticsearch mappings from JSON files and joins them into one schema; no files give no schema. */
export async function loadMappings(files: readonly string[], strict: boolean): Promise<LoadedSchema> {
  const mappings: unknown[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      const mapping: unknown = JSON.parse(await readFile(file, 'utf8'));
      if (schemaFromMapping([mapping], { strict }).fields.size === 0) {
        problems.push(`${file} holds no mapping; one is {"properties": {"event.category": {"type": "keyword"}}}`);
      }
      mappings.push(mapping);
    } catch (error) {
      problems.push(`cannot read the mapping ${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { schema: mappings.length === 0 ? null : schemaFromMapping(mappings, { strict }), problems };
}
