import type { JsonObject, JsonValue } from '@eqlkit/engine';
import { createDiagnostic, didYouMean, DIALECTS, type Diagnostic, type DialectName } from '@eqlkit/language';
import { isKnownRuleKey, RULE_KEYS } from '../toml/known-keys.js';
import { parseToml } from '../toml/parse-toml.js';
import { quoteText } from '../toml/quote-text.js';
import { readRuleDetails } from '../toml/read-rule.js';
import {
  describePath,
  readTable,
  readText,
  readTextOrTexts,
  readTexts,
  type RuleProblem,
  type RuleTable,
} from '../toml/rule-table.js';
import { createTomlPositions, type TomlPath } from '../toml/toml-positions.js';
import { countStars, MAX_GLOB_STARS } from '../scope/glob-cost.js';
import type { Pack } from './pack.js';

/** A pack, and what is wrong with its file. */
export interface ParsedPack {
  /** `null` if there are errors. */
  readonly pack: Pack | null;
  /** Their spans are offsets into the text. Warnings come with a pack. */
  readonly diagnostics: readonly Diagnostic[];
}

const PACK_KEYS = ['name', 'version', 'description', 'license', 'author', 'dialect', 'disabled', 'defaults', 'lint'];

/** What makes a rule this rule, so that no other can have it by default. */
const OWN_KEYS = new Set(['name', 'id', 'rule_id', 'query', 'type', 'language', 'description']);

/**
 * Reads the file `pack.toml` of a folder. Never throws.
 *
 * - `EQL4002`: the text is not TOML.
 * - `EQL4004`: a key has a value of the wrong type.
 * - `EQL4101` (a warning): a key that a pack does not have, or that cannot be a default.
 *
 * @param folderName - What the pack is called if the file does not say.
 */
export function parsePackToml(text: string, folderName: string): ParsedPack {
  const { table: raw, diagnostic } = parseToml(text);
  if (raw === null) return { pack: null, diagnostics: [diagnostic] };
  const problems: RuleProblem[] = [];
  const root: RuleTable = { values: raw, path: [], problems };
  const pack: Pack = {
    name: readText(root, 'name') ?? folderName,
    version: readText(root, 'version'),
    description: readText(root, 'description'),
    license: readText(root, 'license'),
    author: readTextOrTexts(root, 'author'),
    dialect: readDialect(root),
    defaults: readDefaults(root),
    disabled: readDisabled(root),
    lint: readTable(root, 'lint')?.values ?? null,
    raw,
  };
  const positions = createTomlPositions(text);
  const errors = problems.map(({ code, path, message, help }) =>
    createDiagnostic(code, message, positions.spanOf(path), { help }),
  );
  const warnings = findMisplacedKeys(root).map(({ path, message, help }) =>
    createDiagnostic('EQL4101', message, positions.keySpanOf(path), { help }),
  );
  const diagnostics = [...errors, ...warnings].sort((a, b) => a.span.start - b.span.start);
  return { pack: errors.length === 0 ? pack : null, diagnostics };
}

function readDialect(root: RuleTable): DialectName | null {
  const text = readText(root, 'dialect');
  if (text === null) return null;
  const names = Object.values(DIALECTS).map(({ name }) => name);
  const dialect = names.find((name) => name === text);
  if (dialect !== undefined) return dialect;
  const known = names.map((name) => `"${name}"`).join(', ');
  root.problems.push({
    code: 'EQL4004',
    path: ['dialect'],
    message: `"dialect" must be one of ${known}, not ${quoteText(text)}.`,
    help: didYouMean(text, names) ?? `Choose one of ${known}.`,
  });
  return null;
}

function readDisabled(root: RuleTable): readonly string[] {
  const entries = readTexts(root, 'disabled');
  entries.forEach((entry, index) => {
    if (countStars(entry) <= MAX_GLOB_STARS) return;
    root.problems.push({
      code: 'EQL4004',
      path: ['disabled', index],
      message: `A glob has at most ${MAX_GLOB_STARS} stars, not ${countStars(entry)}.`,
      help: 'Name the rules in several entries.',
    });
  });
  return entries;
}

/** The defaults that a rule can take over; wrong types are reported here, and not again at every rule. */
function readDefaults(root: RuleTable): JsonObject {
  const table = readTable(root, 'defaults');
  if (table === null) return {};
  readRuleDetails(table);
  const defaults = Object.create(null) as Record<string, JsonValue>;
  for (const [key, value] of Object.entries(table.values)) if (canBeDefault(key)) defaults[key] = value;
  return defaults;
}

function canBeDefault(key: string): boolean {
  return isKnownRuleKey(key) && !OWN_KEYS.has(key);
}

function findMisplacedKeys(root: RuleTable): { path: TomlPath; message: string; help: string }[] {
  const found = Object.keys(root.values)
    .filter((key) => !PACK_KEYS.includes(key))
    .map((key) => ({
      path: [key],
      message: `A pack has no key ${quoteText(describePath([key]))}.`,
      help: didYouMean(key, PACK_KEYS) ?? `Its keys are: ${PACK_KEYS.join(', ')}.`,
    }));
  const defaults = root.values['defaults'];
  if (typeof defaults !== 'object' || defaults === null || Array.isArray(defaults)) return found;
  for (const key of Object.keys(defaults).filter((name) => !canBeDefault(name))) {
    found.push({
      path: ['defaults', key],
      message: OWN_KEYS.has(key)
        ? `"${key}" cannot be the same for every rule.`
        : `[rule] has no key ${quoteText(key)}.`,
      help: OWN_KEYS.has(key)
        ? 'Give it in each rule file.'
        : (didYouMean(key, RULE_KEYS) ?? 'Defaults are keys of [rule], such as index, from, severity and tags.'),
    });
  }
  return found;
}
