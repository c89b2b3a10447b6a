import { printableText } from '@eqlkit/stream';
import { errorColors } from '../../output/colors.js';
import { verbosity } from '../../output/verbosity.js';
import { printDiagnostics } from '../../output/diagnostics.js';
import type { ReplIo } from '../repl-io.js';

/** How questions are asked: gives what was answered. */
type AskQuestion = (question: string) => Promise<string>;

/** Output to a terminal while something runs, until Ctrl-C aborts the signal. */
export function createTerminalIo(signal: AbortSignal, ask: AskQuestion, prefill: (text: string) => void): ReplIo {
  const write = (text: string): void => {
    process.stdout.write(`${text}\n`);
  };
  return {
    write,
    note: (text) => {
      if (verbosity() !== 'quiet') write(text);
    },
    fail: (message) => {
      write(`${errorColors.red('error')}: ${printableText(message)}`);
    },
    diagnose: (diagnostics, text, file = 'query') => {
      write(printDiagnostics(diagnostics, file, text));
    },
    ask: async (question) => {
      const cancelled = new Promise<null>((resolve) => {
        signal.addEventListener('abort', () => {
          resolve(null);
        });
      });
      return signal.aborted ? null : Promise.race([ask(question), cancelled]);
    },
    prefill,
    rows: process.stdout.rows,
    signal,
  };
}
