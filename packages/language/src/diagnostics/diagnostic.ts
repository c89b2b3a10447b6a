import type { Span } from '../syntax/span.js';
import { DIAGNOSTIC_CATALOGUE, type DiagnosticCode } from './catalogue.js';

/** An `error` stops the query or rule from running; a `warning` and an `info` are advice. */
export type Severity = 'error' | 'warning' | 'info';

/** A replacement of a part of the source that would mend the problem. */
export interface DiagnosticFix {
  readonly title: string;
  readonly span: Span;
  readonly replacement: string;
  /**
   * Whether a tool may apply it unasked: the query means the same afterwards, or only one reading was possible before.
   * Others are proposals.
   */
  readonly safe?: true;
}

/** Something that is wrong with a query or a rule, as plain data. */
export interface Diagnostic {
  /** Stable: a code is never reused for something else. */
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** One sentence that says what is wrong, naming what it is about. */
  readonly message: string;
  /** The place in the source text. */
  readonly span: Span;
  /** What to do about it. */
  readonly help?: string;
  readonly fix?: DiagnosticFix;
}

/** What a diagnostic may carry beside its code, message and place. */
export interface DiagnosticExtras {
  readonly help?: string | undefined;
  readonly fix?: DiagnosticFix | undefined;
}

/** Makes a diagnostic with the severity that the catalogue gives to its code. */
export function createDiagnostic(
  code: DiagnosticCode,
  message: string,
  span: Span,
  extras: DiagnosticExtras = {},
): Diagnostic {
  return {
    code,
    severity: DIAGNOSTIC_CATALOGUE[code].severity,
    message,
    span,
    ...(extras.help === undefined ? {} : { help: extras.help }),
    ...(extras.fix === undefined ? {} : { fix: extras.fix }),
  };
}

/** Whether any of the diagnostics stops the query from running. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
