import { visit, type StatementNode, type SyntaxNode } from '@eqlkit/language';

/** What of the language a query uses. */
export interface QueryConstructs {
  /** Event categories, `any` among them. */
  readonly categories: ReadonlySet<string>;
  /** Kinds of queries, clauses and operators, by the names that the language reference gives them. */
  readonly constructs: ReadonlySet<string>;
  /** Functions, as they are spelled customarily in lower case. */
  readonly functions: ReadonlySet<string>;
}

/** Finds out what of the language a query uses. */
export function queryConstructs(statement: StatementNode): QueryConstructs {
  const found = { categories: new Set<string>(), constructs: new Set<string>(), functions: new Set<string>() };
  visit(statement, (node) => {
    if (node.kind === 'event-query') found.categories.add(node.category ?? 'any');
    if (node.kind === 'call') found.functions.add(node.name.toLowerCase());
    for (const construct of constructsOf(node)) found.constructs.add(construct);
  });
  if (statement.query.kind === 'event-query') found.constructs.add('event query');
  return found;
}

function constructsOf(node: SyntaxNode): readonly string[] {
  switch (node.kind) {
    case 'sequence':
      return [
        'sequence',
        ...(node.maxspan === null ? [] : ['maxspan']),
        ...(node.until === null ? [] : ['until']),
        ...(node.keys.length === 0 ? [] : ['join keys of all stages']),
      ];
    case 'join':
    case 'sample':
      return [node.kind];
    case 'subquery':
      return [
        ...(node.missing ? ['missing event'] : []),
        ...(node.runs === 1 ? [] : ['runs']),
        ...(node.alias === null ? [] : ['stage name']),
        ...(node.keys.length === 0 ? [] : ['join keys of a stage']),
      ];
    case 'pipe':
      return [`pipe ${node.name}`];
    case 'not':
      return ['not'];
    case 'comparison':
      return node.left.kind === 'field' && node.right.kind === 'field' ? ['field comparison'] : [];
    case 'arithmetic':
    case 'negate':
      return ['arithmetic'];
    case 'membership':
      return [node.caseInsensitive ? 'in~' : 'in'];
    case 'pattern':
      return [node.operator];
    case 'lineage':
      return [`${node.relation} of`];
    case 'call':
      return node.caseInsensitive ? ['function~'] : [];
    case 'field':
      return node.optional ? ['optional field'] : [];
    case 'variable':
      return ['array variable'];
    case 'statement':
    case 'event-query':
    case 'identifier':
    case 'time-span':
    case 'logical':
    case 'null-literal':
    case 'boolean-literal':
    case 'number-literal':
    case 'string-literal':
      return [];
  }
}
