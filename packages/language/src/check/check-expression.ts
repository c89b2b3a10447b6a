import type { DiagnosticExtras } from '../diagnostics/diagnostic.js';
import { proposeName, suggestName } from '../diagnostics/suggest.js';
import type { Schema } from '../schema/schema.js';
import type {
  ComparisonNode,
  ExpressionNode,
  FieldNode,
  LineageNode,
  MembershipNode,
  PatternNode,
  VariableNode,
} from '../syntax/ast.js';
import { dottedName } from '../syntax/dotted-name.js';
import { quoteString } from '../syntax/literals.js';
import { printExpression, printFieldPath } from '../syntax/print-query.js';
import { isConstant, visit } from '../syntax/visit.js';
import { checkCall } from './check-call.js';
import { definitionOf, type CheckContext } from './check-context.js';
import { areComparable, describeType, typeOf } from './expression-type.js';

/** Checks a condition: what stands after `where`, and each operand of `and`, `or` and `not`. */
export function checkCondition(condition: ExpressionNode, context: CheckContext): void {
  const type = typeOf(condition, context);
  if (type !== 'boolean' && type !== 'null' && type !== 'unknown') {
    context.report('EQL2003', `A condition is true or false, but this is ${describeType(type)}`, condition.span, {
      help: condition.kind === 'field' ? `Compare it, such as: ${printFieldPath(condition.path)} != null` : undefined,
    });
    return;
  }
  checkExpression(condition, context);
}

/** Checks an expression and everything in it. */
export function checkExpression(node: ExpressionNode, context: CheckContext): void {
  switch (node.kind) {
    case 'logical':
      for (const operand of node.operands) checkCondition(operand, context);
      return;
    case 'not':
      checkCondition(node.operand, context);
      return;
    case 'comparison':
      checkComparison(node, context);
      return;
    case 'arithmetic':
      checkNumber(node.left, node.operator, context);
      checkNumber(node.right, node.operator, context);
      return;
    case 'negate':
      checkNumber(node.operand, '-', context);
      return;
    case 'membership':
      checkMembership(node, context);
      return;
    case 'pattern':
      checkPattern(node, context);
      return;
    case 'lineage':
      checkLineage(node, context);
      return;
    case 'call':
      checkCall(node, context, checkExpression, checkCondition);
      return;
    case 'field':
      checkField(node, context);
      return;
    case 'variable':
      checkVariable(node, context);
      return;
    case 'null-literal':
    case 'boolean-literal':
    case 'number-literal':
    case 'string-literal':
      return;
  }
}

function checkComparison(node: ComparisonNode, context: CheckContext): void {
  checkExpression(node.left, context);
  checkExpression(node.right, context);
  checkFieldComparison(node, context);
  if (isFractionOfInteger(node.left, node.right, context) || isFractionOfInteger(node.right, node.left, context)) {
    if (node.operator === '==' || node.operator === '!=') {
      context.report('EQL2012', 'This comparison never holds: the field holds whole numbers', node.span);
    }
    return;
  }
  const left = typeOf(node.left, context);
  const right = typeOf(node.right, context);
  if (areComparable(left, right)) return;
  context.report(
    'EQL2012',
    `This comparison never holds: ${describeType(left)} is never equal to or ordered against ${describeType(right)}`,
    node.span,
  );
}

function isFractionOfInteger(field: ExpressionNode, constant: ExpressionNode, context: CheckContext): boolean {
  if (field.kind !== 'field' || constant.kind !== 'number-literal' || Number.isInteger(Number(constant.value))) {
    return false;
  }
  const definition = definitionOf(field, context);
  return definition !== null && definition !== 'unmapped' && ['long', 'unsigned_long'].includes(definition.kind);
}

/** One side of a comparison must be constant, as Elasticsearch has it; two optional fields may both be absent. */
function checkFieldComparison(node: ComparisonNode, context: CheckContext): void {
  if (context.dialect.fieldComparison || isConstant(node.left) || isConstant(node.right)) return;
  const optional = [node.left, node.right].every(
    (side) => side.kind === 'field' && side.optional && isAbsentFromSchema(side, context),
  );
  if (optional && (node.operator === '==' || node.operator === '!=')) return;
  context.report(
    'EQL3001',
    `A comparison needs a constant on one side, but both ${printExpression(node.left)} and ${printExpression(node.right)} read the event`,
    node.span,
    mentionQuotes(
      [node.right, node.left].find((side) => isBareWord(side, context)),
      'Comparing two fields is possible in the endpoint and endgame dialects.',
    ),
  );
}

/** Fields of one word that every event may have. */
const BASE_FIELDS: ReadonlySet<string> = new Set(['@timestamp', 'labels', 'message', 'tags']);

/** Endings of file names that stand for no field. */
const FILE_ENDING = /\.(?:bat|cmd|com|cpl|dll|exe|hta|js|lnk|msi|ps1|py|scr|sh|sys|tmp|vbs)$/iu;

/** A name of one word, or of a file, that no schema has: rather a text without its quotes. */
function isBareWord(node: ExpressionNode, context: CheckContext): node is FieldNode {
  if (node.kind !== 'field' || node.optional) return false;
  const name = dottedName(node.path);
  if (BASE_FIELDS.has(name) || (node.path.length > 1 && !FILE_ENDING.test(name))) return false;
  return isAbsentFromSchema(node, context);
}

/** The help for what stands where a constant is wanted, with the quotes that a bare word may lack. */
function mentionQuotes(word: FieldNode | undefined, help: string): DiagnosticExtras {
  if (word === undefined) return { help };
  const quoted = quoteString(dottedName(word.path));
  return {
    help: `Did you mean the text ${quoted}? ${help}`,
    fix: { title: 'Put it into quotes', span: word.span, replacement: quoted },
  };
}

function isAbsentFromSchema(field: FieldNode, context: CheckContext): boolean {
  const definition = definitionOf(field, context);
  return definition === null || definition === 'unmapped';
}

function checkNumber(operand: ExpressionNode, operator: string, context: CheckContext): void {
  checkExpression(operand, context);
  const type = typeOf(operand, context);
  if (type === 'number' || type === 'null' || type === 'unknown') return;
  context.report('EQL2010', `"${operator}" takes numbers, not ${describeType(type)}`, operand.span, {
    help: operator === '+' && type === 'string' ? 'Join texts with concat(…).' : undefined,
  });
}

function checkMembership(node: MembershipNode, context: CheckContext): void {
  checkExpression(node.operand, context);
  const operandType = typeOf(node.operand, context);
  const listType = { first: 'unknown' as ReturnType<typeof typeOf> };
  for (const value of node.values) {
    checkExpression(value, context);
    if (!isConstant(value) && !context.dialect.fieldComparison) {
      const word = isBareWord(value, context) ? value : undefined;
      context.report(
        'EQL2006',
        `The list after "in" holds constants, not ${printExpression(value)}`,
        value.span,
        mentionQuotes(word, 'Write strings in double quotes.'),
      );
      continue;
    }
    const type = typeOf(value, context);
    if (listType.first === 'unknown' || listType.first === 'null') listType.first = type;
    if (type !== 'null' && type !== 'unknown' && type !== listType.first && context.dialect.name !== 'endgame') {
      const message = `The list mixes ${describeType(listType.first)} with ${describeType(type)}`;
      context.report('EQL2005', message, value.span);
      return;
    }
    if (!areComparable(operandType, type)) {
      const message = `${describeType(operandType)} is never equal to ${describeType(type)}`;
      context.report('EQL2005', message.charAt(0).toUpperCase() + message.slice(1), value.span);
      return;
    }
  }
}

function checkPattern(node: PatternNode, context: CheckContext): void {
  checkExpression(node.operand, context);
  const type = typeOf(node.operand, context);
  if (type !== 'string' && type !== 'unknown' && type !== 'null') {
    context.report('EQL2010', `"${node.operator}" looks at text, not at ${describeType(type)}`, node.operand.span, {
      help: type === 'number' ? 'Compare numbers with "==", or turn the number into text: string(…).' : undefined,
    });
  }
  for (const pattern of node.patterns) {
    if (pattern.kind === 'string-literal') continue;
    const replaceable = node.operator === ':' && node.patterns.length === 1;
    context.report('EQL2010', `"${node.operator}" takes strings, not ${printExpression(pattern)}`, pattern.span, {
      help: 'Compare numbers, booleans and null with "==".',
      fix: replaceable ? { title: 'Use ==', span: node.operatorSpan, replacement: ' ==' } : undefined,
    });
  }
}

function checkLineage(node: LineageNode, context: CheckContext): void {
  if (!context.dialect.lineage) {
    context.report('EQL2008', `"${node.relation} of" is not part of the ${context.dialect.name} dialect`, node.span, {
      help: 'The endpoint and endgame dialects have it.',
    });
  }
  checkCondition(node.query.condition, context);
}

function checkField(node: FieldNode, context: CheckContext): void {
  const definition = definitionOf(node, context);
  if (definition === null) return;
  const name = printFieldPath(node.path);
  if (definition === 'unmapped') {
    if (!node.optional && context.schema !== null) reportUnknownField(node, context.schema, context);
    return;
  }
  const unsearchable: Readonly<Partial<Record<typeof definition.kind, string>>> = {
    text: 'it is analysed text without a keyword beside it',
    nested: definition.mappingType === 'nested' ? 'it holds nested objects' : 'it lies in nested objects',
    object: 'it holds an object',
    unsupported: `its type is ${definition.mappingType}`,
  };
  const reason = unsearchable[definition.kind];
  if (reason === undefined || context.dialect.name !== 'elasticsearch') return;
  context.report('EQL2009', `The field ${name} cannot be searched: ${reason}`, node.span);
}

/** An error where the schema is all there is, as in Elasticsearch; else other fields may turn up, and it is a warning. */
function reportUnknownField(node: FieldNode, schema: Schema, context: CheckContext): void {
  const name = printFieldPath(node.path);
  const source =
    schema.learned === undefined ? 'The schema has no field' : 'No event that the schema knows has the field';
  const [code, message] = schema.strict
    ? (['EQL2002', `Unknown field ${name}`] as const)
    : (['EQL2015', `${source} ${name}`] as const);
  const help = `If events may lack it, write ?${name}`;
  if (FILE_ENDING.test(name)) {
    context.report(code, message, node.span, mentionQuotes(node, `${help}.`));
    return;
  }
  context.report(code, message, node.span, { help, ...proposeName(context.suggestField(name), node.span) });
}

function checkVariable(node: VariableNode, context: CheckContext): void {
  if (!context.dialect.aliases) {
    context.report(
      'EQL2008',
      `Variables such as $${node.name} are not part of the ${context.dialect.name} dialect`,
      node.span,
      {
        help: 'The endpoint dialect has them.',
      },
    );
    return;
  }
  if (context.names.has(node.name)) return;
  const near = suggestName(node.name, context.names);
  context.report('EQL2011', `No enclosing array function introduces the variable $${node.name}`, node.span, {
    help: near === undefined ? undefined : `Did you mean $${near}?`,
  });
}

/** The fields that an expression reads, each once, as written. */
export function fieldsOf(expression: ExpressionNode): readonly FieldNode[] {
  const fields = new Map<string, FieldNode>();
  visit(expression, (node) => {
    if (node.kind === 'field') fields.set(printFieldPath(node.path), node);
  });
  return [...fields.values()];
}
