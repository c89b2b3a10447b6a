import type { Rule } from '../model/rule.js';
import type { RuleProfile } from './rule-profile.js';

/** The rules for one technique or subtechnique under one tactic. */
export interface TechniqueCoverage {
  readonly tacticId: string | null;
  readonly tacticName: string | null;
  readonly techniqueId: string;
  readonly techniqueName: string | null;
  readonly rules: readonly Rule[];
}

/**
 * Which techniques of MITRE ATT&CK the rules are for, in the order of their tactics and techniques. A rule for a
 * subtechnique counts for the technique, too, if it names both, as rules do.
 */
export function attackCoverage(profiles: readonly RuleProfile[]): readonly TechniqueCoverage[] {
  const covered = new Map<string, TechniqueCoverage & { rules: Rule[] }>();
  for (const { rule, techniques } of profiles) {
    for (const { id, name, tacticId, tacticName, framework } of techniques) {
      // Other frameworks, such as MITRE ATLAS, have techniques of their own.
      if (framework !== null && framework !== 'MITRE ATT&CK') continue;
      const key = JSON.stringify([tacticId, id]);
      const known = covered.get(key);
      if (known === undefined) {
        covered.set(key, { tacticId, tacticName, techniqueId: id, techniqueName: name, rules: [rule] });
      } else if (known.rules.at(-1) !== rule) known.rules.push(rule);
    }
  }
  return [...covered.values()].sort(
    (a, b) => compare(a.tacticId ?? '', b.tacticId ?? '') || compare(a.techniqueId, b.techniqueId),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
