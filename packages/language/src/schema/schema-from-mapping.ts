import { isRecord, isScalar } from './json-shape.js';
import type { FieldDefinition, FieldKind, Schema } from './schema.js';

const KINDS: Readonly<Record<string, FieldKind>> = {
  keyword: 'keyword',
  constant_keyword: 'keyword',
  wildcard: 'wildcard',
  text: 'text',
  match_only_text: 'text',
  semantic_text: 'text',
  long: 'long',
  integer: 'long',
  short: 'long',
  byte: 'long',
  unsigned_long: 'unsigned_long',
  double: 'double',
  float: 'double',
  half_float: 'double',
  scaled_float: 'double',
  boolean: 'boolean',
  date: 'date',
  date_nanos: 'date',
  ip: 'ip',
  version: 'version',
  object: 'object',
  nested: 'nested',
};

/** What kind of values a field of a mapping type holds. */
export function kindOfMappingType(type: string): FieldKind {
  return Object.hasOwn(KINDS, type) ? (KINDS[type] ?? 'unsupported') : 'unsupported';
}

/** Deeper mappings are cut off; Elasticsearch itself allows 20 levels. */
const MAX_DEPTH = 100;

/**
 * Reads the fields of Elasticsearch mappings: the body of a mapping (`{"properties": …}`), one under `mappings`, or
 * the answer of the get-mapping API, which holds one under each index. Several mappings are merged as an index pattern
 * would be: the first type of a field wins unless the later one is an object, and date formats add up.
 *
 * @throws nothing; what is no mapping has no fields.
 */
export function schemaFromMapping(mappings: readonly unknown[], options: { readonly strict: boolean }): Schema {
  const fields = new Map<string, FieldDefinition>();
  const aliases = new Map<string, string>();
  for (const mapping of mappings) {
    for (const body of mappingBodies(mapping))
      collectProperties(body, { prefix: '', nested: false, depth: 0 }, fields, aliases);
  }
  for (const [alias, path] of aliases) {
    const target = fields.get(path);
    if (target !== undefined) fields.set(alias, target);
  }
  return { fields, strict: options.strict };
}

function mappingBodies(value: unknown): readonly Record<string, unknown>[] {
  if (!isRecord(value)) return [];
  if (isRecord(value['properties'])) return [value];
  if (isRecord(value['mappings'])) return mappingBodies(value['mappings']);
  return Object.values(value).flatMap((index) =>
    isRecord(index) && isRecord(index['mappings']) ? mappingBodies(index['mappings']) : [],
  );
}

/** Where in a mapping properties stand. */
interface Place {
  readonly prefix: string;
  /** Within an object of type `nested`, whose fields no query of EQL can reach. */
  readonly nested: boolean;
  readonly depth: number;
}

function collectProperties(
  body: Record<string, unknown>,
  { prefix, nested, depth }: Place,
  fields: Map<string, FieldDefinition>,
  aliases: Map<string, string>,
): void {
  const properties = body['properties'];
  if (!isRecord(properties) || depth > MAX_DEPTH) return;
  for (const [name, property] of Object.entries(properties)) {
    if (!isRecord(property)) continue;
    const path = prefix + name;
    const type = typeof property['type'] === 'string' ? property['type'] : 'object';
    if (type === 'alias') {
      if (typeof property['path'] === 'string') aliases.set(path, property['path']);
      continue;
    }
    const definition = defineField(path, type, property);
    addField(fields, nested ? { ...definition, kind: 'nested' } : definition);
    const within = nested || (type === 'nested' && !isCopiedOut(property));
    collectProperties(property, { prefix: `${path}.`, nested: within, depth: depth + 1 }, fields, aliases);
    if (!nested) collectSubfields(property['fields'], path, fields);
  }
}

/** Whether nested objects are also indexed as plain ones, so that their fields can be searched. */
function isCopiedOut(property: Record<string, unknown>): boolean {
  return property['include_in_parent'] === true || property['include_in_root'] === true;
}

/** `fields` of a property: other types of the same value, such as `message.keyword`. */
function collectSubfields(subfields: unknown, path: string, fields: Map<string, FieldDefinition>): void {
  if (!isRecord(subfields)) return;
  const parent = fields.get(path);
  for (const [name, subfield] of Object.entries(subfields)) {
    if (!isRecord(subfield) || typeof subfield['type'] !== 'string') continue;
    const definition = { ...defineField(`${path}.${name}`, subfield['type'], subfield), path };
    fields.set(`${path}.${name}`, definition);
    // A text field with a keyword beside it is searched through that.
    if (parent?.kind === 'text' && definition.kind === 'keyword') fields.set(path, { ...definition, path });
  }
}

function defineField(path: string, type: string, property: Record<string, unknown>): FieldDefinition {
  const nullValue = property['null_value'];
  const format = property['format'];
  return {
    path,
    kind: kindOfMappingType(type),
    mappingType: type,
    ...(isScalar(nullValue) ? { nullValue } : {}),
    ...(typeof format === 'string' ? { dateFormats: format.split('||').map((part) => part.trim()) } : {}),
  };
}

function addField(fields: Map<string, FieldDefinition>, definition: FieldDefinition): void {
  const known = fields.get(definition.path);
  if (known === undefined || (known.kind === 'object' && definition.kind !== 'object')) {
    fields.set(definition.path, definition);
    return;
  }
  if (known.kind !== 'date' || definition.kind !== 'date' || definition.dateFormats === undefined) return;
  const formats = new Set([...(known.dateFormats ?? []), ...definition.dateFormats]);
  fields.set(definition.path, { ...known, dateFormats: [...formats] });
}
