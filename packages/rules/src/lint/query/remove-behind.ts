import type { FindingFix } from '../lint.js';

interface Place {
  readonly span: { readonly start: number; readonly end: number };
}

/** Whether nothing but a comma or an operator stands between two neighbours: no comment, no parenthesis of only one. */
export function areNeighbours(previous: Place, next: Place, text: string): boolean {
  return /^\s*(?:,|and|or)\s*$/u.test(text.slice(previous.span.end, next.span.start));
}

/**
 * A proposal that takes out the second of two neighbours together with the comma or the operator between them. None if
 * more than that stands there.
 *
 * @param text - Of the query.
 */
export function proposeRemovalBehind(previous: Place, removed: Place, text: string): FindingFix | undefined {
  if (!areNeighbours(previous, removed, text)) return undefined;
  const span = { start: previous.span.end, end: removed.span.end };
  return { title: 'Remove it', span, replacement: '' };
}

/** The same as a safe fix. */
export function removeBehind(previous: Place, removed: Place, text: string): FindingFix | undefined {
  const fix = proposeRemovalBehind(previous, removed, text);
  return fix === undefined ? undefined : { ...fix, safe: true };
}
