import type { RuleProfile } from './rule-profile.js';

/** A rule that is about something like another, and what they have in common. */
export interface RelatedRule<T extends RuleProfile> {
  readonly profile: T;
  /** Ids of techniques and subtechniques that both name. */
  readonly techniques: readonly string[];
  readonly dataSources: readonly string[];
}

/** Most rules that count as related. */
const MOST_RELATED = 10;

/**
 * The rules that share a technique with another, the nearest first: a common subtechnique counts more than a technique
 * alone, a common data source or platform a little.
 */
export function relatedRules<T extends RuleProfile>(
  profile: RuleProfile,
  others: readonly T[],
): readonly RelatedRule<T>[] {
  const techniques = new Set(profile.techniques.map(({ id }) => id));
  const sources = new Set(profile.dataSources);
  return others
    .filter(({ rule }) => rule !== profile.rule)
    .map((other) => ({
      profile: other,
      techniques: [...new Set(other.techniques.map(({ id }) => id).filter((id) => techniques.has(id)))],
      dataSources: other.dataSources.filter((source) => sources.has(source)),
      samePlatform: other.platforms.some((platform) => profile.platforms.includes(platform)),
    }))
    .filter((other) => other.techniques.length > 0)
    .map((other) => ({ ...other, score: nearness(other) }))
    .sort((a, b) => b.score - a.score || (a.profile.rule.name < b.profile.rule.name ? -1 : 1))
    .slice(0, MOST_RELATED)
    .map(({ profile: other, techniques: common, dataSources }) => ({
      profile: other,
      techniques: common,
      dataSources,
    }));
}

function nearness(common: {
  readonly techniques: readonly string[];
  readonly dataSources: readonly string[];
  readonly samePlatform: boolean;
}): number {
  const ofTechniques = common.techniques.reduce((sum, id) => sum + (id.includes('.') ? 3 : 2), 0);
  return ofTechniques + Math.min(1, common.dataSources.length) + (common.samePlatform ? 1 : 0);
}
