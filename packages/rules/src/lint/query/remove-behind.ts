import type { Comment, Span } from '@eqlkit/language';
import type { FindingFix } from '../lint.js';

/** Whether a comment lies in a span, so that a fix must leave it alone. */
export function holdsComment(span: Span, comments: readonly Comment[]): boolean {
  return comments.some((comment) => comment.span.start < span.end && comment.span.end > span.start);
}

/**
 * A fix that takes out the second of two neighbours together with the comma or the operator between them. None if a
 * comment would go with them.
 */
export function removeBehind(
  previous: { readonly span: Span },
  removed: { readonly span: Span },
  comments: readonly Comment[],
): FindingFix | undefined {
  const span = { start: previous.span.end, end: removed.span.end };
  return holdsComment(span, comments) ? undefined : { title: 'Remove it', span, replacement: '', safe: true };
}
