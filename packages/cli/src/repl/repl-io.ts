/** How the REPL speaks with its user. */
export interface ReplIo {
  /** Writes a line, or several. */
  write(text: string): void;
  /** Writes a line that is no result: how many there were, how long it took. Not with --quiet. */
  note(text: string): void;
  /** Says that something did not work. */
  fail(message: string): void;
  /** Asks a question; null where nobody can answer, as in a script. */
  ask(question: string): Promise<string | null>;
  /** Puts a text into the line that is being written; does nothing in a script. */
  prefill(text: string): void;
  /** Lines that one screen shows; Infinity in a script. */
  readonly rows: number;
  /** Aborted when the user presses Ctrl-C while something runs. */
  readonly signal: AbortSignal;
}
