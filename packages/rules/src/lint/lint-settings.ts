import type { JsonObject, JsonValue } from '@eqlkit/engine';
import {
  createDiagnostic,
  DIAGNOSTIC_CATALOGUE,
  didYouMean,
  type Diagnostic,
  type DiagnosticCode,
  type Severity,
  type Span,
} from '@eqlkit/language';
import type { Pack } from '../pack/pack.js';
import { quoteText } from '../toml/quote-text.js';
import { createTomlPositions, type TomlPath } from '../toml/toml-positions.js';

/** How much a pack makes of a kind of finding. */
type LintLevel = Severity | 'off';

/** What `[lint]` of a `pack.toml` says. */
export interface LintSettings {
  /** Only codes whose level differs from that of the catalogue need be there. */
  readonly levels: ReadonlyMap<DiagnosticCode, LintLevel>;
  /** Schema files with the fields of the pack's events; paths below its folder. */
  readonly schemas: readonly string[];
}

interface SettingProblem {
  readonly code: 'EQL4004' | 'EQL4101';
  readonly path: TomlPath;
  readonly message: string;
  readonly help: string;
}

const LEVELS: readonly LintLevel[] = ['off', 'info', 'warning', 'error'];

/** Whether a code may be silenced: an error keeps a rule from running, whatever anybody makes of it. */
export function isAdvice(code: DiagnosticCode): boolean {
  return DIAGNOSTIC_CATALOGUE[code].severity !== 'error';
}

/** The code with this name. */
export function findCode(name: string): DiagnosticCode | undefined {
  return Object.hasOwn(DIAGNOSTIC_CATALOGUE, name) ? (name as DiagnosticCode) : undefined;
}

/** What a code that is none may be meant to be, and where the codes are. */
export function suggestCode(name: string): string {
  return didYouMean(name, Object.keys(DIAGNOSTIC_CATALOGUE)) ?? 'The codes are in docs/lint/README.md.';
}

/** Reads `[lint]` of a pack. What is wrong in it counts for nothing: see `checkLintSettings`. */
export function readLintSettings(pack: Pack | null): LintSettings {
  return readSettings(pack?.lint ?? null).settings;
}

/** Leaves out what a pack turns off, and gives the rest the severities that it chooses. */
export function applyLevels(diagnostics: readonly Diagnostic[], { levels }: LintSettings): readonly Diagnostic[] {
  return diagnostics.flatMap((diagnostic) => {
    const level = levels.get(diagnostic.code);
    if (level === undefined) return [diagnostic];
    return level === 'off' ? [] : [{ ...diagnostic, severity: level }];
  });
}

/** Where `[lint]` of a `pack.toml` names a schema; an offset into its text. */
export function locateSchema(pack: Pack, text: string, path: string): Span {
  const listed = pack.lint?.['schemas'];
  const index = Array.isArray(listed) ? (listed as readonly JsonValue[]).indexOf(path) : 0;
  return createTomlPositions(text).spanOf(['lint', 'schemas', index]);
}

/**
 * What is wrong with `[lint]` of a `pack.toml`; spans are offsets into its text.
 *
 * - `EQL4004`: a value of the wrong type, or a path out of the pack.
 * - `EQL4101`: a key that `[lint]` does not have, or a code that does not exist.
 */
export function checkLintSettings(pack: Pack, text: string): readonly Diagnostic[] {
  const { problems } = readSettings(pack.lint);
  if (problems.length === 0) return [];
  const positions = createTomlPositions(text);
  return problems.map(({ code, path, message, help }) => {
    const whole = ['lint', ...path];
    // A key that there is not is wrong itself, not its value.
    const span = code === 'EQL4101' ? positions.keySpanOf(whole) : positions.spanOf(whole);
    return createDiagnostic(code, message, span, { help });
  });
}

function readSettings(lint: JsonObject | null): {
  readonly settings: LintSettings;
  readonly problems: readonly SettingProblem[];
} {
  const problems: SettingProblem[] = [];
  for (const key of Object.keys(lint ?? {})) {
    if (key === 'levels' || key === 'schemas') continue;
    const help = didYouMean(key, ['levels', 'schemas']) ?? 'Its keys are: levels, schemas.';
    problems.push({ code: 'EQL4101', path: [key], message: `[lint] has no key ${quoteText(key)}.`, help });
  }
  const levels = readLevels(lint?.['levels'], problems);
  return { settings: { levels, schemas: readSchemas(lint?.['schemas'], problems) }, problems };
}

function readLevels(value: JsonValue | undefined, problems: SettingProblem[]): ReadonlyMap<DiagnosticCode, LintLevel> {
  const levels = new Map<DiagnosticCode, LintLevel>();
  if (value === undefined) return levels;
  if (!isTable(value)) {
    const help = 'Write a table: [lint.levels] with lines such as EQL5013 = "off".';
    problems.push({ code: 'EQL4004', path: ['levels'], message: '"lint.levels" must be a table.', help });
    return levels;
  }
  for (const [name, setting] of Object.entries(value)) {
    const path = ['levels', name];
    const code = findCode(name);
    const level = LEVELS.find((known) => known === setting);
    if (code === undefined) {
      const message = `There is no code ${quoteText(name)}.`;
      problems.push({ code: 'EQL4101', path, message, help: suggestCode(name) });
    } else if (!isAdvice(code)) {
      const message = `${code} is an error, which no level changes.`;
      problems.push({ code: 'EQL4101', path, message, help: 'Levels are for warnings and advice.' });
    } else if (level === undefined) {
      const message = `The level of ${code} must be one of "off", "info", "warning", "error".`;
      const help = (typeof setting === 'string' && didYouMean(setting, LEVELS)) || `Write ${code} = "off".`;
      problems.push({ code: 'EQL4004', path, message, help });
    } else {
      levels.set(code, level);
    }
  }
  return levels;
}

function readSchemas(value: JsonValue | undefined, problems: SettingProblem[]): readonly string[] {
  if (value === undefined) return [];
  const help = 'Write schemas = ["fields.json"], with paths below the folder of the pack.';
  if (!Array.isArray(value)) {
    problems.push({ code: 'EQL4004', path: ['schemas'], message: '"lint.schemas" must be a list of paths.', help });
    return [];
  }
  return (value as readonly JsonValue[]).flatMap((path, index) => {
    if (typeof path === 'string' && isBelow(path)) return [path];
    const message = 'A schema of a pack is a file below the folder of the pack.';
    problems.push({ code: 'EQL4004', path: ['schemas', index], message, help });
    return [];
  });
}

/** Whether a path names something below the folder that it starts from. */
function isBelow(path: string): boolean {
  return path !== '' && !/^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)/u.test(path);
}

function isTable(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
