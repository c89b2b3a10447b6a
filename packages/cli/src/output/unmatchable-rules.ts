import type { Rule, RuleLack, UnmatchableRule } from '@eqlkit/rules';
import { printableText } from '@eqlkit/stream';
import { countOf } from './count-of.js';

/** How many reasons are shown, those of most rules first. */
const SHOWN_REASONS = 5;
const SHOWN_LENGTH = 80;
/** How many of the patterns of a rule's `index` are shown. */
const SHOWN_PATTERNS = 3;

/**
 * Says in a few lines which rules no event could have matched, and why: no event lies in their indices, or a field or
 * category that they need was in no event. Null if there are none.
 */
export function describeUnmatchable(
  rules: readonly UnmatchableRule[],
  options: {
    readonly ruleCount: number;
    readonly exact: boolean;
    /** The file that a rule was read from. */
    fileOf(rule: Rule): string | undefined;
  },
): string | null {
  if (rules.length === 0) return null;
  const reasons = new Map<string, { count: number; readonly example: Rule }>();
  let anyIndex = false;
  for (const { rule, lacks } of rules) {
    const [first] = lacks;
    if (first === undefined) continue;
    anyIndex ||= first.kind === 'index';
    const text = describeLack(first);
    const known = reasons.get(text);
    if (known === undefined) reasons.set(text, { count: 1, example: rule });
    else known.count += 1;
  }
  const sorted = [...reasons].sort(([, a], [, b]) => b.count - a.count);
  const head =
    options.ruleCount === 1
      ? 'the rule could not have matched any of the events'
      : `${rules.length} of ${countOf(options.ruleCount, 'rule')} could not have matched any of the events`;
  const lines = sorted.slice(0, SHOWN_REASONS).map(([text, { count, example }]) => {
    const others = count === 1 ? '' : ` and ${countOf(count - 1, 'other')}`;
    const file = options.fileOf(example);
    const place = file === undefined ? '' : ` (${printableText(file)})`;
    return `  ${text}: ${printableText(example.name, SHOWN_LENGTH)}${place}${others}`;
  });
  const more = sorted.length - lines.length;
  if (more > 0) lines.push(`  … and ${more} more reasons`);
  if (anyIndex) lines.push('  --ignore-index shows rules every event');
  return [`${head}${options.exact ? '' : ', judging by a sample'}`, ...lines].join('\n');
}

/** Says of which rules one branch of an `or` asks for a field that is probably mistyped, in a few lines. */
export function describeMistypedBranches(
  branches: readonly { readonly rule: Rule; readonly lack: RuleLack }[],
  exact: boolean,
): readonly string[] {
  const sample = exact ? '' : ', judging by a sample';
  const lines = branches
    .slice(0, SHOWN_REASONS)
    .map(
      ({ rule, lack }) =>
        `one branch of an "or" could not have held for any event: ${describeLack(lack)}${sample}: ` +
        printableText(rule.name, SHOWN_LENGTH),
    );
  const more = branches.length - lines.length;
  return more > 0 ? [...lines, `… and ${more} more such branches`] : lines;
}

/** Says what no event had. */
export function describeLack(lack: RuleLack): string {
  const shown = (text: string): string => printableText(text, SHOWN_LENGTH);
  switch (lack.kind) {
    case 'category':
      return `no event has the category ${shown(lack.category)}${describeSimilar(lack.similar)}`;
    case 'field':
      return `no event has the field ${shown(lack.field)}${describeSimilar(lack.similar)}`;
    case 'index': {
      const more = lack.index.length > SHOWN_PATTERNS ? ', …' : '';
      return `no event lies in ${lack.index.slice(0, SHOWN_PATTERNS).map(shown).join(', ')}${more}`;
    }
    case 'system':
      return `no event comes from ${lack.systems.map(shown).join(' or ')}`;
  }
}

function describeSimilar(similar: string | null): string {
  return similar === null ? '' : ` (did you mean ${printableText(similar, SHOWN_LENGTH)}?)`;
}
