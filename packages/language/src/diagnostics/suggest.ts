import { distance } from 'fastest-levenshtein';
import type { Span } from '../syntax/span.js';
import type { DiagnosticExtras } from './diagnostic.js';

/** Longest name, in UTF-16 units, that a slip is looked for in: two of megabytes take hours to compare. */
const MAX_NAME_LENGTH = 200;

/** The candidate nearest to a mistyped name, if one is near enough to be meant; case does not count. */
export function suggestName(typed: string, candidates: Iterable<string>): string | undefined {
  if (typed.length > MAX_NAME_LENGTH) return undefined;
  const wanted = typed.toLowerCase();
  // A third of the name may be wrong, at most three characters.
  const limit = Math.min(3, Math.max(1, Math.floor(typed.length / 3)));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - typed.length) > limit) continue;
    const found = countSlips(wanted, candidate.toLowerCase());
    if (found < bestDistance) {
      best = candidate;
      bestDistance = found;
    }
  }
  return best;
}

/** How many slips lie between two names: a wrong, missing or additional character, or two neighbours swapped. */
function countSlips(typed: string, meant: string): number {
  return isSwap(typed, meant) ? 1 : distance(typed, meant);
}

function isSwap(typed: string, meant: string): boolean {
  if (typed.length !== meant.length) return false;
  let at = 0;
  while (at < typed.length && typed[at] === meant[at]) at += 1;
  return (
    at + 1 < typed.length &&
    typed[at] === meant[at + 1] &&
    typed[at + 1] === meant[at] &&
    typed.slice(at + 2) === meant.slice(at + 2)
  );
}

/** The help and the fix that propose a name in place of what a span holds; nothing without a name. */
export function proposeName(near: string | undefined, span: Span, replacement = near): DiagnosticExtras {
  if (near === undefined || replacement === undefined) return {};
  return { help: `Did you mean "${near}"?`, fix: { title: `Use ${replacement}`, span, replacement } };
}

/** `Did you mean "x"?`, or nothing if no candidate is near. */
export function didYouMean(typed: string, candidates: Iterable<string>): string | undefined {
  const found = suggestName(typed, candidates);
  return found === undefined ? undefined : `Did you mean "${found}"?`;
}
