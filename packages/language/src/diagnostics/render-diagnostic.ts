import type { Diagnostic } from './diagnostic.js';
import { locateOffset } from './location.js';

/** How the renderer marks up parts of its text; the default leaves them plain. */
export interface DiagnosticStyle {
  readonly severity: (text: string, severity: Diagnostic['severity']) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const PLAIN: DiagnosticStyle = { severity: (text) => text, strong: (text) => text, faint: (text) => text };

/** The text that a diagnostic's span points into. */
export interface DiagnosticSource {
  /** What to call it: a file's path, or `query`. */
  readonly name: string;
  readonly text: string;
}

/** The longest stretch of a source line that is shown, in UTF-16 units. */
const SHOWN_WIDTH = 120;

/**
 * Draws a diagnostic: severity, code and message; the place; the source line with carets under the span; the help.
 * Control and formatting characters of the source are replaced, so that the text is safe to print on a terminal. Of a
 * source without text, such as a file that cannot be read, only the name is shown.
 */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  source: DiagnosticSource,
  style: DiagnosticStyle = PLAIN,
): string {
  const start = locateOffset(source.text, diagnostic.span.start);
  const lineEnd = start.lineText.length;
  const caretFrom = start.column - 1;
  const spanLength = Math.max(1, diagnostic.span.end - diagnostic.span.start);
  const caretTo = Math.max(caretFrom + 1, Math.min(lineEnd, caretFrom + spanLength));

  // A long line is shown around the caret only.
  const from = caretFrom < SHOWN_WIDTH - 20 ? 0 : caretFrom - 40;
  const to = Math.min(lineEnd, from + SHOWN_WIDTH);
  const before = from > 0 ? '…' : '';
  const after = to < lineEnd ? '…' : '';
  const shown = before + printable(start.lineText.slice(from, to)) + after;
  const padding = before.length + caretFrom - from;
  const carets = '^'.repeat(Math.max(1, Math.min(caretTo, Math.max(to, caretFrom + 1)) - caretFrom));

  const gutter = String(start.line);
  const blank = ' '.repeat(gutter.length);
  const place = `${blank}${style.faint('-->')} ${printable(source.name)}`;
  const title = `${style.severity(`${diagnostic.severity}[${diagnostic.code}]`, diagnostic.severity)}: ${style.strong(printable(diagnostic.message))}`;
  const frame = [
    `${place}:${start.line}:${start.column}`,
    `${blank} ${style.faint('|')}`,
    `${style.faint(`${gutter} |`)} ${shown}`,
    `${blank} ${style.faint('|')} ${' '.repeat(padding)}${style.severity(carets, diagnostic.severity)}`,
  ];
  const lines = [title, ...(source.text === '' ? [place] : frame)];
  if (diagnostic.help !== undefined) lines.push(`${blank} ${style.faint('=')} help: ${printable(diagnostic.help)}`);
  return lines.join('\n');
}

/** Replaces control, formatting and unpaired characters, so that carets stay in line: tabs by a space, others by U+FFFD. */
function printable(text: string): string {
  return text.replace(/\t/gu, ' ').replace(/[\p{C}\u2028\u2029]/gu, (character) => '\ufffd'.repeat(character.length));
}
