import { visit, type EventQueryNode, type ExpressionNode, type StatementNode } from '@eqlkit/language';

/** What a statement consists of. */
export interface QueryParts {
  /** Every event query, in source order. */
  readonly eventQueries: readonly EventQueryNode[];
  /** Every expression, outer ones first. */
  readonly expressions: readonly ExpressionNode[];
}

/** Takes a statement apart. */
export function partsOf(statement: StatementNode): QueryParts {
  const eventQueries: EventQueryNode[] = [];
  const expressions: ExpressionNode[] = [];
  visit(statement, (node) => {
    switch (node.kind) {
      case 'event-query':
        eventQueries.push(node);
        return;
      case 'statement':
      case 'sequence':
      case 'join':
      case 'sample':
      case 'subquery':
      case 'identifier':
      case 'time-span':
      case 'pipe':
        return;
      default:
        expressions.push(node);
    }
  });
  return { eventQueries, expressions };
}
