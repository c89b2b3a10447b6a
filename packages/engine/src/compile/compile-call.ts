import { findFunction, type CallNode, type ExpressionNode } from '@eqlkit/language';
import type { EventView } from '../event/event-view.js';
import { toFieldValue } from '../event/field-value.js';
import { FUNCTION_LIBRARY, type ScalarFunctionName } from '../functions/function-library.js';
import { compileRegex } from '../regex/compile-regex.js';
import { parseCidrBlock } from '../network/cidr.js';
import { isJsonList } from '../values/json-shape.js';
import type { JsonValue, Value } from '../values/value.js';
import { compareScalars } from './compare-scalars.js';
import { reportTo, type CompileContext } from './compile-context.js';
import { foldingFor, type LeafScope, type ValueFunction } from './leaf-scope.js';
import { literalValue } from './literal-value.js';
import { isDouble } from './numeric-kind.js';
import { reportRegexProblem } from './report-regex-problem.js';
import { resolveField } from './resolve-field.js';

/** Compiles a function call for its value. */
export function compileCall(node: CallNode, scope: LeafScope): ValueFunction {
  const found = findFunction(node.name);
  if (found === undefined) throw new Error(`the checker let an unknown function pass: ${node.name}`);
  switch (found.key) {
    case 'arraysearch':
    case '_arraysearch':
      return compileArraySearch(node, scope.context, (elements, holds) => elements.some(holds));
    case 'arraycount':
      return compileArraySearch(node, scope.context, (elements, holds) => elements.filter(holds).length);
    case 'arraycontains':
      return compileArrayContains(node, scope);
    case 'safe':
      // Nothing throws here: what cannot be computed is null anyway.
      return scope.context.compilers.value(argumentAt(node, 0), scope);
    case 'length':
      if (scope.context.dialect.name !== 'elasticsearch') return compileArrayLength(node, scope);
      return compileLibraryCall(node, found.key, scope);
    default:
      return compileLibraryCall(node, found.key, scope);
  }
}

function compileLibraryCall(node: CallNode, key: ScalarFunctionName, scope: LeafScope): ValueFunction {
  const { context } = scope;
  checkConstantArguments(node, key, context);
  const call = FUNCTION_LIBRARY[key]({
    dialect: context.dialect,
    caseInsensitive: node.caseInsensitive || context.dialect.foldCase,
    folding: foldingFor(argumentAt(node, 0)),
    constants: node.arguments.map(literalValue),
    doubleArguments: node.arguments.map((argument) => isDouble(argument, context)),
    report: context.countProblem,
  });
  const [first, second, ...others] = node.arguments.map((argument) => scope.context.compilers.value(argument, scope));
  // Most calls have one or two arguments that depend on the event.
  if (first === undefined) return () => call([]);
  if (second === undefined) return (view) => call([first(view)]);
  if (others.length === 0) return (view) => call([first(view), second(view)]);
  return (view) => call([first(view), second(view), ...others.map((other) => other(view))]);
}

/** Constants that can be wrong by themselves are reported when the query is compiled. */
function checkConstantArguments(node: CallNode, key: ScalarFunctionName, context: CompileContext): void {
  const texts = node.arguments.slice(1).map((argument) => ({ argument, value: literalValue(argument) }));
  for (const { argument, value } of texts) {
    if (key === 'cidrmatch' && (typeof value !== 'string' || parseCidrBlock(value) === null)) {
      reportTo(
        context,
        'EQL3003',
        `${describeConstant(value)} is neither a network block nor an IP address`,
        argument.span,
        {
          help: 'Write a block such as "10.0.0.0/8" or "fe80::/10", or a single address.',
        },
      );
    }
    if ((key === 'match' || key === 'matchlite') && typeof value === 'string') {
      const syntax = context.dialect.name === 'endgame' ? 'python' : 'lucene';
      const regex = compileRegex([value], { caseInsensitive: node.caseInsensitive, syntax });
      if (!regex.ok) reportRegexProblem(regex, argument, context);
    }
  }
}

function describeConstant(value: Value | undefined): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** Most elements that array functions within another one look at for one answer of that: each level multiplies. */
const MAX_INNER_ELEMENTS = 1_000_000;

/** `arraySearch(array, variable, condition)`: the condition for each element in turn. */
function compileArraySearch(
  node: CallNode,
  context: CompileContext,
  conclude: (elements: readonly JsonValue[], holds: (element: JsonValue) => boolean) => Value,
): ValueFunction {
  const array = argumentAt(node, 0);
  const variable = nameOf(argumentAt(node, 1));
  const readArray = compileRaw(array, context);
  const isOutermost = context.innerElements === null;
  const innerElements = context.innerElements ?? { left: 0 };
  const condition = context.compilers.condition(argumentAt(node, 2), {
    ...context,
    variables: new Set([...context.variables, variable]),
    innerElements,
  });
  const take = (): boolean => {
    if (innerElements.left === 0) return false;
    innerElements.left -= 1;
    if (innerElements.left === 0) context.countProblem('too-many-combinations');
    return true;
  };
  return (view) => {
    if (isOutermost) innerElements.left = MAX_INNER_ELEMENTS;
    else if (innerElements.left === 0) return conclude([], () => false);
    const raw = readArray(view);
    const isList = isJsonList(raw);
    // Only arrays are arrays in Python EQL; elsewhere a value stands for an array of one, as in Elasticsearch.
    if (!isList && context.dialect.threeValuedNot) return null;
    if (raw === undefined || raw === null) return conclude([], () => false);
    const holds = (element: JsonValue): boolean =>
      (isOutermost || take()) && view.withElement(variable, element, () => condition.test(view));
    return conclude(isList ? raw : [raw], holds);
  };
}

function compileArrayContains(node: CallNode, scope: LeafScope): ValueFunction {
  const { dialect } = scope.context;
  const readArray = compileRaw(argumentAt(node, 0), scope.context);
  const wanted = node.arguments.slice(1).map((argument) => scope.context.compilers.value(argument, scope));
  return (view) => {
    const raw = readArray(view);
    if (!isJsonList(raw)) return null;
    const values = wanted.map((value) => value(view));
    return raw.some((element) => {
      if (element === null || typeof element === 'object') return false;
      return values.some((value) => value !== null && compareScalars('==', element, value, dialect));
    });
  };
}

/** `length` of an array is the number of its elements, where arrays are values. */
function compileArrayLength(node: CallNode, scope: LeafScope): ValueFunction {
  const argument = argumentAt(node, 0);
  const ofText = compileLibraryCall(node, 'length', scope);
  if (argument.kind !== 'field' && argument.kind !== 'variable') return ofText;
  const readRaw = compileRaw(argument, scope.context);
  return (view) => {
    const raw = readRaw(view);
    return isJsonList(raw) ? raw.length : ofText(view);
  };
}

function compileRaw(node: ExpressionNode, context: CompileContext): (view: EventView) => JsonValue | undefined {
  if (node.kind === 'field' || node.kind === 'variable') {
    const { place, readRaw } = resolveField(node, context);
    if (place !== null) context.fields.markStructured(place);
    return readRaw;
  }
  const value = literalValue(node);
  return () => (value === undefined || value === null ? undefined : toFieldValue(value));
}

function nameOf(node: ExpressionNode): string {
  if (node.kind === 'variable') return node.name;
  const [name] = node.kind === 'field' ? node.path : [];
  return typeof name === 'string' ? name : '';
}

function argumentAt(node: CallNode, index: number): ExpressionNode {
  const argument = node.arguments[index];
  if (argument === undefined) throw new Error(`the checker let ${node.name} pass with too few arguments`);
  return argument;
}
