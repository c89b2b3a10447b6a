import { stripVTControlCharacters } from 'node:util';
import { displayWidth } from './display-width.js';
import { hangingLines } from './hanging-lines.js';

/** Lines of a diagnostic that show a text, point into it, or name its place: they mean nothing when they are broken. */
const DRAWN_LINE = /^\s*(?:-->|\d*\s*\|)/u;

/** Breaks the lines of messages between words where they are longer than the terminal is wide. They may hold colours. */
export function wrapMessage(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((line) => {
      if (displayWidth(line) <= columns || DRAWN_LINE.test(stripVTControlCharacters(line))) return [line];
      const indent = /^ */u.exec(line)?.[0] ?? '';
      return hangingLines(line.slice(indent.length), indent, columns);
    })
    .join('\n');
}
