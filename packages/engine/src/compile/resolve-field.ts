import {
  dottedName,
  printFieldPath,
  type FieldDefinition,
  type FieldNode,
  type PathPart,
  type VariableNode,
} from '@eqlkit/language';
import type { EventView } from '../event/event-view.js';
import { compileFieldReader } from '../event/field-reader.js';
import { toFieldValue } from '../event/field-value.js';
import type { FieldSource } from '../predicate/field-source.js';
import { isJsonList, isJsonObject } from '../values/json-shape.js';
import type { JsonValue } from '../values/value.js';
import type { CompileContext } from './compile-context.js';

/** Finds out what a field of a query means: an event's field, an aliased event's, or one of an array's element. */
export function resolveField(node: FieldNode | VariableNode, context: CompileContext): FieldSource {
  if (node.kind === 'variable') return elementSource(node.name, node.path, `$${node.name}`);
  const [first, ...rest] = node.path;
  if (typeof first === 'string' && context.variables.has(first)) return elementSource(first, rest, first);
  if (typeof first === 'string' && rest.length > 0 && context.aliases.has(first))
    return aliasSource(first, rest, context);
  return eventSource(node.path, context);
}

/**
 * The type that the schema gives to a field; the timestamp is a date in any case. What was merely learned from events
 * decides nothing: values then bring their own types.
 */
export function definitionOfField(path: readonly PathPart[], context: CompileContext): FieldDefinition | null {
  const name = dottedName(path);
  const definition = context.schema?.fields.get(name);
  if (definition !== undefined && definition.seen === undefined) return definition;
  return name === context.timestampField ? { path: name, kind: 'date', mappingType: 'date' } : null;
}

function eventSource(path: readonly PathPart[], context: CompileContext): FieldSource {
  const name = printFieldPath(path);
  const names = namesOf(path);
  if (names === null) {
    const readPath = compilePath(path);
    const readRaw = (view: EventView): JsonValue | undefined => readPath(view.event);
    return { name, definition: null, readRaw, read: (view) => toFieldValue(readRaw(view)), place: null };
  }
  const definition = definitionOfField(path, context);
  const place = context.fields.place(name, names, definition);
  return {
    name,
    definition,
    place,
    read: (view) => view.get(place),
    readRaw: (view) => view.getRaw(place),
  };
}

function aliasSource(alias: string, path: readonly PathPart[], context: CompileContext): FieldSource {
  const name = `${alias}.${printFieldPath(path)}`;
  const definition = definitionOfField(path, context);
  const { fields } = context;
  const column = fields.place(name, namesOf(path) ?? [], definition);
  fields.markStructured(column);
  return {
    name,
    definition,
    place: null,
    read: (view) => {
      const bound = view.binding(alias);
      return bound === undefined ? null : fields.readValue(column, bound.content);
    },
    readRaw: (view) => {
      const bound = view.binding(alias);
      return bound === undefined ? undefined : fields.readRaw(column, bound.content);
    },
  };
}

function elementSource(variable: string, path: readonly PathPart[], shown: string): FieldSource {
  const rest = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
  const readPath = compilePath(path);
  const readRaw = (view: EventView): JsonValue | undefined => readPath(view.element(variable));
  return {
    name: `${shown}${rest}`,
    definition: null,
    place: null,
    readRaw,
    read: (view) => toFieldValue(readRaw(view)),
  };
}

/**
 * The names of a path without array positions; null if it has some. A backquoted part may hold dots, which lead into
 * objects like any other: `` `a.b/c` `` finds `{"a":{"b/c":…}}` as well as `{"a.b/c":…}`.
 */
function namesOf(path: readonly PathPart[]): readonly string[] | null {
  const names: string[] = [];
  for (const part of path) {
    if (typeof part !== 'string') return null;
    for (const name of part.split('.')) names.push(name);
  }
  return names;
}

type Step = (at: JsonValue | undefined) => JsonValue | undefined;

/** Compiles a path, which may have array positions, to a reader that follows it from a value. */
function compilePath(path: readonly PathPart[]): Step {
  const steps: Step[] = [];
  let names: string[] = [];
  const addNames = (): void => {
    if (names.length === 0) return;
    const read = compileFieldReader(names);
    steps.push((at) => (isJsonObject(at) ? read(at) : undefined));
    names = [];
  };
  for (const part of path) {
    if (typeof part === 'string') {
      names.push(...part.split('.'));
      continue;
    }
    addNames();
    steps.push((at) => (isJsonList(at) ? at[part] : undefined));
  }
  addNames();
  return (start) => steps.reduce((at, step) => step(at), start);
}
