import type { JsonObject } from '@eqlkit/engine';
import { createDiagnostic, type Diagnostic } from '@eqlkit/language';
import type { ExceptionList } from '../exception/exception-list.js';
import { holdsExceptions, readExceptions } from '../exception/read-exceptions.js';
import type { Rule } from '../model/rule.js';
import { parseToml } from './parse-toml.js';
import { readRule, type RuleDefaults, type RuleDraft } from './read-rule.js';
import type { RuleProblem } from './rule-table.js';
import { createTomlPositions } from './toml-positions.js';

const NO_DEFAULTS: RuleDefaults = { keys: {}, dialect: null };

/** A rule, or what keeps the text from being one. */
export interface ParsedRule {
  /** `null` if there are errors. */
  readonly rule: Rule | null;
  /** What the text says of a rule that has errors; `null` if there are none, or if nothing can be read. */
  readonly draft: RuleDraft | null;
  /** Their spans are offsets into the TOML text. The query itself is not looked at. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a rule file of any of the formats that {@link Rule.format} names; which one it is shows from its content. Rules
 * of other kinds than EQL load as well: see `isEqlRule`. Never throws.
 *
 * - `EQL4002`: the text is not TOML.
 * - `EQL4003`: a key is missing that the format cannot do without.
 * - `EQL4004`: a key has a value of the wrong type.
 * - `EQL4201`: a filter or an exception is of a kind that is not supported.
 *
 * Keys that are not known are kept in `rule.raw` and named in `rule.unknownKeys`.
 *
 * @param file - The file's name; a minimal rule without an `id` is called `file:` and this name, with `/` between folders.
 * @param defaults - What the rule's pack says for rules that do not say it.
 */
export function parseRuleToml(text: string, file: string, defaults: RuleDefaults = NO_DEFAULTS): ParsedRule {
  const { table, diagnostic } = parseToml(text);
  if (table === null) return { rule: null, draft: null, diagnostics: [diagnostic] };
  return ruleOfTable(table, text, file, defaults);
}

/** What a file of a pack holds. */
export type ParsedPackMember =
  | ({ readonly kind: 'rule' } & ParsedRule)
  | {
      readonly kind: 'exceptions';
      readonly lists: readonly ExceptionList[];
      readonly diagnostics: readonly Diagnostic[];
    };

/** Reads a file of a pack: a rule as `parseRuleToml` does, or exception lists; lists with errors are left out. */
export function parsePackMember(text: string, file: string, defaults: RuleDefaults): ParsedPackMember {
  const { table, diagnostic } = parseToml(text);
  if (table === null) return { kind: 'rule', rule: null, draft: null, diagnostics: [diagnostic] };
  if (!holdsExceptions(table)) return { kind: 'rule', ...ruleOfTable(table, text, file, defaults) };
  const { lists, problems } = readExceptions(table);
  return { kind: 'exceptions', lists: problems.length === 0 ? lists : [], diagnostics: placeProblems(problems, text) };
}

function ruleOfTable(table: JsonObject, text: string, file: string, defaults: RuleDefaults): ParsedRule {
  const { rule, draft, problems } = readRule(table, file, defaults);
  return { rule, draft, diagnostics: placeProblems(problems, text) };
}

function placeProblems(problems: readonly RuleProblem[], text: string): Diagnostic[] {
  if (problems.length === 0) return [];
  const positions = createTomlPositions(text);
  return problems
    .map(({ code, path, part, message, help }) => {
      const span = part === 'key' ? positions.keySpanOf(path) : positions.spanOf(path);
      return createDiagnostic(code, message, span, { help });
    })
    .sort((a, b) => a.span.start - b.span.start);
}
