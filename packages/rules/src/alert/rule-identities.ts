import type { Rule } from '../model/rule.js';

/**
 * What the alerts of each rule derive their ids from: the rule's id, so that an edited rule keeps its alerts' ids. Of
 * rules that share an id the second and later ones add their query, or whoever drops alerts with a known id would lose
 * theirs. Two rules that share both say the same thing twice, and their alerts share ids.
 */
export function ruleIdentities(rules: readonly Rule[]): readonly string[] {
  const seen = new Set<string>();
  return rules.map(({ id, query }) => {
    if (seen.has(id)) return `${id}\n${query}`;
    seen.add(id);
    return id;
  });
}
