import {
  SCHEMA_FORMAT,
  SCHEMA_VERSION,
  type FieldDocument,
  type FieldKind,
  type SchemaDocument,
} from '@eqlkit/language';
import { compileFieldReader, type FieldReader } from '../event/field-reader.js';
import { listValues, toFieldValue } from '../event/field-value.js';
import { parseAddress } from '../network/address.js';
import { parseTimestamp } from '../time/timestamp.js';
import { isJsonList } from '../values/json-shape.js';
import type { JsonObject, JsonValue, Scalar } from '../values/value.js';
import { FrequentValues, type CountedValue } from './frequent-values.js';

/** Bounds of what a learner holds in memory, whatever the events are. */
const MAX_FIELDS = 10_000;
const MAX_PATH_LENGTH = 512;
const MAX_CATEGORIES = 1_000;
/** Frequent values of a field that are followed, and those that are told. */
const FOLLOWED_VALUES = 40;
const EXAMPLES = 10;
const RARE_EXAMPLES = 3;
/** Longer texts are no examples. */
const MAX_EXAMPLE_LENGTH = 120;

const DATE_TEXT = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}|$)/u;
const MAX_LONG = 2n ** 63n - 1n;

interface Sightings {
  events: number;
  several: number;
  readonly kinds: Map<FieldKind, number>;
  readonly categories: Map<string, number>;
  readonly examples: FrequentValues<Scalar>;
}

/** Options of a {@link SchemaLearner}. */
export interface SchemaLearnerOptions {
  /** Default: `event.category`. */
  readonly categoryField?: string;
}

/**
 * Learns from events which fields they have: the kind of their values, the share of events and categories that have
 * them, and frequent values. Its memory is bounded: beyond 10,000 fields others are counted and left out.
 */
export class SchemaLearner {
  private readonly fields = new Map<string, Sightings>();
  private readonly categories = new Map<string, number>();
  private readonly leftOut = new Set<string>();
  private readonly readCategory: FieldReader;
  private events = 0;

  constructor({ categoryField = 'event.category' }: SchemaLearnerOptions = {}) {
    this.readCategory = compileFieldReader(categoryField.split('.'));
  }

  /** How many events were looked at. */
  get eventCount(): number {
    return this.events;
  }

  /** How many fields were found. */
  get fieldCount(): number {
    return this.fields.size;
  }

  /** Whether there were more fields than are held. */
  get hasLeftOutFields(): boolean {
    return this.leftOut.size > 0;
  }

  /** Looks at an event. Fields that begin with `_` at its top are labels and metadata, not part of it. */
  add(event: JsonObject): void {
    this.events += 1;
    const categories = this.categoriesOf(event);
    for (const category of categories) countUp(this.categories, category, MAX_CATEGORIES);
    const values = new Map<string, Scalar[]>();
    for (const [key, value] of Object.entries(event)) {
      if (!key.startsWith('_')) gatherValues(key, value, values);
    }
    for (const [path, found] of values) this.see(path, found, categories);
  }

  private categoriesOf(event: JsonObject): readonly string[] {
    const values = listValues(toFieldValue(this.readCategory(event)));
    return [...new Set(values.filter((value) => typeof value === 'string'))];
  }

  private see(path: string, values: readonly Scalar[], categories: readonly string[]): void {
    const sightings = this.sightingsOf(path);
    if (sightings === null) return;
    sightings.events += 1;
    if (values.length > 1) sightings.several += 1;
    for (const category of categories) countUp(sightings.categories, category, MAX_CATEGORIES);
    for (const value of values) {
      countUp(sightings.kinds, kindOfValue(value, path), Infinity);
      if (typeof value === 'string' && value.length > MAX_EXAMPLE_LENGTH) sightings.examples.leaveOut();
      else sightings.examples.add(value);
    }
  }

  private sightingsOf(path: string): Sightings | null {
    const known = this.fields.get(path);
    if (known !== undefined) return known;
    if (this.fields.size >= MAX_FIELDS || path.length > MAX_PATH_LENGTH) {
      if (this.leftOut.size < MAX_FIELDS) this.leftOut.add(path.slice(0, MAX_PATH_LENGTH));
      return null;
    }
    const sightings: Sightings = {
      events: 0,
      several: 0,
      kinds: new Map(),
      categories: new Map(),
      examples: new FrequentValues(FOLLOWED_VALUES),
    };
    this.fields.set(path, sightings);
    return sightings;
  }

  /** What was learned, as a schema file: fields in alphabetical order. */
  document(): SchemaDocument {
    const names = [...this.fields.keys()].sort();
    return {
      format: SCHEMA_FORMAT,
      version: SCHEMA_VERSION,
      learned: { events: this.events, categories: Object.fromEntries(this.categories) },
      fields: Object.fromEntries(
        names.flatMap((name) => {
          const sightings = this.fields.get(name);
          return sightings === undefined ? [] : [[name, describeField(sightings)]];
        }),
      ),
    };
  }
}

function describeField({ events, several, kinds, categories, examples }: Sightings): FieldDocument {
  return {
    type: joinKinds([...kinds.keys()]),
    seen: {
      events,
      several,
      types: Object.fromEntries(kinds),
      categories: Object.fromEntries(categories),
      examples: chooseExamples(examples).map(({ value, count }) => ({
        value: typeof value === 'bigint' ? String(value) : value,
        count,
      })),
      complete: examples.isExact && examples.size <= EXAMPLES,
    },
  };
}

/** The frequent values; of values that hardly ever occur twice, such as ids, a few that show their form. */
function chooseExamples(examples: FrequentValues<Scalar>): readonly CountedValue<Scalar>[] {
  const top = examples.top(EXAMPLES);
  if (examples.isExact) return top;
  return top.filter(({ count }, place) => count > 1 || place < RARE_EXAMPLES);
}

/** The one kind that values of these kinds have in common. */
function joinKinds(kinds: readonly FieldKind[]): FieldKind {
  const [first = 'mixed', ...others] = kinds;
  if (others.length === 0) return first;
  const all = new Set(kinds);
  const within = (...allowed: FieldKind[]): boolean => [...all].every((kind) => allowed.includes(kind));
  if (within('long', 'unsigned_long')) return 'unsigned_long';
  if (within('long', 'unsigned_long', 'double')) return 'double';
  return within('keyword', 'date', 'ip') ? 'keyword' : 'mixed';
}

/** Adds the values under a path, as a document without mapping would have them; objects in lists share their paths. */
function gatherValues(path: string, value: JsonValue, values: Map<string, Scalar[]>): void {
  if (value === null) return;
  if (typeof value !== 'object') {
    const known = values.get(path);
    if (known === undefined) values.set(path, [value]);
    else known.push(value);
  } else if (isJsonList(value)) {
    for (const element of value) gatherValues(path, element, values);
  } else {
    for (const [key, child] of Object.entries(value)) gatherValues(`${path}.${key}`, child, values);
  }
}

function kindOfValue(value: Scalar, path: string): FieldKind {
  if (typeof value === 'string') return kindOfText(value, path);
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'bigint') return value > MAX_LONG ? 'unsigned_long' : 'long';
  return Number.isInteger(value) ? 'long' : 'double';
}

function kindOfText(text: string, path: string): FieldKind {
  if (DATE_TEXT.test(text) && parseTimestamp(text) !== null) return 'date';
  // A version of four numbers looks like an address.
  if (/[.:]/u.test(text) && !/version$/iu.test(path) && parseAddress(text) !== null) return 'ip';
  return 'keyword';
}

function countUp<K>(counts: Map<K, number>, key: K, limit: number): void {
  const known = counts.get(key);
  if (known !== undefined) counts.set(key, known + 1);
  else if (counts.size < limit) counts.set(key, 1);
}
