import type { Diagnostic } from '@eqlkit/language';
import { sayDiagnostics } from './diagnostics.js';
import { sayError } from './messages.js';

/** What keeps a command from running: a sentence, or a mistake that has its place in a file. */
export interface InputProblem {
  /** On one line, with the place if there is one. */
  readonly message: string;
  readonly located?: { readonly diagnostic: Diagnostic; readonly file: string; readonly text: string } | undefined;
}

/** Says a problem; a mistake in a file with its line. */
export function sayInputProblem({ message, located }: InputProblem): void {
  if (located === undefined) sayError(message);
  else sayDiagnostics([located.diagnostic], located.file, located.text);
}
