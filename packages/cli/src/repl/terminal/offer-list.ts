import { displayWidth, truncateToWidth } from '../../output/display-width.js';

/** Blanks between columns. */
const GAP = 2;

/** Draws offers in columns, as many lines as fit, and says how many are left out. */
export function drawOffers(offers: readonly string[], columns: number, rows: number): string {
  const width = Math.min(columns, Math.max(...offers.map(displayWidth)) + GAP);
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
  return [...lines, ...(left > 0 ? [`… ${left} more`] : [])].join('\n');
}

/** The longest text that all texts begin with. */
export function commonStart(texts: readonly string[]): string {
  const [first = '', ...others] = texts;
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}
