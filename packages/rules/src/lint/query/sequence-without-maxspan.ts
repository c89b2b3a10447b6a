import type { QueryLint } from '../lint.js';

/** A sequence that waits for its next event without end. */
export const sequenceWithoutMaxspan: QueryLint = {
  scope: 'query',
  code: 'EQL5009',
  *check({ query }) {
    const { query: sequence } = query.statement;
    if (sequence.kind !== 'sequence' || sequence.maxspan !== null) return;
    // A missing event without maxspan is an error of its own.
    if (sequence.stages.some((stage) => stage.missing)) return;
    yield {
      at: { query: { start: sequence.span.start, end: sequence.span.start + 'sequence'.length } },
      message: 'This sequence has no maxspan: its events may be years apart, and what has begun is kept for good',
      help: 'Say how long it may take: sequence by … with maxspan=5m',
    };
  },
};
