import type { QueryLint } from '../lint.js';

/** A sequence that takes each event from anywhere. */
export const sequenceWithoutKeys: QueryLint = {
  scope: 'query',
  code: 'EQL5010',
  *check({ query }) {
    const { query: sequence } = query.statement;
    if (sequence.kind !== 'sequence' || sequence.keys.length > 0) return;
    if (sequence.stages.some((stage) => stage.keys.length > 0)) return;
    // A rule of the endpoint sees the events of one host only, and ties stages together by their names.
    if (query.dialect.name === 'endpoint') return;
    yield {
      at: { query: { start: sequence.span.start, end: sequence.span.start + 'sequence'.length } },
      message: 'This sequence has no join keys: its events may come from different hosts, users and processes',
      help: 'Name what they share: sequence by host.id, …',
    };
  },
};
