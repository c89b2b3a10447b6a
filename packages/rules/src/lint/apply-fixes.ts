import type { Diagnostic, DiagnosticFix } from '@eqlkit/language';
import { parseRuleToml } from '../toml/parse-rule-toml.js';
import type { RuleFile } from './lint.js';

/** A rule file after its fixes. */
export interface FixedFile {
  readonly text: string;
  /** The titles of the fixes that were made. */
  readonly applied: readonly string[];
}

/** A fix may make room for another; more rounds than this would be fixes that undo each other. */
const MAX_ROUNDS = 10;

/**
 * Makes every safe fix of a rule file, and those that become possible by them. A fix that would leave the file with more
 * errors than before is not made.
 *
 * @param lint - Says what is wrong with a version of the file.
 */
export function applyFixes(file: RuleFile, lint: (file: RuleFile) => readonly Diagnostic[]): FixedFile {
  const applied: string[] = [];
  let current = file;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const diagnostics = lint(current);
    const fixes = separateFixes(diagnostics);
    const next = tryFixes(current, fixes, diagnostics, lint) ?? tryOneByOne(current, fixes, diagnostics, lint);
    if (next === null) break;
    current = next.file;
    applied.push(...next.titles);
  }
  return { text: current.text, applied };
}

interface Attempt {
  readonly file: RuleFile;
  readonly titles: readonly string[];
}

function tryFixes(
  file: RuleFile,
  fixes: readonly DiagnosticFix[],
  before: readonly Diagnostic[],
  lint: (file: RuleFile) => readonly Diagnostic[],
): Attempt | null {
  if (fixes.length === 0) return null;
  let text = file.text;
  for (const fix of [...fixes].reverse()) {
    text = text.slice(0, fix.span.start) + fix.replacement + text.slice(fix.span.end);
  }
  const { rule, draft, diagnostics } = parseRuleToml(text, file.file, {
    keys: file.pack?.defaults ?? {},
    dialect: file.pack?.dialect ?? null,
  });
  const read = rule === null ? draft : { rule, unread: [] };
  if (read === null) return null;
  const fixed = { ...file, ...read, text, diagnostics };
  if (countErrors(lint(fixed)) > countErrors(before)) return null;
  return { file: fixed, titles: fixes.map(({ title }) => title) };
}

function tryOneByOne(
  file: RuleFile,
  fixes: readonly DiagnosticFix[],
  before: readonly Diagnostic[],
  lint: (file: RuleFile) => readonly Diagnostic[],
): Attempt | null {
  if (fixes.length < 2) return null;
  for (const fix of fixes) {
    const attempt = tryFixes(file, [fix], before, lint);
    if (attempt !== null) return attempt;
  }
  return null;
}

/** The safe fixes in the order of their places, without those that reach into an earlier one. */
function separateFixes(diagnostics: readonly Diagnostic[]): readonly DiagnosticFix[] {
  const fixes = diagnostics.flatMap(({ fix }) => (fix?.safe === true ? [fix] : []));
  fixes.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const separate: DiagnosticFix[] = [];
  for (const fix of fixes) {
    const last = separate.at(-1);
    // Neighbours wait for the next round, too: both may remove what stands between them.
    if (last === undefined || fix.span.start > last.span.end) separate.push(fix);
  }
  return separate;
}

function countErrors(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter(({ severity }) => severity === 'error').length;
}
