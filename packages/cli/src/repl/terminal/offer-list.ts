import { displayWidth, truncateToWidth } from '../../output/display-width.js';

/** Blanks between columns. */
const GAP = 2;

/** Draws offers in columns, as many lines as fit, and says how many are left out, or that nobody knows how many. */
export function drawOffers(offers: readonly string[], columns: number, rows: number, isPartial = false): string {
  const width = offers.reduce((widest, offer) => Math.min(columns, Math.max(widest, displayWidth(offer) + GAP)), 0);
  const perLine = Math.max(1, Math.floor(columns / width));
  const shown = offers.slice(0, perLine * Math.max(1, rows));
  const lines: string[] = [];
  for (let place = 0; place < shown.length; place += perLine) {
    const cells = shown.slice(place, place + perLine).map((offer) => truncateToWidth(offer, columns));
    lines.push(
      cells
        .map((cell) => cell + ' '.repeat(Math.max(0, width - displayWidth(cell))))
        .join('')
        .trimEnd(),
    );
  }
  const left = offers.length - shown.length;
  const more = left > 0 ? `… ${left.toLocaleString('en-US')}${isPartial ? ' or' : ''} more` : '… more';
  return [...lines, ...(left > 0 || isPartial ? [more] : [])].join('\n');
}

/** The longest text that all texts begin with. */
export function commonStart(texts: readonly string[]): string {
  const [first = '', ...others] = texts;
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}
