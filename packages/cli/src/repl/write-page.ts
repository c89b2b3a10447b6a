import { outputColumns } from '../output/terminal-width.js';
import { PagedText } from './paged-text.js';
import type { ReplIo } from './repl-io.js';
import type { ReplSession } from './repl-session.js';

/** Rows that stay free for what follows a page: that there is more, a summary, and the prompt. */
const FREE_ROWS = 4;
const LEAST_ROWS = 5;

/** How many rows of output are one page. */
export function pageRows(io: ReplIo): number {
  return Math.max(LEAST_ROWS, io.rows - FREE_ROWS);
}

/** Writes the first page of a text, which may come in pieces of whole lines, and keeps the rest for `.more`. */
export function writePage(text: string | Iterable<string>, session: ReplSession, io: ReplIo): void {
  session.rest = new PagedText(typeof text === 'string' ? [text] : text);
  writeNextPage(session, io);
}

/** Writes the next page of what is kept. */
export function writeNextPage(session: ReplSession, io: ReplIo): void {
  const { rest } = session;
  const page = rest?.next(pageRows(io), outputColumns()) ?? [];
  if (page.length > 0) io.write(page.join('\n'));
  if (rest?.isShown() === false) io.write('… Enter or .more shows more');
  else session.rest = null;
}
