import type { Diagnostic } from '@eqlkit/language';

/** How the REPL speaks with its user. */
export interface ReplIo {
  /** Writes a line, or several. */
  write(text: string): void;
  /** Writes a line that is no result: how many there were, how long it took. Not with --quiet. */
  note(text: string): void;
  /** Says that something did not work. */
  fail(message: string): void;
  /** Shows what the diagnostics of an input say of a text, which is a query if no file is named. */
  diagnose(diagnostics: readonly Diagnostic[], text: string, file?: string): void;
  /** Asks a question; null where nobody can answer, as in a script. */
  ask(question: string): Promise<string | null>;
  /** Puts a text into the line that is being written; does nothing in a script. */
  prefill(text: string): void;
  /** Lines that one screen shows; Infinity in a script. */
  readonly rows: number;
  /** Aborted when the user presses Ctrl-C while something runs. */
  readonly signal: AbortSignal;
}
