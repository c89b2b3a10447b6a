import { createDiagnostic, type Diagnostic } from '@eqlkit/language';
import type { Rule } from '../model/rule.js';
import { parseRuleToml } from '../toml/parse-rule-toml.js';
import { quoteText } from '../toml/quote-text.js';
import { createTomlPositions } from '../toml/toml-positions.js';
import { readRuleText } from './read-rule-text.js';
import { resolveInputs, type InputProblem, type RuleFilePath } from './resolve-inputs.js';

/** A rule and the file it comes from. */
export interface LoadedRule {
  readonly rule: Rule;
  /** The file's path relative to the working folder. */
  readonly file: string;
  readonly text: string;
  /** Warnings; their spans are offsets into the text. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A file that holds no usable rule. The diagnostics' spans are offsets into its text. */
export interface RuleFileFailure {
  readonly file: string;
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** What {@link loadRules} brings. */
export interface LoadedRules {
  readonly rules: readonly LoadedRule[];
  readonly failures: readonly RuleFileFailure[];
  readonly problems: readonly InputProblem[];
}

/** How many files are read at the same time. */
const READ_AT_ONCE = 16;

/**
 * Loads rules from files, folders (all `*.toml` below, except `pack.toml`) and glob patterns, in the order of the
 * inputs and then of the paths; a file that is named twice counts once. A bad file keeps none of the others from
 * loading, and no input makes this reject. Rules that share an id all load; the later ones carry a warning.
 *
 * - `EQL4001`: a file cannot be read, is larger than 8 MiB, or is not UTF-8.
 * - `EQL4005` (a warning): an earlier file has a rule with the same id.
 * - Otherwise as `parseRuleToml`.
 *
 * @param options.cwd - The folder that relative inputs start from.
 */
export async function loadRules(inputs: readonly string[], options: { readonly cwd: string }): Promise<LoadedRules> {
  const { files, problems } = await resolveInputs(inputs, options.cwd);
  const rules: LoadedRule[] = [];
  const failures: RuleFileFailure[] = [];
  const firstWithId = new Map<string, LoadedRule>();
  for (let start = 0; start < files.length; start += READ_AT_ONCE) {
    for (const loaded of await Promise.all(files.slice(start, start + READ_AT_ONCE).map(loadFile))) {
      if (!('rule' in loaded)) {
        failures.push(loaded);
        continue;
      }
      const first = firstWithId.get(loaded.rule.id);
      if (first === undefined) firstWithId.set(loaded.rule.id, loaded);
      rules.push(first === undefined ? loaded : { ...loaded, diagnostics: [describeDuplicate(first, loaded)] });
    }
  }
  return { rules, failures, problems };
}

async function loadFile({ path, file }: RuleFilePath): Promise<LoadedRule | RuleFileFailure> {
  const { text, diagnostic } = await readRuleText(path);
  if (diagnostic !== null) return { file, text, diagnostics: [diagnostic] };
  const { rule, diagnostics } = parseRuleToml(text, file);
  return rule === null ? { file, text, diagnostics } : { rule, file, text, diagnostics };
}

function describeDuplicate(first: LoadedRule, second: LoadedRule): Diagnostic {
  const { rule, file, text } = second;
  const key = rule.format === 'detection-rules' ? 'rule_id' : 'id';
  const message = `${file} has the same rule id as ${first.file}: ${quoteText(rule.id)}.`;
  const help =
    'Both run, but whoever knows alerts by their rule id takes them for one rule. Give one of them another id.';
  return createDiagnostic('EQL4005', message, createTomlPositions(text).spanOf(['rule', key]), { help });
}
