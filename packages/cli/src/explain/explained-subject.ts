import { createQueryExplainer, type CompileOptions, type QueryGate } from '@eqlkit/engine';
import { analyzeQuery, DIALECTS, hasErrors, type CheckedQuery, type DialectName } from '@eqlkit/language';
import { compileOptionsOf, createRuleGate, isEqlRule, mapQueryDiagnostics, withRuleConditions } from '@eqlkit/rules';
import { EXIT_CODE } from '../exit-code.js';
import { countOf } from '../output/count-of.js';
import { sayDiagnostics } from '../output/diagnostics.js';
import { sayError } from '../output/messages.js';
import { loadRuleInput } from '../rule-input.js';

/** How a query or rule is read. */
export interface SubjectOptions {
  readonly dialect: DialectName;
  readonly categoryField?: string;
  readonly timestampField?: string;
  readonly tiebreakerField?: string;
  readonly index?: string;
  readonly ignoreIndex: boolean;
}

/** What is explained. */
export interface ExplainedSubject {
  readonly query: CheckedQuery;
  readonly options: CompileOptions;
  /** Which events the rule sees; `null` for all. */
  readonly gate: QueryGate | null;
  /** Whether it is a rule, which sees what `eql run` shows it, and no query. */
  readonly isRule: boolean;
}

/** Reads a query, says what is wrong with it, and gives the exit code if it cannot run. */
export function readQuery(text: string, options: SubjectOptions): ExplainedSubject | number {
  const compileOptions = withFields({ nowMs: Date.now(), sampleOrder: 'by-key' }, options);
  const { query, diagnostics } = analyzeQuery(text, { dialect: DIALECTS[options.dialect] });
  const found = query === null ? [] : createQueryExplainer(query, compileOptions).diagnostics;
  const all = [...diagnostics, ...found];
  sayDiagnostics(all, 'query', text);
  return query === null || hasErrors(all)
    ? EXIT_CODE.brokenRule
    : { query, options: compileOptions, gate: null, isRule: false };
}

/** The same for the one EQL rule of a path. */
export async function readRule(path: string, options: SubjectOptions): Promise<ExplainedSubject | number> {
  const loaded = await loadRuleInput([path]);
  if (loaded === null) return EXIT_CODE.badInput;
  const { rules, failures } = loaded;
  for (const failure of failures) sayDiagnostics(failure.diagnostics, failure.file, failure.text);
  if (failures.length > 0) return EXIT_CODE.brokenRule;
  const [first, ...others] = rules.filter(({ rule }) => isEqlRule(rule));
  if (first === undefined || others.length > 0) {
    sayError(`${path} holds ${countOf(first === undefined ? 0 : others.length + 1, 'EQL rule')}; name the file of one`);
    return EXIT_CODE.badInput;
  }
  const { rule } = first;
  const { query: written, diagnostics } = analyzeQuery(rule.query, { dialect: DIALECTS[rule.dialect] });
  const conditions = { exceptionLists: loaded.exceptionLists, lookBack: false, nowMs: Date.now() };
  const query = written === null ? null : withRuleConditions(written, rule, conditions);
  const gate = createRuleGate([rule], { ignoreIndex: options.ignoreIndex, indexName: options.index ?? null });
  const compileOptions = withFields(compileOptionsOf(rule, { nowMs: Date.now() }), options);
  const found = query === null ? [] : createQueryExplainer(query, compileOptions).diagnostics;
  const all = [...diagnostics, ...found];
  sayDiagnostics(mapQueryDiagnostics(all, first.text), first.file, first.text);
  return query === null || hasErrors(all)
    ? EXIT_CODE.brokenRule
    : { query, options: compileOptions, gate, isRule: true };
}

function withFields(base: CompileOptions, options: SubjectOptions): CompileOptions {
  const { categoryField, timestampField, tiebreakerField } = options;
  return {
    ...base,
    ...(categoryField === undefined ? {} : { categoryField }),
    ...(timestampField === undefined ? {} : { timestampField }),
    ...(tiebreakerField === undefined ? {} : { tiebreakerField }),
  };
}
