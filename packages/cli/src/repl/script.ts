import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { sayDiagnostics } from '../output/diagnostics.js';
import { sayError } from '../output/messages.js';
import { verbosity } from '../output/verbosity.js';
import { executeInput } from './execute-input.js';
import { InputGatherer } from './gather-input.js';
import type { ReplIo } from './repl-io.js';
import type { ReplSession } from './repl-session.js';

/** How a script went. */
export interface ScriptOutcome {
  /** Whether something in it failed. */
  readonly failed: boolean;
}

/** Lines of inputs. */
export interface Script {
  readonly lines: AsyncIterable<string> | Iterable<string>;
  /** Names the place of an input by its line, from 1; null where there is but one. */
  readonly placeOf: (line: number) => string | null;
}

/**
 * Runs the inputs of scripts one after the other, without a terminal: output goes to standard output, failures and
 * diagnostics to standard error, with the place of the input.
 */
export async function runScripts(scripts: readonly Script[], session: ReplSession): Promise<ScriptOutcome> {
  let failed = false;
  let place: string | null = null;
  const io: ReplIo = {
    write: (text) => process.stdout.write(`${text}\n`),
    note: (text) => {
      if (verbosity() !== 'quiet') io.write(text);
    },
    fail: (message) => {
      failed = true;
      sayError(place === null ? message : `${place}: ${message}`);
    },
    diagnose: (diagnostics, text, file) => {
      sayDiagnostics(diagnostics, file ?? (place === null ? 'query' : `query of ${place}`), text);
    },
    ask: () => Promise.resolve(null),
    prefill: () => undefined,
    rows: Infinity,
    signal: new AbortController().signal,
  };
  for (const { lines, placeOf } of scripts) {
    for await (const { input, line } of placedInputs(lines)) {
      place = placeOf(line);
      if ((await executeInput(input, session, io)) === 'exit') return { failed };
    }
  }
  return { failed };
}

/** The inputs of lines, each with the line in which it begins. */
async function* placedInputs(
  lines: Script['lines'],
): AsyncGenerator<{ readonly input: string; readonly line: number }> {
  const gatherer = new InputGatherer();
  let line = 0;
  let begun = 0;
  for await (const text of lines) {
    line += 1;
    if (!gatherer.isOpen) begun = line;
    // Behind an input that was open, there may be one that ended it.
    for (const [place, input] of gatherer.take(text).entries()) yield { input, line: place === 0 ? begun : line };
  }
  for (const input of gatherer.end()) yield { input, line: begun };
}

/** The lines of a stream. */
export function linesOf(input: Readable): AsyncIterable<string> {
  return createInterface({ input, crlfDelay: Infinity });
}
