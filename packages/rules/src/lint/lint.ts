import type {
  CheckedQuery,
  Comment,
  Diagnostic,
  DiagnosticCode,
  EventQueryNode,
  ExpressionNode,
  Span,
} from '@eqlkit/language';
import type { Pack } from '../pack/pack.js';
import type { Rule } from '../model/rule.js';
import type { FieldComparison } from './fields/field-comparisons.js';
import type { FieldUse } from './fields/field-uses.js';
import type { FieldKnowledge } from './fields/field-knowledge.js';
import type { TomlPath } from '../toml/toml-positions.js';

/** A code of the lint family. */
export type LintCode = Extract<DiagnosticCode, `EQL5${string}`>;

/** A change that would mend what a lint found. */
export interface FindingFix {
  readonly title: string;
  /** EQL text for a finding in the query, a TOML value for one at a key. */
  readonly replacement: string;
  /** What it replaces, in a query; default: the place of the finding. */
  readonly span?: Span;
  /** Whether the rule means the same afterwards. */
  readonly safe?: true;
}

/** Something that a lint found in a rule. */
export interface Finding {
  /** Where: a part of the query, or the way to a value of the file or to its key. */
  readonly at: { readonly query: Span } | { readonly path: TomlPath; readonly part?: 'key' };
  /** One sentence that names what it is about. */
  readonly message: string;
  /** What to do about it. */
  readonly help?: string | undefined;
  readonly fix?: FindingFix | undefined;
}

/** A rule file, as lints see it. */
export interface RuleFile {
  readonly rule: Rule;
  /** The file's path, with `/` between folders. */
  readonly file: string;
  readonly text: string;
  /** What loading it found; spans are offsets into the text. */
  readonly diagnostics: readonly Diagnostic[];
  readonly pack: Pack | null;
  /** Of a draft: what in the file could not be read and is reported already. Nothing more is said about it. */
  readonly unread?: readonly TomlPath[];
}

/** A query that a lint looks at; it parses and type-checks. */
export interface LintedQuery {
  readonly rule: Rule;
  readonly query: CheckedQuery;
  readonly comments: readonly Comment[];
  /** Every event query in it: the query itself, stages, `until`, and those inside `descendant of`. */
  readonly eventQueries: readonly EventQueryNode[];
  /** Every expression in it, outer ones first. */
  readonly expressions: readonly ExpressionNode[];
  /** The comparisons of a field with constant texts. */
  readonly comparisons: readonly FieldComparison[];
  /** The fields that it reads of its events. */
  readonly fieldUses: readonly FieldUse[];
  readonly fields: FieldKnowledge;
  /** What stands in the rule file for a part of the query's text: escapes of TOML as they are written. */
  readonly sourceOf: (span: Span) => string;
}

/** Looks at the query of one rule. */
export interface QueryLint {
  readonly scope: 'query';
  readonly code: LintCode;
  readonly check: (query: LintedQuery) => Iterable<Finding>;
}

/** Looks at what a file says around the query. */
export interface RuleLint {
  readonly scope: 'rule';
  readonly code: LintCode;
  readonly check: (file: RuleFile) => Iterable<Finding>;
}

/** Looks at all rules together. */
export interface PackLint {
  readonly scope: 'pack';
  readonly code: LintCode;
  readonly check: (files: readonly RuleFile[]) => Iterable<{ readonly file: RuleFile; readonly finding: Finding }>;
}

/** One kind of advice about rules; its severity and title are in the catalogue of diagnostics, its page in `docs/lint`. */
export type Lint = QueryLint | RuleLint | PackLint;
