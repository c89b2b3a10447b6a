import type { DialectName } from '@eqlkit/language';
import { expect } from 'vitest';
import { applyFixes } from '../../src/lint/apply-fixes.js';
import { lintRules, type LintOptions } from '../../src/lint/lint-rules.js';
import type { RuleFile } from '../../src/lint/lint.js';
import type { Pack } from '../../src/pack/pack.js';
import { parseRuleToml } from '../../src/toml/parse-rule-toml.js';

/** The keys by which each format is known. */
const HEADS: Readonly<Partial<Record<DialectName, string>>> = {
  elasticsearch: 'name = "n"',
  endpoint: 'name = "n"\nid = "i"\nos_list = ["linux"]',
};

/** A rule file around a query. */
export function ruleFile(query: string, dialect: DialectName = 'elasticsearch'): RuleFile {
  return readRuleFile(`[rule]\n${HEADS[dialect] ?? ''}\nquery = '''\n${query}\n'''\n`);
}

/** A rule file from its text, which must load. */
export function readRuleFile(text: string, file = 'rule.toml', pack: Pack | null = null): RuleFile {
  const { rule, diagnostics } = parseRuleToml(text, file);
  expect(diagnostics).toEqual([]);
  if (rule === null) throw new Error('The rule does not load.');
  return { rule, file, text, diagnostics, pack };
}

/** The places at which a code is reported: the text that each finding marks. */
export function marked(query: string, code: string, dialect?: DialectName, options?: LintOptions): readonly string[] {
  return markedInFile(ruleFile(query, dialect), code, options);
}

/** The same for a whole file. */
export function markedInFile(file: RuleFile, code: string, options?: LintOptions): readonly string[] {
  const diagnostics = lintRules([file], options)[0]?.diagnostics ?? [];
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return diagnostics.filter((one) => one.code === code).map(({ span }) => file.text.slice(span.start, span.end));
}

/** The queries that the fixes of a code would make, safe or not, each by itself. */
export function proposed(query: string, code: string): readonly string[] {
  const file = ruleFile(query);
  const diagnostics = lintRules([file])[0]?.diagnostics ?? [];
  return diagnostics.flatMap(({ code: found, fix }) => {
    if (found !== code || fix === undefined) return [];
    const text = file.text.slice(0, fix.span.start) + fix.replacement + file.text.slice(fix.span.end);
    return [readRuleFile(text).rule.query.trim()];
  });
}

/** The query after every safe fix. */
export function fixed(query: string, dialect?: DialectName): string {
  const { text } = applyFixes(ruleFile(query, dialect), (file) => lintRules([file])[0]?.diagnostics ?? []);
  return readRuleFile(text).rule.query.trim();
}
