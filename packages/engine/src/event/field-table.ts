import type { FieldDefinition } from '@eqlkit/language';
import { converterFor, type ValueConverter } from './convert-value.js';
import { compileFieldReader, type FieldReader } from './field-reader.js';
import { isMultiValue, toFieldValue, type FieldValue } from './field-value.js';
import { LazyEvent } from './lazy-event.js';
import type { JsonObject, JsonValue, Scalar } from '../values/value.js';

/** A path at which events are read. */
export interface FieldPath {
  /** The parts of the path; a document may hold them nested, dotted or mixed. */
  readonly parts: readonly string[];
  /** Whether objects found there count, as they do for functions that look into arrays; otherwise only scalars do. */
  readonly structured: boolean;
}

/** A field that queries read: where it stands and what its values become. */
export interface FieldColumn {
  /** The name as queries write it. */
  readonly name: string;
  /** Place of its path among the paths of the table. */
  readonly path: number;
  readonly convert: ValueConverter | null;
  readonly nullValue: Scalar | undefined;
}

/** The fields that a set of queries reads, each at one place, so that an event's field is looked up once. */
export class FieldTable {
  readonly columns: FieldColumn[] = [];
  private readonly places = new Map<string, number>();
  private readonly knownPaths: { readonly parts: readonly string[]; structured: boolean }[] = [];
  private readonly readers: FieldReader[] = [];
  private readonly pathPlaces = new Map<string, number>();

  /** The distinct paths of all columns. */
  get paths(): readonly FieldPath[] {
    return this.knownPaths;
  }

  /** The place of a field, which is added if it is new. A definition gives its values a type. */
  place(name: string, path: readonly string[], definition: FieldDefinition | null): number {
    // One field may be read with a type by one query and without by another.
    const key = `${definition === null ? '' : JSON.stringify(definition)}\n${path.join('\n')}`;
    const known = this.places.get(key);
    if (known !== undefined) return known;
    const place = this.columns.length;
    this.columns.push({
      name,
      path: this.pathPlace(definition === null ? path : definition.path.split('.')),
      convert: definition === null ? null : converterFor(definition),
      nullValue: definition?.nullValue,
    });
    this.places.set(key, place);
    return place;
  }

  private pathPlace(parts: readonly string[]): number {
    const key = parts.join('\n');
    const known = this.pathPlaces.get(key);
    if (known !== undefined) return known;
    const place = this.knownPaths.length;
    this.knownPaths.push({ parts, structured: false });
    this.readers.push(compileFieldReader(parts));
    this.pathPlaces.set(key, place);
    return place;
  }

  /** Says that objects in a field count. */
  markStructured(place: number): void {
    const path = this.knownPaths[this.column(place).path];
    if (path !== undefined) path.structured = true;
  }

  /** The place of a field's path among the paths. */
  pathOf(place: number): number {
    return this.column(place).path;
  }

  /** Whether the values at the place of a field are what an event holds there, not made of it. */
  isPlain(place: number): boolean {
    const { convert, nullValue } = this.column(place);
    return convert === null && nullValue === undefined;
  }

  /** What an event holds at the place of a field. */
  readRaw(place: number, event: JsonObject | LazyEvent): JsonValue | undefined {
    return this.readPath(this.column(place).path, event);
  }

  /** Whether an event holds anything at all at the place of a field, be it null. */
  has(place: number, event: JsonObject | LazyEvent): boolean {
    const { path } = this.column(place);
    return event instanceof LazyEvent ? event.hasField(path) : this.readers[path]?.(event) !== undefined;
  }

  private readPath(path: number, event: JsonObject | LazyEvent): JsonValue | undefined {
    return event instanceof LazyEvent ? event.readField(path) : this.readers[path]?.(event);
  }

  /** The values of the field at a place. */
  readValue(place: number, event: JsonObject | LazyEvent): FieldValue {
    const { path, convert, nullValue } = this.column(place);
    const raw = this.readPath(path, event);
    const value = toFieldValue(nullValue === undefined ? raw : replaceNulls(raw, nullValue));
    if (convert === null || value === null) return value;
    return convertValues(value, convert);
  }

  private column(place: number): FieldColumn {
    const column = this.columns[place];
    if (column === undefined) throw new Error(`the field table has no place ${place}`);
    return column;
  }
}

/** What stands for an explicit null stands for each of them in an array; an empty array holds none. */
function replaceNulls(raw: JsonValue | undefined, nullValue: Scalar): JsonValue | undefined {
  if (raw === null) return nullValue;
  if (!Array.isArray(raw)) return raw;
  const values = raw as readonly JsonValue[];
  return values.includes(null) ? values.map((value) => value ?? nullValue) : values;
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
