import type { Counts } from '@eqlkit/rules';
import { printableText } from '@eqlkit/stream';
import { outColors } from './colors.js';
import { displayWidth, truncateToWidth } from './display-width.js';

/** Most lines of one list; the others are summed up in a line. */
const MOST_LINES = 15;
const BAR_WIDTH = 24;
const NAME_WIDTH = 44;

/** Draws counts below a title, each with a bar. */
export function renderCounts(title: string, counts: Counts): string {
  if (counts.length === 0) return '';
  const shown = counts.slice(0, MOST_LINES).map(({ name, rules }) => ({
    name: truncateToWidth(printableText(name), NAME_WIDTH),
    rules,
  }));
  const most = Math.max(...counts.map(({ rules }) => rules));
  const nameWidth = Math.max(...shown.map(({ name }) => displayWidth(name)));
  const numberWidth = most.toLocaleString('en-US').length;
  const lines = shown.map(({ name, rules }) => {
    const bar = '█'.repeat(Math.max(1, Math.round((rules / most) * BAR_WIDTH)));
    const padding = ' '.repeat(nameWidth - displayWidth(name));
    return `  ${name}${padding}  ${rules.toLocaleString('en-US').padStart(numberWidth)}  ${outColors.cyan(bar)}`;
  });
  const more = counts.length - shown.length;
  if (more > 0) lines.push(outColors.dim(`  and ${more} more (all with --output json)`));
  return `${outColors.bold(title)}\n${lines.join('\n')}\n`;
}
