import { locateOffset, type Diagnostic, type Span } from '@eqlkit/language';

/** A file and what there is to say about it; spans are offsets into its text. */
export interface DiagnosedFile {
  /** The file's path, with `/` between folders. */
  readonly file: string;
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** A place as editors count: lines and columns from one, columns in UTF-16 units, the end behind the last character. */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The lines and columns of a span. */
export function regionOf(text: string, span: Span): Region {
  const start = locateOffset(text, span.start);
  const end = locateOffset(text, Math.max(span.start, span.end));
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}
