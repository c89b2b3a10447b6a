import type {
  EventQueryNode,
  ExpressionNode,
  NumberLiteralNode,
  PathPart,
  PipeNode,
  QueryNode,
  StatementNode,
  SubqueryNode,
} from './ast.js';
import { quoteString } from './literals.js';
import { KEYWORD_TEXTS } from './tokens.js';

/** How tightly each construct binds; an operand that binds less tightly than its place needs parentheses. */
const BINDING = {
  or: 1,
  and: 2,
  not: 3,
  comparison: 4,
  additive: 5,
  multiplicative: 6,
  sign: 7,
  predicate: 8,
  primary: 9,
} as const;

const PLAIN_NAME = /^[A-Za-z_@][A-Za-z0-9_]*$/u;

/** Prints a query so that it parses to the same tree; comments and layout of the source are not kept. */
export function printQuery(statement: StatementNode): string {
  return [printBody(statement.query), ...statement.pipes.map(printPipe)].join('\n');
}

/** Prints one expression on one line. */
export function printExpression(expression: ExpressionNode): string {
  return printAt(expression, BINDING.or);
}

/** The name of a field as a query would write it, without its `?`. */
export function printFieldPath(path: readonly PathPart[]): string {
  let printed = '';
  for (const part of path) {
    if (typeof part === 'number') printed += `[${part}]`;
    else printed += printed === '' ? printName(part) : `.${printName(part)}`;
  }
  return printed;
}

function printBody(query: QueryNode): string {
  switch (query.kind) {
    case 'event-query':
      return printEventQuery(query);
    case 'sequence': {
      const maxspan = query.maxspan === null ? '' : ` with maxspan=${query.maxspan.text}`;
      const until = query.until === null ? [] : ['until', printSubquery(query.until)];
      return [`sequence${printKeys(query.keys)}${maxspan}`, ...query.stages.map(printSubquery), ...until].join('\n');
    }
    case 'join': {
      const until = query.until === null ? [] : ['until', printSubquery(query.until)];
      return [`join${printKeys(query.keys)}`, ...query.stages.map(printSubquery), ...until].join('\n');
    }
    case 'sample':
      return [`sample${printKeys(query.keys)}`, ...query.stages.map(printSubquery)].join('\n');
  }
}

function printEventQuery(query: EventQueryNode): string {
  return `${printCategory(query.category)} where ${printExpression(query.condition)}`;
}

function printCategory(category: string | null): string {
  if (category === null) return 'any';
  return PLAIN_NAME.test(category) && !KEYWORD_TEXTS.includes(category) ? category : quoteString(category);
}

function printSubquery(stage: SubqueryNode): string {
  const open = stage.missing ? '![' : '[';
  const fork = stage.fork ? ' fork=true' : '';
  const runs = stage.runs === 1 ? '' : ` with runs=${stage.runs}`;
  const alias = stage.alias === null ? '' : ` as ${stage.alias.name}`;
  return `  ${open}${printEventQuery(stage.query)}]${fork}${printKeys(stage.keys)}${runs}${alias}`;
}

function printKeys(keys: readonly ExpressionNode[]): string {
  return keys.length === 0 ? '' : ` by ${keys.map((key) => printAt(key, BINDING.additive)).join(', ')}`;
}

/** A pipe as a query would write it, with its bar. */
export function printPipe(pipe: PipeNode): string {
  const args = pipe.arguments.map(printExpression).join(', ');
  return `| ${pipe.name}${args === '' ? '' : ` ${args}`}`;
}

function printAt(expression: ExpressionNode, place: number): string {
  const text = printNode(expression);
  return bindingOf(expression) < place ? `(${text})` : text;
}

function printNode(node: ExpressionNode): string {
  switch (node.kind) {
    case 'logical':
      return node.operands.map((operand) => printAt(operand, BINDING[node.operator] + 1)).join(` ${node.operator} `);
    case 'not':
      return `not ${printAt(node.operand, BINDING.not)}`;
    case 'comparison':
      return `${printAt(node.left, BINDING.additive)} ${node.operator} ${printAt(node.right, BINDING.additive)}`;
    case 'arithmetic': {
      const binding = bindingOf(node);
      return `${printAt(node.left, binding)} ${node.operator} ${printAt(node.right, binding + 1)}`;
    }
    case 'negate':
      return `-${printAt(node.operand, BINDING.sign)}`;
    case 'membership': {
      const operator = `${node.negated ? 'not ' : ''}in${node.caseInsensitive ? '~' : ''}`;
      return `${printAt(node.operand, BINDING.primary)} ${operator} (${node.values.map(printExpression).join(', ')})`;
    }
    case 'pattern': {
      const patterns = node.patterns.map(printNode).join(', ');
      const operand = printAt(node.operand, BINDING.primary);
      return `${operand} ${node.operator} ${node.list ? `(${patterns})` : patterns}`;
    }
    case 'lineage':
      return `${node.relation} of [${printEventQuery(node.query)}]`;
    case 'call':
      return `${node.name}${node.caseInsensitive ? '~' : ''}(${node.arguments.map(printExpression).join(', ')})`;
    case 'field':
      return `${node.optional ? '?' : ''}${printFieldPath(node.path)}`;
    case 'variable':
      return `$${node.name}${node.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${printName(part)}`)).join('')}`;
    case 'null-literal':
      return 'null';
    case 'boolean-literal':
      return String(node.value);
    case 'number-literal':
      return printNumber(node);
    case 'string-literal':
      return node.raw && canBeRaw(node.value) ? `"""${node.value}"""` : quoteString(node.value);
  }
}

function bindingOf(node: ExpressionNode): number {
  switch (node.kind) {
    case 'logical':
      return BINDING[node.operator];
    case 'not':
      return BINDING.not;
    case 'comparison':
      return BINDING.comparison;
    case 'arithmetic':
      return node.operator === '+' || node.operator === '-' ? BINDING.additive : BINDING.multiplicative;
    case 'negate':
      return BINDING.sign;
    case 'number-literal':
      return node.value < 0 ? BINDING.sign : BINDING.primary;
    case 'membership':
    case 'pattern':
      return BINDING.predicate;
    default:
      return BINDING.primary;
  }
}

function printName(name: string): string {
  return PLAIN_NAME.test(name) && !KEYWORD_TEXTS.includes(name) ? name : `\`${name.replaceAll('`', '``')}\``;
}

function printNumber(node: NumberLiteralNode): string {
  if (node.integer) return String(node.value);
  if (node.value === Infinity) return '1e999';
  if (node.value === -Infinity) return '-1e999';
  const text = String(node.value);
  return /[.e]/u.test(text) ? text : `${text}.0`;
}

/** Whether a text can stand between triple quotes: on one line, and without three quotes that would end it early. */
function canBeRaw(value: string): boolean {
  return !/[\r\n]/u.test(value) && !value.includes('"""');
}
