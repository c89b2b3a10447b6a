import type { Diagnostic, Severity } from '@eqlkit/language';
import { regionOf, type DiagnosedFile } from './diagnosed-file.js';

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<Severity, string>;

/** What was found as workflow commands of GitHub Actions, one a line: they become annotations of a pull request. */
export function githubAnnotations(files: readonly DiagnosedFile[]): string {
  return files.flatMap((file) => file.diagnostics.map((diagnostic) => annotation(diagnostic, file))).join('');
}

function annotation({ code, severity, message, help, span }: Diagnostic, { file, text }: DiagnosedFile): string {
  const { startLine, startColumn, endLine, endColumn } = regionOf(text, span);
  // Columns only count within one line.
  const columns = startLine === endLine ? `,col=${startColumn},endColumn=${Math.max(startColumn, endColumn - 1)}` : '';
  const properties = `file=${escapeProperty(file)},line=${startLine},endLine=${endLine}${columns},title=${code}`;
  return `::${COMMANDS[severity]} ${properties}::${escapeData(help === undefined ? message : `${message}\n${help}`)}\n`;
}

/** Escapes as the runner unescapes; other control and formatting characters are replaced. */
function escapeData(text: string): string {
  const escaped = text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return escaped.replace(/[\p{C}\u2028\u2029]/gu, '\ufffd');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
