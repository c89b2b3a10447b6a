import { renderDiagnostic, type Diagnostic, type DiagnosticStyle } from '@eqlkit/language';
import type { Colors } from 'picocolors/types.js';
import { errorColors } from './colors.js';
import { say } from './messages.js';
import { verbosity } from './verbosity.js';

/** Draws the diagnostics of a file, for standard error unless other colours are given. */
export function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  file: string,
  text: string,
  colors: Colors = errorColors,
): string {
  const style: DiagnosticStyle = {
    severity: (shown, severity) =>
      severity === 'error' ? colors.red(shown) : severity === 'warning' ? colors.yellow(shown) : colors.cyan(shown),
    strong: colors.bold,
    faint: colors.dim,
  };
  return diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, { name: file, text }, style)).join('\n');
}

/** Says the diagnostics of a file; with --quiet only the errors among them. */
export function sayDiagnostics(diagnostics: readonly Diagnostic[], file: string, text: string): void {
  const said = verbosity() === 'quiet' ? diagnostics.filter(({ severity }) => severity === 'error') : diagnostics;
  if (said.length > 0) say(printDiagnostics(said, file, text));
}
