import { didYouMean } from '@eqlkit/language';
import { REPL_COMMANDS } from './commands.js';
import type { ReplIo } from './repl-io.js';
import type { ReplSession } from './repl-session.js';
import { runQuery } from './run-query.js';
import { writeNextPage } from './write-page.js';

/** What is to happen after an input. */
export type InputOutcome = 'next' | 'exit';

/** Runs a dot command or a query. What goes wrong with it is said, and never ends the REPL. */
export async function executeInput(input: string, session: ReplSession, io: ReplIo): Promise<InputOutcome> {
  const text = input.trim();
  try {
    if (text === '') {
      if (session.rest !== null) writeNextPage(session, io);
      return 'next';
    }
    if (!text.startsWith('.')) {
      await runQuery(text.replace(/;\s*$/u, ''), session, io);
      return 'next';
    }
    const [, name = '', argument = ''] = /^\.(\S*)\s*([^]*)$/u.exec(text) ?? [];
    if (name === 'exit' || name === 'quit') return 'exit';
    const command = REPL_COMMANDS.find((one) => one.name === name);
    if (command === undefined) {
      const advice = didYouMean(
        `.${name}`,
        REPL_COMMANDS.map((one) => `.${one.name}`),
      );
      io.fail(`there is no command .${name}. ${advice ?? '.help shows them'}`);
    } else {
      await command.run(argument.trim(), session, io);
    }
  } catch (error) {
    io.fail(error instanceof Error ? error.message : String(error));
  }
  return 'next';
}
