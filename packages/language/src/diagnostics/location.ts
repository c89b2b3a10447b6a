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
  const starts = lineStartsOf(text);
  const line = lineAt(starts, clamped);
  const lineStart = starts[line - 1] ?? 0;
  const nextStart = starts[line];
  const lineText = text.slice(lineStart, nextStart === undefined ? text.length : nextStart - 1).replace(/\r$/u, '');
  return { line, column: clamped - lineStart + 1, lineText };
}

let latest: { readonly text: string; readonly starts: readonly number[] } = { text: '', starts: [0] };

/** Where the lines of a text start. The last text is remembered, since one file may have thousands of diagnostics. */
function lineStartsOf(text: string): readonly number[] {
  if (latest.text === text) return latest.starts;
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  latest = { text, starts };
  return starts;
}

/** The one-based line of an offset: how many lines start at it or before. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 1;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle - 1] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
