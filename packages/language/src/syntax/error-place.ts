import type { IToken } from 'chevrotain';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Span } from './span.js';

/** Where the parser stopped. */
export interface ErrorPlace {
  readonly text: string;
  readonly tokens: readonly IToken[];
  /** The token that does not fit; undefined at the end of the query. */
  readonly token: IToken | undefined;
  readonly previous: IToken | undefined;
  readonly next: IToken | undefined;
  readonly span: Span;
  /** What the grammar wanted instead; empty if nothing more could follow. */
  readonly expected: string;
}

/** Recognises one kind of mistake and says what it is; undefined if it is another. */
export type Explanation = (place: ErrorPlace) => Diagnostic | undefined;
