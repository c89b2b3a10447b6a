import { printableText } from '@eqlkit/stream';
import { errorColors } from '../../output/colors.js';
import { verbosity } from '../../output/verbosity.js';
import { printDiagnostics } from '../../output/diagnostics.js';
import { textColumns } from '../../output/terminal-width.js';
import { wrapMessage } from '../../output/wrap-message.js';
import type { ReplIo } from '../repl-io.js';

/** How questions are asked: gives what was answered. */
type AskQuestion = (question: string) => Promise<string>;

/** Output to a terminal while something runs, until Ctrl-C aborts the signal. */
export function createTerminalIo(signal: AbortSignal, ask: AskQuestion, prefill: (text: string) => void): ReplIo {
  const write = (text: string): void => {
    process.stdout.write(`${text}\n`);
  };
  const say = (message: string): void => {
    write(wrapMessage(message, textColumns()));
  };
  return {
    write,
    note: (text) => {
      if (verbosity() !== 'quiet') say(text);
    },
    fail: (message) => {
      say(`${errorColors.red('error')}: ${printableText(message)}`);
    },
    diagnose: (diagnostics, text, file = 'query') => {
      say(printDiagnostics(diagnostics, file, text));
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
