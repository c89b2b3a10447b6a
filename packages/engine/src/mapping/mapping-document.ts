import { didYouMean, MAX_PATH_PARTS } from '@eqlkit/language';
import type { JsonValue } from '../values/value.js';
import { DERIVATIONS, type DerivationName } from './derive-value.js';

/** One value that is made of another. */
interface DerivedField {
  readonly to: string;
  readonly from: string;
  readonly by: DerivationName;
}

/** What is done to an event, in this order. */
export interface MappingSteps {
  /** Objects whose members move up to the top of the event. */
  readonly lift: readonly string[];
  /** Old name to new name; a field that is there already stays as it is. */
  readonly rename: readonly (readonly [from: string, to: string])[];
  /** Made of other fields, for fields that are not there. */
  readonly derive: readonly DerivedField[];
  /** Values of fields that are not there. */
  readonly defaults: readonly (readonly [field: string, value: JsonValue])[];
  /** Values of fields whatever they were before. */
  readonly constant: readonly (readonly [field: string, value: JsonValue])[];
}

/** Steps for some events only. */
interface MappingCase extends MappingSteps {
  /** The condition of an EQL query, asked of the event as it was before this mapping. */
  readonly when: string;
}

/** How events of one source become events as rules expect them. */
export interface MappingDocument extends MappingSteps {
  readonly name: string;
  readonly description: string;
  /** Every case whose condition holds is applied, in their order, after the steps for all events. */
  readonly cases: readonly MappingCase[];
  /** Mappings that are applied afterwards, by their names. */
  readonly then: readonly string[];
  /** Fill in what an event lacks about its process and its parent from earlier events of them. */
  readonly remembersProcesses: boolean;
}

/** A mapping that was read, or what is wrong with it. */
export interface ReadMapping {
  readonly document: MappingDocument | null;
  /** One line for people each, naming the place. */
  readonly problems: readonly string[];
}

/** Longer names are not repeated in messages. */
const MAX_SHOWN_NAME = 100;

const STEP_KEYS = ['lift', 'rename', 'derive', 'default', 'constant'] as const;
const TOP_KEYS: readonly string[] = ['name', 'description', 'case', 'then', 'remember_processes', ...STEP_KEYS];
const CASE_KEYS: readonly string[] = ['when', ...STEP_KEYS];

/** Reads a decoded mapping file. Never throws. */
export function readMapping(value: unknown, name: string): ReadMapping {
  const problems: string[] = [];
  if (!isRecord(value)) return { document: null, problems: ['it is not a table'] };
  reportUnknownKeys(value, TOP_KEYS, '', problems);
  const steps = readSteps(value, '', problems);
  const cases = readList(value['case'], 'case', problems).map((one, index) => readCase(one, index, problems));
  const remembers = value['remember_processes'] ?? false;
  if (typeof remembers !== 'boolean') problems.push('remember_processes is not true or false');
  const document: MappingDocument = {
    ...steps,
    name: typeof value['name'] === 'string' ? value['name'] : name,
    description: typeof value['description'] === 'string' ? value['description'] : '',
    cases,
    then: readNames(value['then'], 'then', problems),
    remembersProcesses: remembers === true,
  };
  return { document: problems.length > 0 ? null : document, problems };
}

function readCase(value: unknown, index: number, problems: string[]): MappingCase {
  const place = `case ${index + 1}: `;
  const table = isRecord(value) ? value : {};
  reportUnknownKeys(table, CASE_KEYS, place, problems);
  const { when } = table;
  if (typeof when !== 'string') problems.push(`${place}"when" is not a condition such as 'EventID == 1'`);
  return { ...readSteps(table, place, problems), when: typeof when === 'string' ? when : 'false' };
}

function readSteps(table: Record<string, unknown>, place: string, problems: string[]): MappingSteps {
  return {
    lift: readNames(table['lift'], `${place}lift`, problems),
    rename: readEntries(table['rename'], `${place}rename`, problems).flatMap(([from, to]) => {
      if (isFieldName(to)) return [[from, to] as const];
      problems.push(`${place}rename: the new name of ${from} is not the name of a field`);
      return [];
    }),
    derive: readList(table['derive'], `${place}derive`, problems).flatMap((one, index) =>
      readDerived(one, `${place}derive ${index + 1}`, problems),
    ),
    defaults: readValues(table['default'], `${place}default`, problems),
    constant: readValues(table['constant'], `${place}constant`, problems),
  };
}

function readDerived(value: unknown, place: string, problems: string[]): readonly DerivedField[] {
  const { to, from, by } = isRecord(value) ? value : {};
  if (!isFieldName(to) || !isFieldName(from)) {
    problems.push(`${place}: "to" and "from" are names of fields`);
    return [];
  }
  if (typeof by !== 'string' || !isDerivation(by)) {
    const known = Object.keys(DERIVATIONS);
    problems.push(`${place}: "by" is one of ${known.join(', ')}${describeWrong(by, known)}`);
    return [];
  }
  return [{ to, from, by }];
}

function isDerivation(name: string): name is DerivationName {
  return Object.hasOwn(DERIVATIONS, name);
}

function readValues(value: unknown, place: string, problems: string[]): readonly (readonly [string, JsonValue])[] {
  return readEntries(value, place, problems).flatMap(([field, constant]) => {
    if (isConstant(constant)) return [[field, constant] as const];
    problems.push(`${place}: the value of ${field} is not a text, number, boolean, or a list of them`);
    return [];
  });
}

function isConstant(value: unknown): value is JsonValue {
  if (Array.isArray(value)) return value.every((one) => !Array.isArray(one) && isConstant(one));
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
}

/** The entries of a table; TOML makes tables of dotted keys, which are one name again here. */
function readEntries(value: unknown, place: string, problems: string[]): readonly (readonly [string, unknown])[] {
  if (value === undefined) return [];
  if (!isRecord(value)) {
    problems.push(`${place} is not a table`);
    return [];
  }
  return flatten(value, '').filter(([name]) => {
    if (isFieldName(name)) return true;
    problems.push(`${place}: ${JSON.stringify(name)} is not the name of a field`);
    return false;
  });
}

function flatten(table: Record<string, unknown>, prefix: string): readonly (readonly [string, unknown])[] {
  return Object.entries(table).flatMap(([key, value]) =>
    isRecord(value) ? flatten(value, `${prefix}${key}.`) : [[`${prefix}${key}`, value] as const],
  );
}

function readNames(value: unknown, place: string, problems: string[]): readonly string[] {
  return readList(value, place, problems).flatMap((name) => {
    if (isFieldName(name)) return [name];
    problems.push(`${place} holds something that is no name`);
    return [];
  });
}

function readList(value: unknown, place: string, problems: string[]): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value as readonly unknown[];
  problems.push(`${place} is not a list`);
  return [];
}

function reportUnknownKeys(
  table: Record<string, unknown>,
  known: readonly string[],
  place: string,
  problems: string[],
) {
  for (const key of Object.keys(table)) {
    if (known.includes(key)) continue;
    const near = didYouMean(key, known);
    const help = near === undefined ? '' : `. ${near}`;
    problems.push(`${place}unknown key ${JSON.stringify(key)}; known are ${known.join(', ')}${help}`);
  }
}

/** The wrong name, and the one that it may mean; nothing if there is none. */
function describeWrong(name: unknown, known: readonly string[]): string {
  if (typeof name !== 'string' || name.length > MAX_SHOWN_NAME) return '';
  const near = didYouMean(name, known);
  return `, not ${JSON.stringify(name)}${near === undefined ? '' : `. ${near}`}`;
}

function isFieldName(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const parts = value.split('.');
  return parts.length <= MAX_PATH_PARTS && parts.every((part) => part !== '' && part !== '__proto__');
}

/** A table; dates are objects, too, but no tables. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
