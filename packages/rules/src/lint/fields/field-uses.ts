import {
  childrenOf,
  dottedName,
  visit,
  type EventQueryNode,
  type FieldNode,
  type StatementNode,
  type SyntaxNode,
} from '@eqlkit/language';

/** A field that an event query reads. */
export interface FieldUse {
  readonly node: FieldNode;
  /** Its path with dots, without array positions. */
  readonly name: string;
  /** The event query that reads it, of the event or of its keys. */
  readonly query: EventQueryNode;
}

/** Every field that a statement reads of its events, by event query; what an alias or a variable means is left out. */
export function fieldUsesOf(statement: StatementNode): readonly FieldUse[] {
  const aliases = aliasesOf(statement);
  const uses: FieldUse[] = [];
  const collect = (node: SyntaxNode, query: EventQueryNode): void => {
    if (node.kind === 'field') {
      if (aliases.has(String(node.path[0]))) return;
      uses.push({ node, name: dottedName(node.path), query });
      return;
    }
    // The query of `descendant of` looks at other events.
    if (node.kind !== 'lineage') for (const child of childrenOf(node)) collect(child, query);
  };
  visit(statement, (node) => {
    if (node.kind === 'event-query') collect(node.condition, node);
    if (node.kind === 'subquery') for (const key of node.keys) collect(key, node.query);
    if (node.kind === 'sequence' || node.kind === 'join' || node.kind === 'sample') {
      const [first] = node.stages;
      if (first !== undefined) for (const key of node.keys) collect(key, first.query);
    }
  });
  return uses;
}

/** The names that stages give to their events, and those that array functions of Python EQL give to elements. */
function aliasesOf(statement: StatementNode): ReadonlySet<string> {
  const aliases = new Set<string>();
  visit(statement, (node) => {
    if (node.kind === 'subquery' && node.alias !== null) aliases.add(node.alias.name);
    if (node.kind !== 'call' || !/^array(?:search|count)$/iu.test(node.name)) return;
    const [, variable] = node.arguments;
    if (variable?.kind === 'field' && variable.path.length === 1) aliases.add(String(variable.path[0]));
  });
  return aliases;
}
