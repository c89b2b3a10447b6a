import { foldCase, type CaseFolding } from '../text/case-folding.js';
import { indexOfText, lastIndexOfText } from '../text/linear-search.js';
import type { Value } from '../values/value.js';
import type { CallContext, FunctionImplementation } from './call-context.js';
import { toPosition } from './text-functions.js';

/** Something computed from a text and the text that is looked for in it, both folded. */
type Search = (text: string, sought: string, rest: readonly Value[]) => Value;

/** A function of two texts, either of which may be a constant, that gives `otherwise` unless both are texts. */
function searchFunction(search: Search, otherwise: (context: CallContext) => Value): FunctionImplementation {
  return (context) => {
    const folding = foldingOf(context);
    const constant = context.constants[1];
    const foldedConstant = typeof constant === 'string' ? foldCase(constant, folding) : undefined;
    const missing = otherwise(context);
    return (args) => {
      const [text, sought] = args;
      if (typeof text !== 'string' || typeof sought !== 'string') return missing;
      return search(foldCase(text, folding), foldedConstant ?? foldCase(sought, folding), args);
    };
  };
}

/** Functions that ignore case fold every letter, not only A to Z. */
function foldingOf({ caseInsensitive }: CallContext): CaseFolding {
  return caseInsensitive ? 'unicode' : 'none';
}

const nullOtherwise = (): Value => null;

/** `startsWith(text, start)`; an empty start is at the start of every text. */
export const startsWith = searchFunction((text, sought) => text.startsWith(sought), nullOtherwise);

/** `endsWith(text, end)`; an empty end is at the end of every text. */
export const endsWith = searchFunction((text, sought) => text.endsWith(sought), nullOtherwise);

/**
 * `stringContains(text, part)`; nothing contains, or is contained in, an empty text. In the `endgame` dialect a missing
 * text or part makes it false instead of null.
 */
export const stringContains = searchFunction(
  (text, sought) => sought !== '' && indexOfText(text, sought) !== -1,
  ({ dialect }) => (dialect.name === 'endgame' ? false : null),
);

/**
 * `indexOf(text, part[, start])`: the first position, in UTF-16 units, at or after `start` where the part begins; null if
 * there is none. A null or negative start is 0.
 */
export const indexOf = searchFunction((text, sought, [, , start = null]) => {
  const from = toPosition(start, 0);
  if (from === null) return null;
  const position = indexOfText(text, sought, from);
  return position === -1 ? null : position;
}, nullOtherwise);

/**
 * `between(text, left, right[, greedy])`: what stands between the first `left` and the first `right` after it, or the last
 * `right` of the text if `greedy`. An empty text if either is not found; the text itself if it or either delimiter is
 * empty. Null if any argument is null.
 *
 * In the `endgame` dialect it is null if either is not found, and empty delimiters are found at once.
 */
export const between: FunctionImplementation = (context) => {
  const python = context.dialect.name === 'endgame';
  const folding = foldingOf(context);
  return ([text = null, left = null, right = null, greedy = false]) => {
    if (typeof text !== 'string' || typeof left !== 'string' || typeof right !== 'string') return null;
    if (typeof greedy !== 'boolean') return null;
    if (!python && (text === '' || left === '' || right === '')) return text;
    const folded = foldCase(text, folding);
    const leftAt = indexOfText(folded, foldCase(left, folding));
    const start = leftAt + left.length;
    const foldedRight = foldCase(right, folding);
    const end = greedy ? lastIndexOfText(folded, foldedRight) : indexOfText(folded, foldedRight, start);
    if (leftAt === -1 || end < start) return python ? null : '';
    return text.slice(start, end);
  };
};
