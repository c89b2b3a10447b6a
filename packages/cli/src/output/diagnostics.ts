import { renderDiagnostic, type Diagnostic, type DiagnosticStyle } from '@eqlkit/language';
import { errorColors } from './colors.js';

const STYLE: DiagnosticStyle = {
  severity: (text, severity) =>
    severity === 'error'
      ? errorColors.red(text)
      : severity === 'warning'
        ? errorColors.yellow(text)
        : errorColors.cyan(text),
  strong: errorColors.bold,
  faint: errorColors.dim,
};

/** Draws the diagnostics of a file, for standard error. */
export function printDiagnostics(diagnostics: readonly Diagnostic[], file: string, text: string): string {
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, { name: file, text }, STYLE)).join('\n');
}
