import { displayWidth } from './display-width.js';
import { wrapText } from './wrap-text.js';

/** Blanks before what a line goes on with below. */
const HANG = '  ';

/** An indentation leaves a text at least so many columns. */
const LEAST_TEXT_COLUMNS = 12;

/** Breaks an indented text into lines of at most so many columns; what goes on below stands further in. It may hold colours. */
export function hangingLines(text: string, indent: string, columns: number): readonly string[] {
  const kept = indent.slice(0, Math.max(0, columns - HANG.length - LEAST_TEXT_COLUMNS));
  if (displayWidth(text) <= columns - kept.length) return [kept + text];
  return wrapText(text, columns - kept.length - HANG.length).map((line, place) =>
    place === 0 ? kept + line : kept + HANG + line,
  );
}
