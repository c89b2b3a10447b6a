import type { ExpressionNode } from '@eqlkit/language';
import { printExpression } from '@eqlkit/language';
import { compareCodePoints } from '../compile/compare-scalars.js';
import type { CompileContext } from '../compile/compile-context.js';
import { compileValue } from '../compile/compile-value.js';
import { LeafScope } from '../compile/leaf-scope.js';
import { resolveField } from '../compile/resolve-field.js';
import type { EventView } from '../event/event-view.js';
import { isMultiValue, type FieldValue } from '../event/field-value.js';
import type { Scalar, Value } from '../values/value.js';

/** One combination of join key values. */
export interface JoinKey {
  /** Equal for equal keys only. */
  readonly id: string;
  readonly values: readonly Value[];
}

/** One position of a join key, as one stage reads it. */
export interface KeyComponent {
  /** The field as the query writes it. */
  readonly name: string;
  /** Whether a missing value is a key, and equal to other missing ones. */
  readonly nullable: boolean;
  /** Whether the values are dates in canonical form. */
  readonly date: boolean;
  readonly read: (view: EventView) => FieldValue;
}

/** Most key combinations of one event; arrays in several key fields multiply. */
const MAX_KEYS_PER_EVENT = 1_000;

const NO_KEYS: readonly JoinKey[] = [];
const EMPTY_KEY: readonly JoinKey[] = [{ id: '', values: [] }];

/** Compiles the keys of a stage: those of the whole query, then its own. */
export function compileKeys(keys: readonly ExpressionNode[], context: CompileContext): readonly KeyComponent[] {
  return keys.map((key) => {
    if (key.kind !== 'field') {
      const scope = new LeafScope(context);
      const value = compileValue(key, scope);
      const read = (view: EventView): FieldValue => {
        scope.sources.forEach((source, place) => {
          const found = source.read(view);
          scope.frame[place] = isMultiValue(found) ? null : found;
        });
        return value(view);
      };
      return { name: printExpression(key), nullable: context.dialect.nullKeysJoin, date: false, read };
    }
    const source = resolveField(key, context);
    return {
      name: source.name,
      nullable: key.optional || context.dialect.nullKeysJoin,
      date: source.definition?.kind === 'date',
      read: foldKey(source.read, context),
    };
  });
}

/** Python EQL joins without case; Elastic Defend joins numbers with the text that spells them. */
function foldKey(read: (view: EventView) => FieldValue, context: CompileContext): (view: EventView) => FieldValue {
  const { foldCase, numbersEqualText } = context.dialect;
  if (!foldCase && !numbersEqualText) return read;
  const fold = (value: Scalar): Scalar => {
    if (foldCase && typeof value === 'string') return value.toLowerCase();
    return numbersEqualText && typeof value !== 'boolean' ? String(value) : value;
  };
  return (view) => {
    const value = read(view);
    if (value === null) return null;
    return isMultiValue(value) ? value.map(fold) : fold(value);
  };
}

/**
 * The keys of an event for a stage: none if a value is missing where the key needs one, several if a field has
 * several values. Keys come in ascending order.
 */
export function keysOfEvent(components: readonly KeyComponent[], view: EventView): readonly JoinKey[] {
  const [only] = components;
  if (only === undefined) return EMPTY_KEY;
  const values: FieldValue[] = [];
  let several = false;
  for (const component of components) {
    const value = component.read(view);
    if (value === null && !component.nullable) return NO_KEYS;
    if (isMultiValue(value)) several = true;
    values.push(value);
  }
  if (!several) return [createKey(values as readonly Value[])];
  return combine(values).map(createKey);
}

function combine(values: readonly FieldValue[]): readonly (readonly Value[])[] {
  // Both factors are bounded, so that hostile arrays cannot multiply without end.
  let combinations: readonly (readonly Value[])[] = [[]];
  for (const value of values) {
    const choices: readonly Value[] = isMultiValue(value) ? distinct(value).slice(0, MAX_KEYS_PER_EVENT) : [value];
    combinations = combinations
      .flatMap((combination) => choices.map((choice) => [...combination, choice]))
      .slice(0, MAX_KEYS_PER_EVENT);
  }
  return combinations;
}

function distinct(values: readonly Scalar[]): readonly Scalar[] {
  return [...new Set(values)].sort(compareKeyValues);
}

/** Ascending order of key values: null, then numbers, texts and truth values, each among themselves. */
export function compareKeyValues(a: Value, b: Value): number {
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  if (typeof a === 'string' && typeof b === 'string') return compareCodePoints(a, b);
  if (a === null || b === null || a === b) return 0;
  return a < b ? -1 : 1;
}

function rankOf(value: Value): number {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return 1;
    case 'string':
      return 2;
    case 'boolean':
      return 3;
    default:
      return 0;
  }
}

/** Makes a key of its values. */
function createKey(values: readonly Value[]): JoinKey {
  const [first] = values;
  if (values.length === 1 && first !== undefined) return { id: encodeValue(first), values };
  let id = '';
  for (const value of values) {
    const text = encodeValue(value);
    id += `${text.length}:${text}`;
  }
  return { id, values };
}

function encodeValue(value: Value): string {
  switch (typeof value) {
    case 'string':
      return `s${value}`;
    case 'number':
    case 'bigint':
      return `n${value}`;
    case 'boolean':
      return value ? 't' : 'f';
    default:
      return '0';
  }
}
