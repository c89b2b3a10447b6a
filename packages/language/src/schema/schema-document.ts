import { isRecord, isScalar } from './json-shape.js';
import type { FieldDefinition, FieldKind, FieldSightings, Schema } from './schema.js';

/** What a schema file says about a field. */
export interface FieldDocument {
  /** A {@link FieldKind} that a file may declare, or `alias`. */
  readonly type: string;
  /** The field that this name stands for. */
  readonly alias_of?: string;
  readonly null_value?: string | number | boolean;
  /** Formats of a date, in Elasticsearch's notation. */
  readonly formats?: readonly string[];
  /** What events showed of the field. Without it the type is declared, and holds as one of a mapping does. */
  readonly seen?: {
    readonly events: number;
    readonly several: number;
    readonly types: Readonly<Record<string, number>>;
    readonly categories: Readonly<Record<string, number>>;
    readonly examples: readonly { readonly value: string | number | boolean; readonly count: number }[];
    readonly complete: boolean;
  };
}

/** A schema file: JSON of this shape, described in docs/schema.md. */
export interface SchemaDocument {
  readonly format: typeof SCHEMA_FORMAT;
  readonly version: typeof SCHEMA_VERSION;
  /** How many events the schema was learned from, and how many of them each category has. */
  readonly learned?: { readonly events: number; readonly categories: Readonly<Record<string, number>> };
  readonly fields: Readonly<Record<string, FieldDocument>>;
}

/** What marks a schema file. */
export const SCHEMA_FORMAT = 'eqlkit-schema';
/** The version of the form that is read and written; files of another one are refused. */
export const SCHEMA_VERSION = 1;

/** A schema that was read, or what is wrong with the file. */
export interface ReadSchema {
  readonly schema: Schema | null;
  /** One line for people each, naming the place in the file. */
  readonly problems: readonly string[];
}

const KINDS: readonly FieldKind[] = [
  'keyword',
  'wildcard',
  'text',
  'long',
  'unsigned_long',
  'double',
  'boolean',
  'date',
  'ip',
  'version',
  'object',
  'nested',
  'mixed',
];

/** Whether a decoded JSON value is meant as a schema file. */
export function isSchemaDocument(value: unknown): boolean {
  return isRecord(value) && value['format'] === SCHEMA_FORMAT;
}

/** Reads a decoded schema file. Never throws; what it does not know is ignored. */
export function schemaFromDocument(value: unknown, options: { readonly strict: boolean }): ReadSchema {
  if (!isRecord(value) || value['format'] !== SCHEMA_FORMAT) {
    return { schema: null, problems: [`it is no schema file: "format" is not "${SCHEMA_FORMAT}"`] };
  }
  if (value['version'] !== SCHEMA_VERSION) {
    return { schema: null, problems: [`its version is not ${SCHEMA_VERSION}: it was written by another eqlkit`] };
  }
  if (!isRecord(value['fields'])) return { schema: null, problems: ['"fields" is not an object'] };
  const problems: string[] = [];
  const fields = new Map<string, FieldDefinition>();
  const aliases = new Map<string, string>();
  for (const [name, field] of Object.entries(value['fields'])) {
    const definition = readField(name, field, problems);
    if (definition === null) continue;
    fields.set(name, definition);
    if (isRecord(field) && typeof field['alias_of'] === 'string') aliases.set(name, field['alias_of']);
  }
  for (const [alias, path] of aliases) {
    const target = fields.get(path);
    if (target !== undefined) fields.set(alias, target);
    else problems.push(`fields.${alias}: alias_of names the field ${path}, which is not there`);
  }
  const { learned } = value;
  const sightings = isRecord(learned)
    ? { learned: { events: readCount(learned['events']), categories: readCounts(learned['categories']) } }
    : {};
  return {
    schema: problems.length > 0 ? null : { fields, strict: options.strict, ...sightings },
    problems,
  };
}

function readField(name: string, field: unknown, problems: string[]): FieldDefinition | null {
  if (!isRecord(field)) {
    problems.push(`fields.${name}: it is not an object`);
    return null;
  }
  const { type, null_value: nullValue, formats, seen, alias_of: aliasOf } = field;
  const kind = aliasOf === undefined ? KINDS.find((known) => known === type) : 'object';
  if (kind === undefined) {
    problems.push(`fields.${name}: the type ${JSON.stringify(type ?? null)} is none of ${KINDS.join(', ')}`);
    return null;
  }
  return {
    path: name,
    kind,
    mappingType: kind,
    ...(isScalar(nullValue) ? { nullValue } : {}),
    ...(Array.isArray(formats) ? { dateFormats: formats.filter((one) => typeof one === 'string') } : {}),
    ...(isRecord(seen) ? { seen: readSightings(seen) } : {}),
  };
}

function readSightings(seen: Record<string, unknown>): FieldSightings {
  const examples = Array.isArray(seen['examples']) ? (seen['examples'] as readonly unknown[]) : [];
  return {
    events: readCount(seen['events']),
    several: readCount(seen['several']),
    kinds: readCounts(seen['types']),
    categories: readCounts(seen['categories']),
    examples: examples.flatMap((example) => {
      if (!isRecord(example)) return [];
      const { value, count } = example;
      return isScalar(value) ? [{ value, count: readCount(count) }] : [];
    }),
    complete: seen['complete'] === true,
  };
}

function readCount(value: unknown): number {
  return typeof value === 'number' && value >= 0 ? value : 0;
}

function readCounts(value: unknown): ReadonlyMap<string, number> {
  return new Map(isRecord(value) ? Object.entries(value).map(([name, count]) => [name, readCount(count)]) : []);
}
