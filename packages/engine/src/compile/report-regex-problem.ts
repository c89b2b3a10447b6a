import type { ExpressionNode, Span } from '@eqlkit/language';
import type { RegexProblem } from '../regex/regex-limits.js';
import { reportTo, type CompileContext } from './compile-context.js';

/**
 * Reports a regular expression that cannot be used: as EQL3005 where it has an operator that is known but not
 * supported, as EQL3004 otherwise. The place is that of the operator in the pattern where the literal shows it as it is.
 */
export function reportRegexProblem(problem: RegexProblem, pattern: ExpressionNode, context: CompileContext): void {
  const { message, operator } = problem;
  if (operator === undefined) {
    reportTo(context, 'EQL3004', `Invalid regular expression: ${message}`, locate(problem, pattern));
    return;
  }
  reportTo(context, 'EQL3005', message, locate(problem, pattern), {
    help: operator.startsWith('\\') ? undefined : `To mean the character, write \\${operator.charAt(0)}`,
  });
}

function locate({ offset, operator }: RegexProblem, pattern: ExpressionNode): Span {
  const { span } = pattern;
  if (pattern.kind !== 'string-literal') return span;
  const quote = (span.end - span.start - pattern.value.length) / 2;
  // With escapes in it the literal is longer than its value, and offsets do not tell the place.
  if (quote !== (pattern.raw ? 3 : 1)) return span;
  const start = span.start + quote + Math.min(offset, pattern.value.length);
  return { start, end: Math.min(start + (operator?.length ?? 1), span.end) };
}
