import type { StageTally } from '@eqlkit/engine';
import { printableText } from '@eqlkit/stream';
import { outColors } from '../output/colors.js';
import { displayWidth } from '../output/display-width.js';
import { LEAST_COLUMN_WIDTH, renderTable, tableWidth } from '../output/fitted-table.js';
import { hangingLines } from '../output/hanging-lines.js';
import { outputColumns } from '../output/terminal-width.js';

const HEAD: readonly string[] = ['condition', 'rejects', 'alone'];

/** Columns of the widest table of conditions: longer ones wrap, so that they stay readable. */
const MAX_WIDTH = 94;

/** Below this the conditions would be cut into slivers. */
const LEAST_TABLE_WIDTH = tableWidth([2 * LEAST_COLUMN_WIDTH, ...HEAD.slice(1).map(displayWidth)]);

/** Draws how many events each condition keeps away, and how many it alone does; what keeps all away stands out. */
export function renderTally({ conjuncts, held, examined }: StageTally): string {
  const columns = outputColumns();
  const worst = Math.max(...conjuncts.map(({ failedAlone }) => failedAlone));
  const kills = conjuncts.map(
    ({ failed, failedAlone }) => (held === 0 && failed === examined) || (failedAlone > 0 && failedAlone === worst),
  );
  const paint = (line: string, row: number): string => (kills[row] === true ? outColors.yellow(line) : line);
  const rows = conjuncts.map(({ text, failed, failedAlone }) => [
    printableText(text),
    String(failed),
    String(failedAlone),
  ]);
  if (columns < LEAST_TABLE_WIDTH) {
    return rows
      .flatMap(([text = '', failed = '', failedAlone = ''], row) => [
        ...hangingLines(paint(text, row), '', columns),
        ...hangingLines(paint(`rejects ${failed}, alone ${failedAlone}`, row), '    ', columns),
      ])
      .join('\n');
  }
  return renderTable(HEAD, rows, {
    width: Math.min(MAX_WIDTH, columns),
    overflow: 'wrap',
    whole: [1, 2],
    right: [1, 2],
    paint,
  });
}
