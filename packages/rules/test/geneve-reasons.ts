import type { JsonObject, JsonValue } from '@eqlkit/engine';

/** Why some branches of a rule do not fire on the events that Geneve made for them. */
export interface GeneveReason {
  readonly rule: string;
  readonly branches: readonly number[];
  /** Who made the mistake; `geneve and rule` where the rule's author fell into the same trap. */
  readonly wrong: 'geneve' | 'geneve and rule';
  readonly reason: string;
  /** Puts the mistake right, so that the branch fires: the proof that nothing else is wrong. */
  readonly mend: (event: JsonObject) => JsonObject;
}

const BACKQUOTES =
  'The rule puts a field in backquotes. Geneve cuts the name at its dots with the backquotes left on, and writes the ' +
  'value under "`kubernetes" instead of "kubernetes".';

const LITERAL_STAR =
  'The rule compares with a text that holds "*" by == or in, where "*" is no wildcard: only ":" and "like" have ' +
  'wildcards. Geneve fills in text for the star. The author of the rule meant a wildcard, too, and the rule never ' +
  'fires on what it is about.';

/** Every branch that does not fire, by rule. */
export const GENEVE_REASONS: readonly GeneveReason[] = [
  {
    rule: '5d1c962d-5d2a-48d4-bdcf-e980e3914947',
    branches: range(0, 24),
    wrong: 'geneve',
    reason: BACKQUOTES,
    mend: withoutBackquotes,
  },
  {
    rule: '02275e05-57a1-46ab-a443-7fb444da6b28',
    branches: range(0, 24),
    wrong: 'geneve',
    reason: BACKQUOTES,
    mend: withoutBackquotes,
  },
  {
    rule: 'ec81962e-4bc8-48e6-bfb0-545fc97d8f6a',
    branches: [0],
    wrong: 'geneve',
    reason: BACKQUOTES,
    mend: withoutBackquotes,
  },
  {
    rule: '3c82bf84-5941-495b-ac41-0302f28e1a90',
    branches: range(0, 24),
    wrong: 'geneve',
    reason: BACKQUOTES,
    mend: withoutBackquotes,
  },
  {
    rule: 'd26331be-affe-46b2-bf4e-203d0e2d364c',
    branches: range(0, 17),
    wrong: 'geneve and rule',
    reason: LITERAL_STAR,
    mend: (event) => replaceArguments(event, /^(--ofile|-o|--output).*$/u),
  },
  {
    rule: 'a1c2589e-0c8c-4ca8-9eb6-f83c4bbdbe8f',
    branches: [0],
    wrong: 'geneve',
    reason:
      'The rule wants two values of one field (event.type == "group" and event.type == "creation"). Geneve writes the ' +
      'second over the first.',
    mend: (event) => ({ ...event, event: { ...asObject(event['event']), type: ['group', 'creation'] } }),
  },
  {
    rule: 'bc0fc359-68db-421e-a435-348ced7a7f92',
    branches: [5],
    wrong: 'geneve and rule',
    reason: LITERAL_STAR,
    mend: (event) => replaceArguments(event, /^(uid=).*$/u),
  },
  {
    rule: '0564fb9d-90b9-4234-a411-82a546dc1343',
    branches: [5, 11],
    wrong: 'geneve and rule',
    reason: LITERAL_STAR,
    mend: (event) => replaceArguments(event, /^(\/text:).*$/u),
  },
];

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Takes the backquotes off every key, and joins what then has one name. */
function withoutBackquotes(event: JsonObject): JsonObject {
  const mended: Record<string, JsonValue> = {};
  for (const [key, value] of Object.entries(event)) {
    const name = key.replaceAll('`', '');
    const inner = isObject(value) ? withoutBackquotes(value) : value;
    const known = mended[name];
    mended[name] = isObject(known) && isObject(inner) ? mergeObjects(known, inner) : inner;
  }
  return mended;
}

function mergeObjects(a: JsonObject, b: JsonObject): JsonObject {
  const merged: Record<string, JsonValue> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const known = merged[key];
    merged[key] = isObject(known) && isObject(value) ? mergeObjects(known, value) : value;
  }
  return merged;
}

/** Puts the star itself where Geneve has put text for it. */
function replaceArguments(event: JsonObject, pattern: RegExp): JsonObject {
  const process = asObject(event['process']);
  const args = process['args'];
  if (!Array.isArray(args)) return event;
  const mended = args.map((arg: JsonValue) => (typeof arg === 'string' ? arg.replace(pattern, '$1*') : arg));
  return { ...event, process: { ...process, args: mended } };
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
