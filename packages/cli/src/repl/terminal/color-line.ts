import { cursorTo, moveCursor } from 'node:readline';
import type { REPLServer } from 'node:repl';
import { outColors } from '../../output/colors.js';
import { highlightQuery } from '../../output/highlight-query.js';

export const SAVE_CURSOR = '\u001b7';
export const RESTORE_CURSOR = '\u001b8';

/** Draws a query over itself, in colours. The characters stay the same, so that nothing moves. */
export function colorLine(server: REPLServer): void {
  const { stdout } = process;
  if (!outColors.isColorSupported || server.line === '' || server.line.startsWith('.')) return;
  const { rows } = server.getCursorPos();
  // What reaches beyond the screen cannot be drawn over.
  const height = server.line.split('\n').length + Math.floor(server.line.length / stdout.columns);
  if (height >= stdout.rows) return;
  stdout.write(SAVE_CURSOR);
  moveCursor(stdout, 0, -rows);
  cursorTo(stdout, 0);
  stdout.write(server.getPrompt() + highlightQuery(server.line) + RESTORE_CURSOR);
}
