/** A place in a source text. */
export interface Location {
  /** One-based. */
  readonly line: number;
  /** One-based, in UTF-16 units. */
  readonly column: number;
  /** The text of that line without its line break. */
  readonly lineText: string;
}

/** Line and column of an offset; offsets beyond the text are taken as its end. */
export function locateOffset(text: string, offset: number): Location {
  const clamped = Math.max(0, Math.min(offset, text.length));
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < clamped; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  const newline = text.indexOf('\n', lineStart);
  const lineText = text.slice(lineStart, newline === -1 ? text.length : newline).replace(/\r$/u, '');
  return { line, column: clamped - lineStart + 1, lineText };
}
