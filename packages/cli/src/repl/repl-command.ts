import type { ReplIo } from './repl-io.js';
import type { ReplSession } from './repl-session.js';

/** A dot command. */
export interface ReplCommand {
  /** Without its dot. */
  readonly name: string;
  /** What stands behind the name, for `.help`. */
  readonly usage: string;
  readonly summary: string;
  /** What may stand for the last word of the argument, of which something is written; `query` if the argument is one. */
  readonly completion?: 'query' | ((written: string, session: ReplSession) => readonly string[]);
  run(argument: string, session: ReplSession, io: ReplIo): Promise<void> | void;
}

/** The words of an argument; quotes keep blanks together. */
export function splitWords(argument: string): readonly string[] {
  return [...argument.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/gu)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  );
}
