import { countOf } from '../output/count-of.js';
import type { ReplIo } from './repl-io.js';
import type { ReplSession } from './repl-session.js';

/** Rows that stay free for the summary and the prompt. */
const FREE_ROWS = 4;

/** Writes what fits one screen and keeps the rest for `.more`. */
export function writePage(text: string, session: ReplSession, io: ReplIo): void {
  const lines = text.replace(/\n$/u, '').split('\n');
  session.rest = [];
  if (text === '') return;
  const rows = Math.max(5, io.rows - FREE_ROWS);
  if (lines.length <= rows) {
    io.write(lines.join('\n'));
    return;
  }
  io.write(lines.slice(0, rows).join('\n'));
  session.rest = lines.slice(rows);
  io.write(`… ${countOf(session.rest.length, 'line')} more: .more shows them`);
}
