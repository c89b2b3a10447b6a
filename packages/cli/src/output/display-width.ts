import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** How many columns a text without colours takes on a terminal: most East Asian characters take two. */
export function displayWidth(text: string): number {
  return stringWidth(text);
}

/** A text cut to a number of columns, with an ellipsis where something is gone. */
export function truncateToWidth(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  const [first = ''] = wrapToWidth(text, Math.max(1, columns - 1));
  return `${first}…`;
}

/** A text in lines of at most so many columns; characters that belong together stay together. */
export function wrapToWidth(text: string, columns: number): readonly string[] {
  if (displayWidth(text) <= columns) return [text];
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    const segmentWidth = displayWidth(segment);
    if (width + segmentWidth > columns && line !== '') {
      lines.push(line);
      line = '';
      width = 0;
    }
    line += segment;
    width += segmentWidth;
  }
  return [...lines, line];
}
