import { readFile } from 'node:fs/promises';
import {
  isSchemaDocument,
  mergeSchemas,
  schemaFromDocument,
  schemaFromMapping,
  type ReadSchema,
  type Schema,
} from '@eqlkit/language';
import { describeReadFailure, printableText } from '@eqlkit/stream';
import { adviseOfPath } from '../similar-path.js';

/** Where the types of fields come from. */
export interface SchemaFiles {
  /** Elasticsearch mappings. */
  readonly mappings: readonly string[];
  /** Schema files, as `eql schema learn` writes them. */
  readonly schemas: readonly string[];
  /** Refuse fields that none of them has. */
  readonly strict: boolean;
}

/** A schema, or why there is none. */
export interface LoadedSchema {
  readonly schema: Schema | null;
  readonly problems: readonly string[];
}

/** Reads mappings and schema files and joins them into one schema; no files give no schema. */
export async function loadSchema({ mappings, schemas, strict }: SchemaFiles): Promise<LoadedSchema> {
  const problems: string[] = [];
  const read = async (files: readonly string[], kind: string): Promise<unknown[]> => {
    const documents: unknown[] = [];
    for (const file of files) {
      try {
        documents.push(JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/u, '')));
      } catch (error) {
        const advice = await adviseOfPath(file, process.cwd());
        problems.push(
          `cannot read the ${kind} ${printableText(file)}: ${describeReadFailure(error)}${advice && `.${advice}`}`,
        );
      }
    }
    return documents;
  };
  const mappingDocuments = await read(mappings, 'mapping');
  const schemaDocuments = await read(schemas, 'schema');
  if (problems.length > 0) return { schema: null, problems };

  mappingDocuments.forEach((document, index) => {
    const explanation = explainMapping(document);
    if (explanation !== null) problems.push(`${mappings[index] ?? ''}: ${explanation}`);
  });
  const learned = schemaDocuments.flatMap((document, index) => {
    const { schema, problems: found } = readSchema(document, strict);
    for (const problem of found) problems.push(`${schemas[index] ?? ''}: ${problem}`);
    return schema === null ? [] : [schema];
  });
  if (problems.length > 0) return { schema: null, problems };
  const mapped = mappingDocuments.length === 0 ? [] : [schemaFromMapping(mappingDocuments, { strict })];
  return { schema: mergeSchemas([...mapped, ...learned]), problems };
}

function explainMapping(document: unknown): string | null {
  if (isSchemaDocument(document)) return 'it is a schema file and no mapping; give it as --schema';
  if (schemaFromMapping([document], { strict: false }).fields.size > 0) return null;
  return 'it holds no mapping; one is {"properties": {"process.name": {"type": "keyword"}}}';
}

function readSchema(document: unknown, strict: boolean): ReadSchema {
  const isMapping = !isSchemaDocument(document) && explainMapping(document) === null;
  if (isMapping) return { schema: null, problems: ['it is a mapping and no schema file; give it as --mapping'] };
  return schemaFromDocument(document, { strict });
}
