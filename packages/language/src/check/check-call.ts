import { proposeName, suggestName } from '../diagnostics/suggest.js';
import {
  FUNCTION_SIGNATURES,
  findFunction,
  printSignature,
  type FunctionParameter,
  type FunctionSignature,
  type ParameterType,
  type ValueType,
} from '../functions/function-signatures.js';
import type { CallNode, ExpressionNode } from '../syntax/ast.js';
import { printExpression } from '../syntax/print-query.js';
import { isConstant } from '../syntax/visit.js';
import { withNames, type CheckContext } from './check-context.js';
import { describeType, typeOf } from './expression-type.js';

type Check = (node: ExpressionNode, context: CheckContext) => void;

const ACCEPTED: Readonly<Record<ParameterType, readonly ValueType[] | null>> = {
  string: ['string'],
  number: ['number'],
  boolean: ['boolean'],
  ip: ['ip', 'string'],
  any: null,
  array: null,
  name: null,
};

/** Checks a call: the function, its `~`, the number and types of its arguments, and the arguments themselves. */
export function checkCall(node: CallNode, context: CheckContext, checkExpression: Check, checkCondition: Check): void {
  const found = findFunction(node.name);
  if (found === undefined) {
    reportUnknown(node, context);
    // Which of its arguments introduces a variable is not known either.
    const names = node.arguments.flatMap((argument) => (argument.kind === 'variable' ? [argument.name] : []));
    const scope = withNames(context, names);
    for (const argument of node.arguments) checkExpression(argument, scope);
    return;
  }
  const { signature } = found;
  if (signature.dialects !== undefined && !signature.dialects.includes(context.dialect.name)) {
    context.report('EQL2001', `The ${context.dialect.name} dialect has no function ${signature.name}`, node.nameSpan, {
      help: `The ${signature.dialects.join(' and ')} dialect has it.`,
    });
    return;
  }
  if (node.caseInsensitive && !signature.caseInsensitiveForm) {
    context.report('EQL1031', `${signature.name} has no case-insensitive form`, node.nameSpan, {
      help: `Write ${signature.name} without "~".`,
      fix: { title: 'Remove the ~', span: node.nameSpan, replacement: signature.name },
    });
  }
  if (!checkArity(node, signature, context)) return;
  const variable = nameArgument(node, signature, context);
  node.arguments.forEach((argument, index) => {
    const parameter = parameterAt(signature, index);
    if (parameter === undefined || parameter.type === 'name') return;
    const scope = parameter.type === 'boolean' && variable !== undefined ? withNames(context, [variable]) : context;
    if (variable !== undefined && parameter.type === 'boolean') checkCondition(argument, scope);
    else checkExpression(argument, scope);
    if (parameter.constant === true && !isConstant(argument)) reportNotConstant(argument, parameter, node, scope);
    else checkArgument(argument, parameter, signature, scope);
  });
}

/** What EQL has in place of functions of other languages, by their names in lower case. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ...['exists', 'isnotnull', 'is_not_null'].map((name) => [name, 'Write: field != null'] as const),
  ...['missing', 'isnull', 'is_null', 'isempty'].map((name) => [name, 'Write: field == null'] as const),
  ...['contains', 'icontains', 'includes'].map(
    (name) => [name, 'Write: stringContains(field, "text"), or field : "*text*"'] as const,
  ),
  ...['lower', 'upper', 'tolower', 'toupper', 'to_lower', 'to_upper'].map(
    (name) => [name, 'Compare without case: field : "text", or field in~ ("text")'] as const,
  ),
  ...['strlen', 'len', 'size'].map((name) => [name, 'Did you mean "length"?'] as const),
  ...['tostring', 'to_string', 'str'].map((name) => [name, 'Did you mean "string"?'] as const),
  ...['toint', 'to_integer', 'int', 'tonumber'].map((name) => [name, 'Did you mean "number"?'] as const),
  ...['rlike', 'regexp', 'matches'].map((name) => [name, 'Write: field regex "expression"'] as const),
  ...['cidr_match', 'incidr', 'iprange'].map((name) => [name, 'Did you mean "cidrMatch"?'] as const),
]);

function reportUnknown(node: CallNode, context: CheckContext): void {
  const names = Object.values<FunctionSignature>(FUNCTION_SIGNATURES)
    .filter((signature) => signature.dialects?.includes(context.dialect.name) ?? true)
    .map((signature) => signature.name);
  const near = suggestName(node.name, names);
  const replacement = near === undefined || !node.caseInsensitive ? near : `${near}~`;
  const instead = INSTEAD.get(node.name.toLowerCase());
  const extras = instead === undefined ? proposeName(near, node.nameSpan, replacement) : { help: instead };
  context.report('EQL2001', `Unknown function ${node.name}`, node.nameSpan, extras);
}

function checkArity(node: CallNode, signature: FunctionSignature, context: CheckContext): boolean {
  const required = signature.parameters.filter((parameter) => parameter.optional !== true).length;
  const most = signature.parameters.some((parameter) => parameter.repeated === true)
    ? Infinity
    : signature.parameters.length;
  const count = node.arguments.length;
  if (count >= required && count <= most) return true;
  const range =
    most === Infinity ? `at least ${required}` : required === most ? `${required}` : `${required} to ${most}`;
  context.report(
    'EQL1025',
    `${signature.name} takes ${range} argument${range === '1' || range === 'at least 1' ? '' : 's'}, not ${count}`,
    node.span,
    { help: `Its form is ${printSignature(signature)}` },
  );
  return false;
}

/** The name that an array function gives to each element: `$entry`, or a bare name in the endgame dialect. */
function nameArgument(node: CallNode, signature: FunctionSignature, context: CheckContext): string | undefined {
  const index = signature.parameters.findIndex((parameter) => parameter.type === 'name');
  const argument = node.arguments[index];
  if (argument === undefined) return undefined;
  if (argument.kind === 'variable' && argument.path.length === 0) return argument.name;
  const [name, ...rest] = argument.kind === 'field' ? argument.path : [];
  if (typeof name === 'string' && rest.length === 0) return name;
  context.report(
    'EQL2004',
    `The second argument of ${signature.name} names the element, such as $entry`,
    argument.span,
  );
  return undefined;
}

function parameterAt(signature: FunctionSignature, index: number): FunctionParameter | undefined {
  const parameter = signature.parameters[index];
  if (parameter !== undefined) return parameter;
  const last = signature.parameters.at(-1);
  return last?.repeated === true ? last : undefined;
}

function reportNotConstant(
  argument: ExpressionNode,
  parameter: FunctionParameter,
  node: CallNode,
  context: CheckContext,
): void {
  const name = findFunction(node.name)?.signature.name ?? node.name;
  const [first, ...others] = node.arguments;
  // A constant where the field belongs: the two were mixed up.
  const swapped =
    first !== undefined && isConstant(first) && others.includes(argument)
      ? { ...node, arguments: [argument, ...others.map((other) => (other === argument ? first : other))] }
      : null;
  const message = `The argument "${parameter.name}" of ${name} must be a constant, but ${printExpression(argument)} reads the event`;
  context.report('EQL2004', message, argument.span, {
    help: swapped === null ? undefined : `Write: ${printExpression(swapped)}`,
    fix:
      swapped === null
        ? undefined
        : { title: 'Swap the arguments', span: node.span, replacement: printExpression(swapped) },
  });
}

function checkArgument(
  argument: ExpressionNode,
  parameter: FunctionParameter,
  signature: FunctionSignature,
  context: CheckContext,
): void {
  const accepted = ACCEPTED[parameter.type];
  const type = typeOf(argument, context);
  if (accepted === null || type === 'unknown' || type === 'null' || accepted.includes(type)) return;
  // Python EQL turns what it is given into text where it can.
  if (context.dialect.name === 'endgame') return;
  context.report(
    'EQL2004',
    `The argument "${parameter.name}" of ${signature.name} is ${describeParameter(parameter.type)}, not ${describeType(type)}`,
    argument.span,
    { help: parameter.type === 'string' && type === 'number' ? 'Turn the number into text: string(…).' : undefined },
  );
}

function describeParameter(type: ParameterType): string {
  return type === 'ip' ? 'an IP address' : `a ${type}`;
}
