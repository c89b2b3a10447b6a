import type { EventLack } from '@eqlkit/engine';
import type { UnmatchableRule } from '@eqlkit/rules';
import { printableText } from '@eqlkit/stream';
import { countOf } from './count-of.js';

/** How many reasons are shown, those of most rules first. */
const SHOWN_REASONS = 5;
const SHOWN_LENGTH = 80;

/**
 * Says in a few lines which rules no event could have matched, and why: a field or category that they need was in no
 * event. Null if there are none.
 */
export function describeUnmatchable(
  rules: readonly UnmatchableRule[],
  options: { readonly ruleCount: number; readonly exact: boolean },
): string | null {
  if (rules.length === 0) return null;
  const reasons = new Map<string, { count: number; readonly example: string }>();
  for (const { rule, lacks } of rules) {
    const [first] = lacks;
    if (first === undefined) continue;
    const text = describeLack(first);
    const known = reasons.get(text);
    if (known === undefined) reasons.set(text, { count: 1, example: rule.name });
    else known.count += 1;
  }
  const sorted = [...reasons].sort(([, a], [, b]) => b.count - a.count);
  const head =
    options.ruleCount === 1
      ? 'the rule could not have matched any of the events'
      : `${rules.length} of ${countOf(options.ruleCount, 'rule')} could not have matched any of the events`;
  const lines = sorted.slice(0, SHOWN_REASONS).map(([text, { count, example }]) => {
    const others = count === 1 ? '' : ` and ${countOf(count - 1, 'other')}`;
    return `  ${text}: ${printableText(example, SHOWN_LENGTH)}${others}`;
  });
  const more = sorted.length - lines.length;
  if (more > 0) lines.push(`  … and ${more} more fields or categories`);
  return [`${head}${options.exact ? '' : ', judging by a sample'}`, ...lines].join('\n');
}

function describeLack(lack: EventLack): string {
  const shown = (text: string): string => printableText(text, SHOWN_LENGTH);
  const similar = lack.similar === null ? '' : ` (did you mean ${shown(lack.similar)}?)`;
  switch (lack.kind) {
    case 'category':
      return `no event has the category ${shown(lack.category)}${similar}`;
    case 'field':
      return `no event has the field ${shown(lack.field)}${similar}`;
  }
}
