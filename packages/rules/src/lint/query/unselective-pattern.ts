import {
  findFunction,
  printFieldPath,
  type CallNode,
  type EventQueryNode,
  type ExpressionNode,
  type PatternNode,
} from '@eqlkit/language';
import type { QueryLint } from '../lint.js';

/** Fields of few values: comparing one of them leaves most events in. */
const COMMON = /^(?:event\.(?:category|kind|module|outcome|type)|host\.os\.\w+|data_stream\.\w+|agent\.\w+)$/u;

/** Categories in which `event.action` has few values, too, such as `start` and `exec`; in others it names one operation. */
const FEW_ACTIONS = ['process', 'file', 'network', 'registry', 'library', 'dns'];

/** A query whose only selective conditions are patterns that begin with `*`, so that every event has to be searched. */
export const unselectivePattern: QueryLint = {
  scope: 'query',
  code: 'EQL5012',
  *check({ query }) {
    for (const event of requiredEvents(query.statement.query)) {
      const selection = selectionOf(event.condition, event.category);
      if (selection.kind !== 'searched') continue;
      yield {
        at: { query: selection.node.span },
        message: `Nothing but patterns selects events here, and some begin with a wildcard, so each ${event.category === null ? 'event' : `${event.category} event`} is searched through`,
        help: 'Add a condition on a name, a path prefix or a code that the events must have, if there is one.',
      };
    }
  },
};

/** The event queries that events must match one by one: the query itself, or stages that are not missing. */
function requiredEvents(
  query: Parameters<QueryLint['check']>[0]['query']['statement']['query'],
): readonly EventQueryNode[] {
  if (query.kind === 'event-query') return [query];
  return query.stages.filter((stage) => !stage.missing).map((stage) => stage.query);
}

/** How well a condition selects: by looking up a value, only by searching through texts, or not at all. */
type Selection = { readonly kind: 'selective' | 'open' } | { readonly kind: 'searched'; readonly node: ExpressionNode };

const SELECTIVE: Selection = { kind: 'selective' };
const OPEN: Selection = { kind: 'open' };

function selectionOf(node: ExpressionNode, category: string | null): Selection {
  switch (node.kind) {
    case 'logical':
      return selectionOfLogical(
        node.operator,
        node.operands.map((operand) => selectionOf(operand, category)),
      );
    case 'comparison':
      return node.operator === '==' && isSelectiveField(node.left, category) && isText(node.right) ? SELECTIVE : OPEN;
    case 'membership':
      return !node.negated && isSelectiveField(node.operand, category) ? SELECTIVE : OPEN;
    case 'pattern':
      return selectionOfPattern(node, category);
    case 'call':
      return selectionOfCall(node, category);
    default:
      return OPEN;
  }
}

function selectionOfLogical(operator: 'and' | 'or', parts: readonly Selection[]): Selection {
  const searched = parts.find(({ kind }) => kind === 'searched');
  if (operator === 'and') return parts.find(({ kind }) => kind === 'selective') ?? searched ?? OPEN;
  // An alternative that selects nothing lets every event in, whatever the others do.
  if (parts.some(({ kind }) => kind === 'open')) return OPEN;
  return searched ?? SELECTIVE;
}

function selectionOfPattern(node: PatternNode, category: string | null): Selection {
  if (!isSelectiveField(node.operand, category)) return OPEN;
  const texts = node.patterns.flatMap((pattern) => (pattern.kind === 'string-literal' ? [pattern.value] : []));
  const isRegex = node.operator === 'regex' || node.operator === 'regex~';
  if (texts.some((text) => (isRegex ? /^\.\*$/u : /^[*?]*$/u).test(text))) return OPEN;
  return texts.some((text) => text.startsWith(isRegex ? '.*' : '*')) ? { kind: 'searched', node } : SELECTIVE;
}

function selectionOfCall(node: CallNode, category: string | null): Selection {
  const [source, text] = node.arguments;
  if (source === undefined || text === undefined || !isSelectiveField(source, category) || !isText(text)) return OPEN;
  switch (findFunction(node.name)?.key) {
    case 'startswith':
      return SELECTIVE;
    case 'endswith':
    case 'stringcontains':
      return { kind: 'searched', node };
    default:
      return OPEN;
  }
}

function isSelectiveField(node: ExpressionNode, category: string | null): boolean {
  if (node.kind !== 'field') return false;
  const name = printFieldPath(node.path);
  return name === 'event.action' ? category === null || !FEW_ACTIONS.includes(category) : !COMMON.test(name);
}

function isText(node: ExpressionNode): boolean {
  return node.kind === 'string-literal' || node.kind === 'number-literal';
}
