import { isEqlRule, ruleKind, type Rule } from '@eqlkit/rules';
import { printableText } from '@eqlkit/stream';

/** Says how many rules are not EQL, and of which kinds they are; `null` if there are none. */
export function describeOtherRules(rules: readonly Rule[]): string | null {
  const kinds = new Map<string, number>();
  let total = 0;
  for (const rule of rules) {
    if (isEqlRule(rule)) continue;
    total += 1;
    kinds.set(ruleKind(rule), (kinds.get(ruleKind(rule)) ?? 0) + 1);
  }
  if (total === 0) return null;
  const parts = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, count]) => `${count} ${kind}`);
  const verb = total === 1 ? ['is', 'was'] : ['are', 'were'];
  return printableText(
    `${total} rule${total === 1 ? '' : 's'} ${verb[0]} not EQL and ${verb[1]} left out: ${parts.join(', ')}`,
  );
}
