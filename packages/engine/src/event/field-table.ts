import type { FieldDefinition } from '@eqlkit/language';
import { converterFor, type ValueConverter } from './convert-value.js';
import { compileFieldReader, type FieldReader } from './field-reader.js';
import { isMultiValue, toFieldValue, type FieldValue } from './field-value.js';
import type { JsonObject, Scalar } from '../values/value.js';

/** A field that queries read: how to find it in an event and what its values become. */
export interface FieldColumn {
  /** The name as queries write it. */
  readonly name: string;
  readonly read: FieldReader;
  readonly convert: ValueConverter | null;
  readonly nullValue: Scalar | undefined;
}

/** The fields that a set of queries reads, each at one place, so that an event's field is looked up once. */
export class FieldTable {
  readonly columns: FieldColumn[] = [];
  private readonly places = new Map<string, number>();

  /** The place of a field, which is added if it is new. A definition gives its values a type. */
  place(name: string, path: readonly string[], definition: FieldDefinition | null): number {
    // One field may be read with a type by one query and without by another.
    const key = `${definition === null ? '' : `${definition.kind} ${definition.path} ${definition.dateFormats?.join('||') ?? ''}`}\n${path.join('\n')}`;
    const known = this.places.get(key);
    if (known !== undefined) return known;
    const place = this.columns.length;
    this.columns.push(createColumn(name, path, definition));
    this.places.set(key, place);
    return place;
  }
}

/** A column on its own, for fields that are not read from the current event. */
export function createColumn(name: string, path: readonly string[], definition: FieldDefinition | null): FieldColumn {
  return {
    name,
    read: compileFieldReader(definition === null ? path : definition.path.split('.')),
    convert: definition === null ? null : converterFor(definition),
    nullValue: definition?.nullValue,
  };
}

/** Reads a column's values from an event. */
export function readColumn(column: FieldColumn, event: JsonObject): FieldValue {
  const raw = column.read(event);
  const value = raw === null && column.nullValue !== undefined ? column.nullValue : toFieldValue(raw);
  if (column.convert === null || value === null) return value;
  return convertValues(value, column.convert);
}

function convertValues(value: Scalar | readonly Scalar[], convert: ValueConverter): FieldValue {
  if (!isMultiValue(value)) return convert(value);
  const converted: Scalar[] = [];
  for (const one of value) {
    const scalar = convert(one);
    if (scalar !== null) converted.push(scalar);
  }
  const [first] = converted;
  if (first === undefined) return null;
  return converted.length === 1 ? first : converted;
}
