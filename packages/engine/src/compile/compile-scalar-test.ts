import type { ComparisonOperator, ExpressionNode, MembershipNode, PatternNode, Span } from '@eqlkit/language';
import { compareAddresses, parseAddress } from '../network/address.js';
import { compileCidrMatch, parseCidrBlock } from '../network/cidr.js';
import { compileRegex, countLongTexts, type RegexSyntax } from '../regex/compile-regex.js';
import { foldCase, type CaseFolding } from '../text/case-folding.js';
import { compareCodePoints } from '../text/compare-code-points.js';
import { compileWildcardPatterns } from '../text/wildcard-pattern.js';
import { canonicalDate } from '../time/canonical-date.js';
import { parseDateExpression } from '../time/date-math.js';
import { parseTimestamp } from '../time/timestamp.js';
import type { Scalar, Value } from '../values/value.js';
import { compareVersions } from '../version/compare-versions.js';
import { reportTo, type CompileContext } from './compile-context.js';
import { reportRegexProblem } from './report-regex-problem.js';
import { foldingFor } from './leaf-scope.js';
import { numbersEqualText, type OperandType } from './operand-type.js';
import { compileUntypedTest, holdsFor, type PositiveOperator, type ScalarTest } from './compare-scalars.js';

const NEVER: ScalarTest = () => false;

/** The operator with its sides swapped. */
export function mirror(operator: ComparisonOperator): ComparisonOperator {
  switch (operator) {
    case '<':
      return '>';
    case '<=':
      return '>=';
    case '>':
      return '<';
    case '>=':
      return '<=';
    case '==':
    case '!=':
      return operator;
  }
}

/** Compares a value with a constant, as the type of the field asks for. */
export function compileComparisonTest(
  operator: PositiveOperator,
  constant: Scalar,
  type: OperandType,
  span: Span,
  context: CompileContext,
): ScalarTest {
  switch (typeof type === 'object' ? type.kind : undefined) {
    case 'date':
      return compileDateTest(operator, constant, span, context);
    case 'ip':
      return compileAddressTest(operator, constant, span, context);
    case 'version': {
      if (typeof constant !== 'string') return NEVER;
      return (value) => typeof value === 'string' && holdsFor(operator, compareVersions(value, constant));
    }
    default:
      return compileUntypedTest(operator, constant, context.dialect, numbersEqualText(type, context));
  }
}

function compileDateTest(
  operator: PositiveOperator,
  constant: Scalar,
  span: Span,
  context: CompileContext,
): ScalarTest {
  // Date math that rounds names a whole day or hour: its end counts for `<=` and `>`, as in Elasticsearch.
  const roundUp = operator === '<=' || operator === '>';
  const timestamp =
    typeof constant === 'string'
      ? parseDateExpression(constant, context.nowMs, roundUp)
      : typeof constant === 'boolean'
        ? null
        : parseTimestamp(constant);
  const date = timestamp === null ? null : canonicalDate(timestamp);
  if (date === null) {
    reportTo(context, 'EQL3006', `${JSON.stringify(String(constant))} is not a date`, span, {
      help: 'Write a date such as "2024-05-31T12:00:00Z", or date math such as "now-1d".',
    });
    return NEVER;
  }
  return (value) => typeof value === 'string' && holdsFor(operator, compareCodePoints(value, date));
}

function compileAddressTest(
  operator: PositiveOperator,
  constant: Scalar,
  span: Span,
  context: CompileContext,
): ScalarTest {
  const text = String(constant);
  const block = operator === '==' ? parseCidrBlock(text) : null;
  if (block !== null) {
    const inBlock = compileCidrMatch([block]);
    return (value) => typeof value === 'string' && inBlock(value);
  }
  const address = parseAddress(text);
  if (address === null) {
    reportTo(context, 'EQL3003', `${JSON.stringify(text)} is neither an IP address nor a network block`, span);
    return NEVER;
  }
  return (value) => {
    const order = typeof value === 'string' ? compareAddresses(value, address) : null;
    return order !== null && holdsFor(operator, order);
  };
}

/** `in` and `in~` with constants. */
export function compileMembershipTest(
  node: MembershipNode,
  constants: readonly Value[],
  type: OperandType,
  folding: CaseFolding,
  context: CompileContext,
): ScalarTest {
  const values = constants.filter((value) => value !== null);
  const plainTexts = values.every((value) => typeof value === 'string');
  const typed = typeof type === 'object' && ['date', 'ip', 'version'].includes(type.kind);
  const loose = numbersEqualText(type, context);
  if (plainTexts && !typed) {
    if (context.dialect.foldCase || node.caseInsensitive) {
      const fold: CaseFolding = context.dialect.foldCase ? 'unicode' : folding;
      const folded = new Set(values.map((value) => foldCase(value, fold)));
      return onText(loose, (text) => folded.has(foldCase(text, fold)));
    }
    const texts = new Set(values);
    return onText(loose, (text) => texts.has(text));
  }
  const tests = values.map((value): ScalarTest => {
    if (node.caseInsensitive && typeof value === 'string') {
      const folded = foldCase(value, folding);
      return onText(loose, (text) => foldCase(text, folding) === folded);
    }
    return compileComparisonTest('==', value, type, node.span, context);
  });
  return (value) => tests.some((test) => test(value));
}

/** Looks at text, and where a number equals the text that spells it at numbers too. */
function onText(loose: boolean, test: (text: string) => boolean): ScalarTest {
  if (!loose) return (value) => typeof value === 'string' && test(value);
  return (value) => typeof value !== 'boolean' && test(String(value));
}

/** `:`, `like`, `regex` and their case-insensitive forms. */
export function compilePatternTest(node: PatternNode, type: OperandType, context: CompileContext): ScalarTest {
  const patterns = node.patterns.flatMap((pattern) => (pattern.kind === 'string-literal' ? [pattern.value] : []));
  const test = compileTextPatterns(node, patterns, foldingFor(node.operand), context);
  // Python EQL looks at every number as text.
  return onText(numbersEqualText(type, context) || context.dialect.name === 'endgame', test);
}

function compileTextPatterns(
  node: PatternNode,
  patterns: readonly string[],
  folding: CaseFolding,
  context: CompileContext,
): (text: string) => boolean {
  const options = { onLongText: () => context.countProblem('text-too-long-for-pattern') };
  switch (node.operator) {
    case ':':
    case 'like~':
      return compileWildcardPatterns(patterns, folding, options);
    case 'like':
      return compileWildcardPatterns(patterns, context.dialect.foldCase ? 'unicode' : 'none', options);
    case 'regex':
    case 'regex~': {
      const caseInsensitive = node.operator === 'regex~' || context.dialect.foldCase;
      const regex = compileRegex(patterns, { caseInsensitive, syntax: regexSyntaxFor(node.operand, context) });
      if (regex.ok) return countLongTexts(regex, context.countProblem);
      reportRegexProblem(regex, node.patterns[regex.patternIndex] ?? node, context);
      return () => false;
    }
  }
}

/** Elasticsearch asks its index for fields, in Lucene's syntax, and matches computed text itself, in Java's. */
function regexSyntaxFor(operand: ExpressionNode, context: CompileContext): RegexSyntax {
  const computed = operand.kind !== 'field' && operand.kind !== 'variable';
  return computed && context.dialect.name !== 'endgame' ? 'java' : 'lucene';
}
