import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { script } from '@bomb.sh/tab';

/** The shells that there are scripts for. */
export const COMPLETED_SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

export type CompletedShell = (typeof COMPLETED_SHELLS)[number];

const SCRIPT_FOLDER = new URL('../../completion/', import.meta.url);
const PROGRAM = fileURLToPath(new URL('../../bin/eql.js', import.meta.url));

/**
 * The script that teaches a shell to complete `eql`. It asks `eql complete` whenever something is completed, so that it never
 * goes stale, and leaves files to the shell, which knows how to quote them. What is typed is never evaluated.
 */
export function completionScript(shell: CompletedShell): string {
  if (shell === 'powershell') return powershellScript();
  // Where `eql` is an alias, the script asks the command that wrote it.
  return readFileSync(new URL(`eql.${shell}`, SCRIPT_FOLDER), 'utf8').replaceAll('@PROGRAM@', () => quote(PROGRAM));
}

/** A text as one word of bash, zsh and fish. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The library prints its script, and gives it in no other way. */
function powershellScript(): string {
  const lines: string[] = [];
  const { log } = console;
  console.log = (text: string) => lines.push(`${text}\n`);
  try {
    script('powershell', 'eql', 'eql');
  } finally {
    console.log = log;
  }
  return lines.join('');
}
