import { dottedName, suggestName } from '@eqlkit/language';
import type { Finding, LintedQuery, QueryLint } from '../lint.js';
import type { FieldKey } from './field-key.js';
import { fieldKeysOf } from './field-keys.js';
import type { FieldUse } from './field-uses.js';

/** A field that neither ECS nor the user's schema has. */
export const unknownField: QueryLint = {
  scope: 'query',
  code: 'EQL5101',
  *check({ rule, fieldUses, fields }) {
    const reported = new Set<string>();
    for (const use of fieldUses) {
      const { node, name, stage } = use;
      const written = dottedName(node.path);
      if (reported.has(written)) continue;
      const unknown = findWrongStage(use, fields) ?? findUnknown(name, node.optional, fields);
      if (unknown === null) continue;
      reported.add(written);
      const prefix = `${node.optional ? '?' : ''}${stage === null ? '' : `${stage}.`}`;
      yield describe(unknown, { query: node.span }, (near) => `${prefix}${near}`);
    }
    yield* unknownFieldKeys(fieldKeysOf(rule), fields);
  },
};

/** What is to say about fields that keys of a file name. */
export function* unknownFieldKeys(keys: readonly FieldKey[], fields: LintedQuery['fields']): Iterable<Finding> {
  for (const { name, path, part } of keys) {
    const unknown = findUnknown(name, false, fields);
    if (unknown !== null)
      yield describe(unknown, part === undefined ? { path } : { path, part }, (near) => JSON.stringify(near));
  }
}

interface UnknownField {
  readonly message: string;
  /** A field that may have been meant. */
  readonly near: string | null;
  /** What to do where none is near. */
  readonly help: string;
}

const DECLARE = 'A field of your own belongs into a schema file: see docs/schema.md and [lint] of pack.toml.';

/** A field that begins with what is hardly more than the name of a stage, misspelt or not there yet. */
function findWrongStage(use: FieldUse, fields: LintedQuery['fields']): UnknownField | null {
  const { node, name, stage, earlierStages, isEarly } = use;
  const [first, ...rest] = node.path.map(String);
  if (stage !== null || first === undefined || rest.length === 0 || fields.isKnown(first)) return null;
  if (isEarly) {
    const help = 'The event of a named stage is known in later stages only: move this condition there.';
    return {
      message: `No stage before this one is called ${first}, so ${name} is a field of this event`,
      near: null,
      help,
    };
  }
  const near = suggestName(first, earlierStages.keys());
  if (near === undefined) return null;
  return {
    message: `No stage before this one is called ${first}`,
    near: `${near}${name.slice(first.length)}`,
    help: DECLARE,
  };
}

function findUnknown(name: string, optional: boolean, fields: LintedQuery['fields']): UnknownField | null {
  if (fields.isKnown(name)) return null;
  const near = fields.similar(name);
  // `?field` is for fields that may be absent, so only a slip of the pen is worth a word.
  if (near === null && (optional || fields.isPlausible(name))) return null;
  return {
    message: fields.schema === null ? `ECS has no field ${name}` : `Neither ECS nor the schema has a field ${name}`,
    near,
    help: DECLARE,
  };
}

/** @param write - How the file writes the name of a field at this place. */
function describe({ message, near, help }: UnknownField, at: Finding['at'], write: (name: string) => string): Finding {
  return {
    at,
    message,
    help: near === null ? help : `Did you mean ${near}?`,
    fix: near === null ? undefined : { title: `Use ${near}`, replacement: write(near) },
  };
}
