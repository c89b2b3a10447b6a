import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** How many columns a text without colours takes on a terminal: most East Asian characters take two. */
export function displayWidth(text: string): number {
  return stringWidth(text);
}

/** A text cut to a number of columns, with an ellipsis where something is gone. */
export function truncateToWidth(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  return `${takeColumns(text, Math.max(1, columns - 1))}…`;
}

/** The end of a text that fits into a number of columns, with an ellipsis before it: of a path, the part that tells it from others. */
export function truncateStartToWidth(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  const backwards = [...graphemes.segment(text)].map(({ segment }) => segment).reverse();
  let kept = '';
  for (const segment of backwards) {
    if (displayWidth(segment + kept) > Math.max(1, columns - 1)) break;
    kept = segment + kept;
  }
  return `…${kept}`;
}

/** Longest stretch that is looked at for a line, in UTF-16 units for each of its columns: what is drawn as one may have many. */
const STRETCH_UNITS_PER_COLUMN = 40;

/** Text in which each character takes one column. */
const PLAIN = /^[\x20-\x7e]*$/u;

/** What a line may end with, so that names, paths and lists break where their parts do. */
const LINE_END = /[\s./\\,;:_-](?=[^\s./\\,;:_-]*$)/u;

/**
 * A text in lines of at most so many columns. A line ends behind a blank, a dot or another mark between parts if there is
 * one in its second half; characters that belong together stay together.
 */
export function wrapToWidth(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let start = 0;
  for (;;) {
    // A text may have megabytes, of which no line needs more than a stretch.
    const stretch = stretchOf(text, start, STRETCH_UNITS_PER_COLUMN * Math.max(1, columns));
    if (start + stretch.length === text.length && displayWidth(stretch) <= columns) return [...lines, stretch];
    const full = takeColumns(stretch, columns);
    const end = full.search(LINE_END) + 1;
    const line = end * 2 >= full.length ? full.slice(0, end) : full;
    lines.push(line);
    start += line.length;
  }
}

/** So many UTF-16 units of a text from a place on, without the half of a pair of surrogates at the end. */
function stretchOf(text: string, start: number, length: number): string {
  const stretch = text.slice(start, start + length);
  return start + length < text.length ? stretch.replace(/[\ud800-\udbff]$/u, '') : stretch;
}

/** As much of a text as takes so many columns; at least one character. */
function takeColumns(text: string, columns: number): string {
  // The character behind is looked at, too, as it might belong to the last one.
  if (columns >= 1 && PLAIN.test(text.slice(0, columns + 1))) return text.slice(0, columns);
  let taken = '';
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    const segmentWidth = displayWidth(segment);
    if (width + segmentWidth > columns && taken !== '') break;
    taken += segment;
    width += segmentWidth;
  }
  return taken;
}
