import { isEqlRule, ruleKind, type Rule } from '@eqlkit/rules';
import { printableText } from '@eqlkit/stream';

/** How many of the rules are named. */
const SHOWN_RULES = 3;

/** Says how many rules are not EQL, of which kinds they are, and which the first are; `null` if there are none. */
export function describeOtherRules(rules: readonly { readonly rule: Rule; readonly file: string }[]): string | null {
  const others = rules.filter(({ rule }) => !isEqlRule(rule));
  if (others.length === 0) return null;
  const kinds = new Map<string, number>();
  for (const { rule } of others) kinds.set(ruleKind(rule), (kinds.get(ruleKind(rule)) ?? 0) + 1);
  const parts = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, count]) => `${count} ${kind}`);
  const [subject, verb] = others.length === 1 ? ['rule is', 'was'] : ['rules are', 'were'];
  const more = others.length - SHOWN_RULES;
  return [
    printableText(`${others.length} ${subject} not EQL and ${verb} left out: ${parts.join(', ')}`),
    ...others.slice(0, SHOWN_RULES).map(({ rule, file }) => printableText(`  ${file}: ${rule.name}`)),
    ...(more > 0 ? [`  … and ${more} more; --verbose names all`] : []),
  ].join('\n');
}
