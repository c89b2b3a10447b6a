import {
  createDiagnostic,
  type Diagnostic,
  type DiagnosticCode,
  type DiagnosticExtras,
  type Dialect,
  type EventQueryNode,
  type ExpressionNode,
  type Schema,
  type Span,
} from '@eqlkit/language';
import type { FieldTable } from '../event/field-table.js';
import type { EvaluationProblem } from '../functions/evaluation-problem.js';
import type { Predicate } from '../predicate/predicate.js';
import type { LeafScope, ValueFunction } from './leaf-scope.js';
import type { LineagePlan } from '../lineage/lineage-plan.js';

/** The compilers that call each other: an array function holds a condition, a condition holds values. */
interface Compilers {
  readonly value: (node: ExpressionNode, scope: LeafScope) => ValueFunction;
  readonly condition: (node: ExpressionNode, context: CompileContext) => Predicate;
  readonly eventQuery: (node: EventQueryNode, context: CompileContext) => Predicate;
}

/** What compiling an expression needs to know, and where it puts what it finds. */
export interface CompileContext {
  readonly compilers: Compilers;
  readonly dialect: Dialect;
  readonly schema: Schema | null;
  readonly fields: FieldTable;
  /** The fields of events; another table than `fields` where a pipe looks at rows. */
  readonly eventFields: FieldTable;
  /** Holds the event category. */
  readonly categoryField: string;
  /** Holds dates even where no schema says so. */
  readonly timestampField: string;
  /** What `now` means in dates; undefined if the query must not say it. */
  readonly nowMs: number | undefined;
  /** Aliases of earlier stages. */
  readonly aliases: ReadonlySet<string>;
  /** Variables of enclosing array functions. */
  readonly variables: ReadonlySet<string>;
  /** How many elements array functions inside of the enclosing one may still look at; null outside of one. */
  readonly innerElements: { left: number } | null;
  readonly diagnostics: Diagnostic[];
  /** Counts what could not be computed while events are looked at. */
  readonly countProblem: (problem: EvaluationProblem) => void;
  /** Keeps the process trees that `child of` and its like ask. */
  readonly lineage: LineagePlan[];
}

/** Adds an error to the context. */
export function reportTo(
  context: CompileContext,
  code: DiagnosticCode,
  message: string,
  span: Span,
  extras?: DiagnosticExtras,
): void {
  context.diagnostics.push(createDiagnostic(code, message, span, extras));
}
