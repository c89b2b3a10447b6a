import {
  childrenOf,
  dottedName,
  visit,
  type EventQueryNode,
  type FieldNode,
  type StatementNode,
  type SyntaxNode,
} from '@eqlkit/language';

type StageScope = ReadonlyMap<string, EventQueryNode>;

/** A field of an event that a query reads. */
export interface FieldUse {
  readonly node: FieldNode;
  /** Its path in the event with dots, without array positions. */
  readonly name: string;
  /** The event query whose events have it. */
  readonly query: EventQueryNode;
  /** The name of the earlier stage of whose event it is, as the path begins with it; `null` if it is of the event at hand. */
  readonly stage: string | null;
  /** The stages that came before, by their names. */
  readonly earlierStages: StageScope;
  /** Whether the path begins with the name of a stage that comes only now or later. */
  readonly isEarly: boolean;
}

const NO_STAGES: StageScope = new Map();

/** Every field that a statement reads of its events; what a variable of an array function means is left out. */
export function fieldUsesOf(statement: StatementNode): readonly FieldUse[] {
  const elements = elementNamesOf(statement);
  const { scopes, names } = stageScopesOf(statement);
  const uses: FieldUse[] = [];
  const collect = (node: SyntaxNode, query: EventQueryNode): void => {
    if (node.kind === 'field') {
      const scope = scopes.get(query) ?? NO_STAGES;
      const first = String(node.path[0]);
      if (elements.has(first)) return;
      const stage = scope.get(first);
      const isEarly = stage === undefined && node.path.length > 1 && names.has(first);
      const shared = { node, earlierStages: scope, isEarly };
      if (stage === undefined) uses.push({ ...shared, name: dottedName(node.path), query, stage: null });
      else if (node.path.length > 1) {
        uses.push({ ...shared, name: dottedName(node.path.slice(1)), query: stage, stage: first });
      }
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

/** For each event query the named stages before it, and the names of all stages. */
function stageScopesOf(statement: StatementNode): {
  readonly scopes: ReadonlyMap<EventQueryNode, StageScope>;
  readonly names: ReadonlySet<string>;
} {
  const scopes = new Map<EventQueryNode, StageScope>();
  const names = new Set<string>();
  visit(statement, (node) => {
    if (node.kind !== 'sequence') return;
    let scope = NO_STAGES;
    for (const stage of [...node.stages, ...(node.until === null ? [] : [node.until])]) {
      const before = scope;
      visit(stage.query, (inner) => {
        if (inner.kind === 'event-query') scopes.set(inner, before);
      });
      if (stage.alias === null) continue;
      names.add(stage.alias.name);
      scope = new Map([...before, [stage.alias.name, stage.query]]);
    }
  });
  return { scopes, names };
}

/** The names that array functions of Python EQL give to elements. */
function elementNamesOf(statement: StatementNode): ReadonlySet<string> {
  const names = new Set<string>();
  visit(statement, (node) => {
    if (node.kind !== 'call' || !/^array(?:search|count)$/iu.test(node.name)) return;
    const [, variable] = node.arguments;
    if (variable?.kind === 'field' && variable.path.length === 1) names.add(String(variable.path[0]));
  });
  return names;
}
