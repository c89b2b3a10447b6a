import { isEqlRule, ruleKind } from '../model/rule.js';
import { RULE_SEVERITIES } from '../model/rule-severity.js';
import type { RuleProfile } from './rule-profile.js';

/** How many rules have something, the most frequent first. */
export type Counts = readonly { readonly name: string; readonly rules: number }[];

/** What a pack consists of. A rule may count several times in one list: for each of its platforms, say. */
export interface PackStatistics {
  readonly rules: number;
  /** EQL rules, and those of other types by their kind. */
  readonly types: Counts;
  /** Sequence, sample and so on, of the EQL rules. */
  readonly constructs: Counts;
  readonly functions: Counts;
  readonly categories: Counts;
  readonly platforms: Counts;
  readonly tactics: Counts;
  /** From `critical` down. */
  readonly severities: Counts;
  readonly maturities: Counts;
  readonly dataSources: Counts;
  readonly buildingBlocks: number;
  /** EQL rules whose query cannot be read. */
  readonly unreadable: number;
}

/** Counts the rules of a pack. */
export function packStatistics(profiles: readonly RuleProfile[]): PackStatistics {
  const by = (names: (profile: RuleProfile) => Iterable<string>): Counts => count(profiles.map(names));
  const severities = by(({ rule }) => [rule.severity ?? 'none']);
  const order: readonly string[] = ['none', ...RULE_SEVERITIES];
  return {
    rules: profiles.length,
    types: by(({ rule }) => [ruleKind(rule)]),
    constructs: by(({ constructs }) => constructs?.constructs ?? []),
    functions: by(({ constructs }) => constructs?.functions ?? []),
    categories: by(({ constructs }) => constructs?.categories ?? []),
    platforms: by(({ platforms }) => (platforms.length === 0 ? ['any'] : platforms)),
    tactics: by(({ tactics }) => (tactics.length === 0 ? ['none'] : tactics)),
    severities: severities.toSorted((a, b) => order.indexOf(b.name) - order.indexOf(a.name)),
    maturities: by(({ rule }) => [rule.metadata.maturity ?? 'none']),
    dataSources: by(({ dataSources }) => dataSources),
    buildingBlocks: profiles.filter(({ rule }) => rule.buildingBlockType !== null).length,
    unreadable: profiles.filter(({ rule, constructs }) => isEqlRule(rule) && constructs === null).length,
  };
}

function count(namesOfRules: readonly Iterable<string>[]): Counts {
  const counts = new Map<string, number>();
  for (const names of namesOfRules) for (const name of new Set(names)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, rules]) => ({ name, rules }))
    .sort((a, b) => b.rules - a.rules || (a.name < b.name ? -1 : 1));
}
