import type { CheckedQuery, EventQueryNode, ExpressionNode, StatementNode, SubqueryNode } from '@eqlkit/language';
import { all } from './expression-builder.js';

/**
 * Hides from a query the events that do not fulfil a condition, as if they did not exist: every stage, the `until` and
 * the missing events ask for it, too. The process trees behind `descendant of` see all events.
 *
 * @param dateFields - Fields that the condition compares with dates.
 */
export function narrowQuery(
  query: CheckedQuery,
  condition: ExpressionNode,
  dateFields: Iterable<string>,
): CheckedQuery {
  const dates = [...dateFields].map((path) => [path, { path, kind: 'date', mappingType: 'date' }] as const);
  const known = query.schema ?? { fields: new Map(), strict: false };
  return {
    ...query,
    statement: narrowStatement(query.statement, condition),
    schema: dates.length === 0 ? query.schema : { ...known, fields: new Map([...dates, ...known.fields]) },
  };
}

function narrowStatement(statement: StatementNode, condition: ExpressionNode): StatementNode {
  const narrowEvent = (event: EventQueryNode): EventQueryNode => ({
    ...event,
    condition: { ...all([event.condition, condition]), span: event.condition.span },
  });
  const narrowStage = (stage: SubqueryNode): SubqueryNode => ({ ...stage, query: narrowEvent(stage.query) });
  const { query } = statement;
  switch (query.kind) {
    case 'event-query':
      return { ...statement, query: narrowEvent(query) };
    case 'sample':
      return { ...statement, query: { ...query, stages: query.stages.map(narrowStage) } };
    case 'sequence':
    case 'join': {
      const until = query.until === null ? null : narrowStage(query.until);
      return { ...statement, query: { ...query, stages: query.stages.map(narrowStage), until } };
    }
  }
}
