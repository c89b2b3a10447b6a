import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { cleanPaste } from './edited-text.js';

/** Most inputs that are remembered. */
export const MAX_HISTORY = 1_000;

/** Only its owner reads what was asked. */
const FILE_MODE = 0o600;

/** Where the history is kept; null if it is not to be. */
export function historyFile(env: NodeJS.ProcessEnv): string | null {
  const file =
    env['EQL_HISTORY'] ?? join(env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'eql', 'history');
  return file === '' ? null : file;
}

/**
 * The inputs of earlier sessions, the latest first. In the file the latest comes last, and an input of several lines has a
 * backslash at the end of each but the last. A file that has become long is shortened.
 */
export function readHistory(file: string): readonly string[] {
  mkdirSync(dirname(file), { recursive: true });
  // A named pipe or a device may never end.
  if (existsSync(file) && !statSync(file).isFile()) throw new Error(`${file} is no regular file`);
  closeSync(openSync(file, 'a', FILE_MODE));
  const text = readFileSync(file, 'utf8');
  const entries: string[] = [];
  let open = '';
  for (const line of text.split('\n')) {
    if (line.endsWith('\\')) {
      open += `${line.slice(0, -1)}\n`;
      continue;
    }
    // What others wrote into the file goes to the terminal, too.
    const entry = cleanPaste(open + line);
    if (entry !== '') entries.push(entry);
    open = '';
  }
  if (entries.length > 2 * MAX_HISTORY) {
    writeFileSync(file, entries.slice(-MAX_HISTORY).map(encode).join(''), { mode: FILE_MODE });
  }
  return entries.slice(-MAX_HISTORY).reverse();
}

/** Adds an input. Sessions that run at the same time add to the same file. */
export function appendHistory(file: string, input: string): void {
  appendFileSync(file, encode(input), { mode: FILE_MODE });
}

function encode(input: string): string {
  const lines = input.split('\n');
  // A comment may end with a backslash, too.
  return lines
    .map((line, place) => (place < lines.length - 1 ? `${line}\\\n` : `${line.replace(/\\$/u, '\\ ')}\n`))
    .join('');
}
