import { resolve } from 'node:path';
import { createDiagnostic, didYouMean, type Diagnostic } from '@eqlkit/language';
import type { ExceptionList } from '../exception/exception-list.js';
import type { Rule } from '../model/rule.js';
import type { Pack } from '../pack/pack.js';
import { missingExceptionLists } from '../scope/rule-conditions.js';
import { parsePackMember } from '../toml/parse-rule-toml.js';
import type { RuleDraft } from '../toml/read-rule.js';
import { quoteText } from '../toml/quote-text.js';
import { createTomlPositions } from '../toml/toml-positions.js';
import {
  describeIdleEntries,
  disablingEntries,
  isInside,
  PackFinder,
  type FoundPack,
  type LoadedPack,
} from './pack-finder.js';
import { readRuleText } from './read-rule-text.js';
import { resolveInputs, showPath, type InputProblem, type RuleFilePath } from './resolve-inputs.js';

/** A rule and the file it comes from. */
export interface LoadedRule {
  readonly rule: Rule;
  /** The file's path relative to the working folder. */
  readonly file: string;
  readonly text: string;
  /** Warnings; their spans are offsets into the text. */
  readonly diagnostics: readonly Diagnostic[];
  readonly pack: Pack | null;
  /** Whether the pack says that the rule does not run. */
  readonly disabled: boolean;
}

/** Something that did not load. */
export interface RuleFileFailure {
  /** What it would have been: `path` is a folder that cannot be read, or a link that is not followed. */
  readonly kind: 'rule' | 'exceptions' | 'pack' | 'path';
  readonly file: string;
  readonly text: string;
  /** Their spans are offsets into the text. */
  readonly diagnostics: readonly Diagnostic[];
  /** What the file says of a rule in spite of its errors: for those who look at rules, not to run. */
  readonly draft: RuleDraft | null;
  readonly pack: Pack | null;
}

/** A file with exception lists. */
export interface ExceptionFile {
  /** The file's path relative to the working folder. */
  readonly file: string;
  readonly text: string;
  readonly lists: readonly ExceptionList[];
  readonly pack: Pack | null;
}

/** What {@link loadRules} brings. */
export interface LoadedRules {
  readonly rules: readonly LoadedRule[];
  /** The packs of the rules. */
  readonly packs: readonly LoadedPack[];
  /** From the files that hold exceptions instead of a rule. */
  readonly exceptionLists: readonly ExceptionList[];
  /** Those files. */
  readonly exceptionFiles: readonly ExceptionFile[];
  readonly failures: readonly RuleFileFailure[];
  readonly problems: readonly InputProblem[];
}

/** How many rules were to load: folders that cannot be read and files of other kinds do not count. */
export function countRuleFiles({ rules, failures }: LoadedRules): number {
  return rules.length + failures.filter(({ kind }) => kind === 'rule').length;
}

/** How many files are read at the same time. */
const READ_AT_ONCE = 16;

/**
 * Loads rules from files, folders (all `*.toml` below, except `pack.toml`) and glob patterns, in the order of the
 * inputs and then of the paths; a file that is named twice counts once. A bad file keeps none of the others from
 * loading, and no input makes this reject. Rules that share an id all load; the later ones carry a warning.
 *
 * A rule belongs to the pack whose `pack.toml` is nearest: in its own folder or above, up to the working folder, or up to
 * the input for files outside it. Rules of a pack whose `pack.toml` has errors load without it.
 *
 * - `EQL4001`: a file or a folder below an input cannot be read, a file is larger than 8 MiB or not UTF-8, or a link in a
 *   folder leads outside it.
 * - `EQL4005` (a warning): an earlier file has a rule with the same id.
 * - `EQL4202` (a warning): a rule names exceptions that no loaded file holds; it runs without them.
 * - `EQL4102` (a warning): a pack disables a rule that it does not have.
 * - Otherwise as `parseRuleToml` and `parsePackToml`.
 *
 * @param options.cwd - The folder that relative inputs start from.
 */
export async function loadRules(inputs: readonly string[], options: { readonly cwd: string }): Promise<LoadedRules> {
  const cwd = resolve(options.cwd);
  const { files, leftOut, problems } = await resolveInputs(inputs, cwd);
  const unread = leftOut.map(({ file, diagnostic }) => failure('path', file, '', [diagnostic]));
  const finder = new PackFinder();
  const loadFile = async (file: RuleFilePath): Promise<LoadedFile> => {
    const pack = await finder.packOf(file.path, isInside(file.path, cwd) ? cwd : file.root);
    return { file, pack, outcome: await readFile(file, pack) };
  };
  const loaded: LoadedFile[] = [];
  for (let start = 0; start < files.length; start += READ_AT_ONCE)
    loaded.push(...(await Promise.all(files.slice(start, start + READ_AT_ONCE).map(loadFile))));

  const outcomes = warnOfSharedIds(loaded.map(({ outcome }) => outcome));
  const rules = outcomes.flatMap((outcome) => ('rule' in outcome ? [outcome] : []));
  const exceptionFiles = outcomes.flatMap((outcome) => ('lists' in outcome ? [outcome] : []));
  const exceptionLists = exceptionFiles.flatMap(({ lists }) => lists);
  const broken = outcomes.flatMap((outcome) => ('rule' in outcome || 'lists' in outcome ? [] : [outcome]));
  const { packs, brokenPacks } = describePacks(loaded, cwd);
  return {
    rules: rules.map((rule) => warnOfMissingExceptions(rule, exceptionLists)),
    packs,
    exceptionLists,
    exceptionFiles,
    failures: [...unread, ...brokenPacks, ...broken],
    problems,
  };
}

/** A rule file, its pack, and what came of reading it. */
interface LoadedFile {
  readonly file: RuleFilePath;
  readonly pack: FoundPack | null;
  readonly outcome: FileOutcome;
}

type FileOutcome = LoadedRule | ExceptionFile | RuleFileFailure;

async function readFile({ path, file }: RuleFilePath, found: FoundPack | null): Promise<FileOutcome> {
  const { text, diagnostic } = await readRuleText(path);
  if (diagnostic !== null) return failure('rule', file, text, [diagnostic]);
  const pack = found?.pack ?? null;
  const member = parsePackMember(text, file, { keys: pack?.defaults ?? {}, dialect: pack?.dialect ?? null });
  if (member.kind === 'exceptions')
    return member.diagnostics.length > 0
      ? failure('exceptions', file, text, member.diagnostics)
      : { file, text, lists: member.lists, pack };
  const { rule, draft, diagnostics } = member;
  if (rule === null) return { ...failure('rule', file, text, diagnostics), draft, pack };
  const disabled = found !== null && disablingEntries(found, rule, path).length > 0;
  return { rule, file, text, diagnostics, pack, disabled };
}

function failure(
  kind: RuleFileFailure['kind'],
  file: string,
  text: string,
  diagnostics: readonly Diagnostic[],
): RuleFileFailure {
  return { kind, file, text, diagnostics, draft: null, pack: null };
}

/** The rule of a file, be it a draft; `null` if the file has none. */
function ruleIn(outcome: FileOutcome): Rule | null {
  if ('rule' in outcome) return outcome.rule;
  return 'draft' in outcome ? (outcome.draft?.rule ?? null) : null;
}

/** The packs of the files, each once, those with errors apart. */
function describePacks(
  loaded: readonly LoadedFile[],
  cwd: string,
): { packs: readonly LoadedPack[]; brokenPacks: readonly RuleFileFailure[] } {
  const packs: LoadedPack[] = [];
  const brokenPacks: RuleFileFailure[] = [];
  for (const found of new Set(loaded.map(({ pack }) => pack))) {
    if (found === null) continue;
    const file = showPath(found.path, cwd, true);
    const { pack, text, diagnostics } = found;
    if (pack === null) brokenPacks.push(failure('pack', file, text, diagnostics));
    else packs.push({ pack, file, text, diagnostics: [...diagnostics, ...describeUnusedEntries(found, loaded)] });
  }
  return { packs, brokenPacks };
}

/** A part of a pack may lack the rules that the pack disables, so only a whole one is complained about. */
function describeUnusedEntries(found: FoundPack, loaded: readonly LoadedFile[]): readonly Diagnostic[] {
  const members = loaded.filter(({ pack }) => pack === found);
  if (!members.some(({ file }) => file.wholeRoot && isInside(found.folder, file.root))) return [];
  const rules = members.flatMap(({ file, outcome }) => {
    const rule = ruleIn(outcome);
    return rule === null ? [] : [{ rule, path: file.path }];
  });
  const used = new Set(rules.flatMap(({ rule, path }) => disablingEntries(found, rule, path)));
  return describeIdleEntries(
    found,
    used,
    rules.map(({ rule }) => rule),
  );
}

/** Rules that share an id all run; every one but the first carries a warning. */
function warnOfSharedIds(outcomes: readonly FileOutcome[]): readonly FileOutcome[] {
  const fileWithId = new Map<string, string>();
  return outcomes.map((outcome) => {
    const rule = ruleIn(outcome);
    // A draft may lack its id.
    if (rule === null || rule.id === '' || 'lists' in outcome) return outcome;
    const first = fileWithId.get(rule.id);
    if (first === undefined) fileWithId.set(rule.id, outcome.file);
    return first === undefined
      ? outcome
      : { ...outcome, diagnostics: [...outcome.diagnostics, describeDuplicate(first, rule, outcome)] };
  });
}

function warnOfMissingExceptions(loaded: LoadedRule, lists: readonly ExceptionList[]): LoadedRule {
  const missing = missingExceptionLists(loaded.rule, lists);
  if (missing.length === 0) return loaded;
  const span = createTomlPositions(loaded.text).spanOf(['rule', 'exceptions_list']);
  const known = lists.map(({ listId }) => listId);
  const warnings = missing.map((id) =>
    createDiagnostic(
      'EQL4202',
      `The exceptions of ${quoteText(id)} are not loaded: the rule runs without them.`,
      span,
      {
        help: didYouMean(id, known) ?? 'Load a file with [[exceptions]] whose container has this list_id.',
      },
    ),
  );
  return { ...loaded, diagnostics: [...loaded.diagnostics, ...warnings] };
}

function describeDuplicate(
  first: string,
  rule: Rule,
  { file, text }: { readonly file: string; readonly text: string },
): Diagnostic {
  const key = rule.format === 'detection-rules' ? 'rule_id' : 'id';
  const message = `${file} has the same rule id as ${first}: ${quoteText(rule.id)}.`;
  const help = 'Alerts of both would carry this id, as if they came from one rule. Give one of the two another id.';
  return createDiagnostic('EQL4005', message, createTomlPositions(text).spanOf(['rule', key]), { help });
}
