import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
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

/** Runs inputs from lines, without a terminal: output goes to standard output, failures to standard error. */
export async function runScript(
  lines: AsyncIterable<string> | Iterable<string>,
  session: ReplSession,
): Promise<ScriptOutcome> {
  let failed = false;
  const io: ReplIo = {
    write: (text) => process.stdout.write(`${text}\n`),
    note: (text) => {
      if (verbosity() !== 'quiet') io.write(text);
    },
    fail: (message) => {
      failed = true;
      sayError(message);
    },
    ask: () => Promise.resolve(null),
    prefill: () => undefined,
    rows: Infinity,
    signal: new AbortController().signal,
  };
  const gatherer = new InputGatherer();
  const run = async (inputs: readonly string[]): Promise<boolean> => {
    for (const input of inputs) if ((await executeInput(input, session, io)) === 'exit') return false;
    return true;
  };
  for await (const line of lines) if (!(await run(gatherer.take(line)))) return { failed };
  await run(gatherer.end());
  return { failed };
}

/** The lines of a stream. */
export function linesOf(input: Readable): AsyncIterable<string> {
  return createInterface({ input, crlfDelay: Infinity });
}
