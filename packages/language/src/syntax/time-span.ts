import type { IToken } from 'chevrotain';
import { createDiagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { TimeSpanNode } from './ast.js';
import { coverSpans } from './span.js';
import { spanOfToken } from './token-span.js';

/** Milliseconds of each unit that a maxspan may have. */
const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** Longer than any event stream: a hundred thousand days keep every sum of timestamps exact. */
const MAX_SPAN_MS = 100_000 * 86_400_000;

/** Reads the value of `maxspan=`: a positive whole number glued to its unit. A wrong one is reported. */
export function readTimeSpan(
  token: IToken,
  detachedUnit: IToken | undefined,
  report: (diagnostic: Diagnostic) => void,
): TimeSpanNode {
  const span =
    detachedUnit === undefined ? spanOfToken(token) : coverSpans(spanOfToken(token), spanOfToken(detachedUnit));
  const text = token.image;
  const wrong = (message: string, replacement?: string): TimeSpanNode => {
    report(
      createDiagnostic('EQL1015', message, span, {
        help: 'Write a positive whole number and a unit without a space: 500ms, 30s, 5m, 2h or 1d.',
        fix: replacement === undefined ? undefined : { title: `Use ${replacement}`, span, replacement },
      }),
    );
    return { kind: 'time-span', milliseconds: 1, text, span };
  };

  if (!/^\d+$/u.test(text) && detachedUnit !== undefined) {
    return wrong(`A maxspan is a whole number, not ${text}`);
  }
  if (detachedUnit !== undefined) {
    return wrong('The unit of a maxspan stands right behind its number', `${text}${detachedUnit.image}`);
  }
  const match = /^(\d+)([A-Za-z_]\w*)?$/u.exec(text);
  if (match === null) return wrong(`A maxspan is a whole number, not ${text}`);
  const [, digits = '', unit] = match;
  if (unit === undefined) return wrong('The maxspan has no unit', `${digits}s`);
  const unitMs = UNIT_MS.get(unit);
  if (unitMs === undefined) return wrong(`Unknown unit of time "${unit}"`);
  const milliseconds = Number(digits) * unitMs;
  if (milliseconds === 0) return wrong('A maxspan is longer than zero');
  if (milliseconds > MAX_SPAN_MS) return wrong('The maxspan is longer than 100,000 days');
  return { kind: 'time-span', milliseconds, text, span };
}
