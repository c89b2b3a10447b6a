/** A text of one or several lines that is being written, with the place of the cursor in UTF-16 units. */
export interface EditedText {
  readonly text: string;
  readonly cursor: number;
}

/** The cursor one line up (-1) or down (1), at the same column if it can; null where there is no such line. */
export function moveByLine({ text, cursor }: EditedText, by: -1 | 1): EditedText | null {
  const start = lineStart(text, cursor);
  const column = cursor - start;
  const to = by === -1 ? lineStart(text, start - 1) : lineEnd(text, cursor) + 1;
  if (to > text.length || (by === -1 && start === 0)) return null;
  return { text, cursor: Math.min(to + column, lineEnd(text, to)) };
}

/** Where the line with the place begins. */
export function lineStart(text: string, place: number): number {
  return place <= 0 ? 0 : text.lastIndexOf('\n', place - 1) + 1;
}

/** Where the line with the place ends. */
export function lineEnd(text: string, place: number): number {
  const end = text.indexOf('\n', place);
  return end === -1 ? text.length : end;
}

/** The text with another one at the cursor, which comes behind it. Instead of what stands from `start` on, if given. */
export function insertText({ text, cursor }: EditedText, inserted: string, start = cursor): EditedText {
  return { text: text.slice(0, start) + inserted + text.slice(cursor), cursor: start + inserted.length };
}

/** What was pasted, without characters that nobody sees; line breaks stay, a tab becomes two blanks. */
export function cleanPaste(pasted: string): string {
  return pasted
    .replace(/\r\n?/gu, '\n')
    .replaceAll('\t', '  ')
    .replace(/[^\P{C}\n]/gu, '')
    .replace(/\n+$/u, '');
}
