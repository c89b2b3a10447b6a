import { printExpression, type ExpressionNode, type FieldDefinition } from '@eqlkit/language';
import type { CompileContext } from '../compile/compile-context.js';
import { compileValue } from '../compile/compile-value.js';
import { LeafScope } from '../compile/leaf-scope.js';
import { resolveField } from '../compile/resolve-field.js';
import type { EventView } from '../event/event-view.js';
import { isMultiValue, type FieldValue } from '../event/field-value.js';
import { foldCase } from '../text/case-folding.js';
import { compareCodePoints } from '../text/compare-code-points.js';
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
  /** Place in the field table, for a field of the event itself. */
  readonly place: number | null;
  /** Whether a missing value is a key, and equal to other missing ones. */
  readonly nullable: boolean;
  /** Whether the values are dates in canonical form. */
  readonly date: boolean;
  readonly read: (view: EventView) => FieldValue;
  /** What values must have in common to join, where that is less than being the same; null if it is not. */
  readonly identify: ((value: Scalar) => Scalar) | null;
  /** Counts an event that has more keys than it may. */
  readonly countDropped: () => void;
}

/** Most key combinations of one event; arrays in several key fields multiply. */
export const MAX_KEYS_PER_EVENT = 1_000;

/** Compiles the keys of a stage: those of the whole query, then its own. */
export function compileKeys(keys: readonly ExpressionNode[], context: CompileContext): readonly KeyComponent[] {
  const countDropped = (): void => {
    context.countProblem('too-many-join-keys');
  };
  return keys.map((key) => {
    if (key.kind !== 'field') {
      const scope = new LeafScope(context);
      const value = compileValue(key, scope);
      const read = (view: EventView): FieldValue => {
        scope.loadSingles(view);
        return value(view);
      };
      const nullable = context.dialect.nullKeysJoin;
      return { name: printExpression(key), place: null, nullable, date: false, read, identify: null, countDropped };
    }
    const source = resolveField(key, context);
    return {
      name: source.name,
      place: source.place,
      nullable: key.optional || context.dialect.nullKeysJoin,
      date: source.definition?.kind === 'date',
      read: source.read,
      identify: identityOf(source.definition, context),
      countDropped,
    };
  });
}

/** Python EQL joins without case; elsewhere a number in a field without a type joins the text that spells it. */
function identityOf(
  definition: FieldDefinition | null,
  { dialect }: CompileContext,
): ((value: Scalar) => Scalar) | null {
  if (dialect.foldCase) return foldText;
  return dialect.numbersEqualText && definition === null ? spellNumber : null;
}

function foldText(value: Scalar): Scalar {
  return typeof value === 'string' ? foldCase(value, 'unicode') : value;
}

function spellNumber(value: Scalar): Scalar {
  return typeof value === 'boolean' ? value : String(value);
}

/** The keys of an event, and whether these are all that it has. */
export interface EventKeys {
  readonly keys: readonly JoinKey[];
  readonly complete: boolean;
}

const NO_KEYS: EventKeys = { keys: [], complete: true };
const EMPTY_KEY: EventKeys = { keys: [{ id: '', values: [] }], complete: true };

/**
 * The keys of an event for a stage: none if a value is missing where the key needs one, several if a field has
 * several values. Keys come in ascending order, {@link MAX_KEYS_PER_EVENT} at most.
 */
export function keysOfEvent(components: readonly KeyComponent[], view: EventView): EventKeys {
  if (components.length === 0) return EMPTY_KEY;
  const values: FieldValue[] = [];
  let several = false;
  for (const component of components) {
    const value = component.read(view);
    if (value === null && !component.nullable) return NO_KEYS;
    if (isMultiValue(value)) several = true;
    values.push(value);
  }
  if (!several) return { keys: [createKey(values as readonly Value[], components)], complete: true };
  const keys = new Map<string, JoinKey>();
  const { combinations, complete } = combine(values);
  for (const combination of combinations) {
    const key = createKey(combination, components);
    if (!keys.has(key.id)) keys.set(key.id, key);
  }
  return { keys: [...keys.values()], complete };
}

/** The combinations of one value of each field, in ascending order, as many as an event may have. */
function combine(values: readonly FieldValue[]): { combinations: readonly (readonly Value[])[]; complete: boolean } {
  let combinations: readonly (readonly Value[])[] = [[]];
  let complete = true;
  for (const value of values) {
    const choices = isMultiValue(value) ? distinct(value) : [value];
    const longer: (readonly Value[])[] = [];
    // Hostile arrays must not multiply without end, not even for a moment.
    complete &&= combinations.length * choices.length <= MAX_KEYS_PER_EVENT;
    for (const combination of combinations) {
      for (const choice of choices.slice(0, MAX_KEYS_PER_EVENT - longer.length)) longer.push([...combination, choice]);
    }
    combinations = longer;
  }
  return { combinations, complete };
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

/** Begins what is no text in the id of a key. */
const MARK = '\0';

/** Makes a key of its values. */
function createKey(values: readonly Value[], components: readonly KeyComponent[]): JoinKey {
  const [first] = values;
  if (values.length === 1 && first !== undefined) return { id: encodeValue(first, components[0]), values };
  let id = '';
  values.forEach((value, position) => {
    const text = encodeValue(value, components[position]);
    id += `${text.length}:${text}`;
  });
  return { id, values };
}

function encodeValue(value: Value, component: KeyComponent | undefined): string {
  const identity = value === null || component?.identify == null ? value : component.identify(value);
  switch (typeof identity) {
    case 'string':
      // Nearly always the text itself, which need not be copied then.
      return identity.startsWith(MARK) ? `${MARK}s${identity}` : identity;
    case 'number':
    case 'bigint':
      return `${MARK}n${identity}`;
    case 'boolean':
      return identity ? `${MARK}t` : `${MARK}f`;
    default:
      return MARK;
  }
}
