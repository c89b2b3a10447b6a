import { visit, type EventQueryNode, type ExpressionNode, type StatementNode } from '@eqlkit/language';

/** Every event query of a statement, in source order. */
export function eventQueriesOf(statement: StatementNode): readonly EventQueryNode[] {
  const found: EventQueryNode[] = [];
  visit(statement, (node) => {
    if (node.kind === 'event-query') found.push(node);
  });
  return found;
}

/** Every expression of a statement, outer ones first. */
export function expressionsOf(statement: StatementNode): readonly ExpressionNode[] {
  const found: ExpressionNode[] = [];
  visit(statement, (node) => {
    switch (node.kind) {
      case 'statement':
      case 'event-query':
      case 'sequence':
      case 'join':
      case 'sample':
      case 'subquery':
      case 'identifier':
      case 'time-span':
      case 'pipe':
        return;
      default:
        found.push(node);
    }
  });
  return found;
}
