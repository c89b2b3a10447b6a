import type { ExpressionNode, StatementNode } from '@eqlkit/language';
import type { Rule } from '../model/rule.js';

const SYSTEM_TAG = /^OS:\s*(.+)$/iu;
const SYSTEM_FIELDS = ['host.os.type', 'host.os.family', 'host.os.platform'];

/**
 * The operating systems that a rule is for, in lower case: from `os_list`, from its tags (`OS: Linux`), and from what its
 * query asks of `host.os.type`. Empty if it is for any, or for none in particular.
 */
export function rulePlatforms(rule: Rule, statement: StatementNode | null): readonly string[] {
  const named = [...rule.osList, ...rule.tags.flatMap((tag) => SYSTEM_TAG.exec(tag)?.[1] ?? [])];
  const asked = statement === null ? [] : askedSystems(statement);
  return [...new Set([...named, ...asked].map((system) => system.toLowerCase()))].sort();
}

function askedSystems(statement: StatementNode): readonly string[] {
  const { query } = statement;
  const events = query.kind === 'event-query' ? [query] : query.stages.map((stage) => stage.query);
  return events.flatMap(({ condition }) => askedIn(condition));
}

/** What stands under `not` is not asked for. */
function askedIn(node: ExpressionNode): readonly string[] {
  switch (node.kind) {
    case 'comparison':
      return node.operator === '==' && isSystemField(node.left) ? textsOf([node.right]) : [];
    case 'membership':
      return !node.negated && isSystemField(node.operand) ? textsOf(node.values) : [];
    case 'pattern':
      return isSystemField(node.operand) ? textsOf(node.patterns) : [];
    case 'logical':
      return node.operands.flatMap(askedIn);
    default:
      return [];
  }
}

function isSystemField(node: ExpressionNode): boolean {
  return node.kind === 'field' && SYSTEM_FIELDS.includes(node.path.join('.'));
}

function textsOf(nodes: readonly ExpressionNode[]): readonly string[] {
  return nodes.flatMap((node) => (node.kind === 'string-literal' && !/[*?]/u.test(node.value) ? [node.value] : []));
}
