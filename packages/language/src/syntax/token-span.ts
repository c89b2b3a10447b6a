import type { IToken } from 'chevrotain';
import type { Span } from './span.js';

/** Where a token stands in the source. Chevrotain's end offsets are inclusive, ours are not. */
export function spanOfToken(token: IToken): Span {
  const start = Number.isFinite(token.startOffset) ? token.startOffset : 0;
  return { start, end: start + token.image.length };
}
