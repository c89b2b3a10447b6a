import { DIALECTS, parseQuery } from '@eqlkit/language';
import { isEqlRule, type Rule } from '../model/rule.js';
import { queryConstructs, type QueryConstructs } from './query-constructs.js';
import { rulePlatforms } from './rule-platforms.js';

/** A technique or subtechnique that a rule is about. */
export interface CoveredTechnique {
  readonly id: string;
  readonly name: string | null;
  /** The tactic under which the rule names it. */
  readonly tacticId: string | null;
  readonly tacticName: string | null;
  readonly framework: string | null;
}

/** What a pack is counted, searched and compared by: what a rule says about itself in so many places. */
export interface RuleProfile {
  readonly rule: Rule;
  readonly platforms: readonly string[];
  /** Tactics by name, or by id without one. */
  readonly tactics: readonly string[];
  /** Techniques and subtechniques. */
  readonly techniques: readonly CoveredTechnique[];
  /** From tags (`Data Source: …`), or else from `integration`. */
  readonly dataSources: readonly string[];
  /** `null` if the rule is not EQL, or its query cannot be read. */
  readonly constructs: QueryConstructs | null;
}

const SOURCE_TAG = /^Data Source:\s*(.+)$/iu;

/** Gathers what a rule says about itself. */
export function profileRule(rule: Rule): RuleProfile {
  const statement = isEqlRule(rule) ? parseQuery(rule.query, DIALECTS[rule.dialect]).ast : null;
  return {
    rule,
    platforms: rulePlatforms(rule, statement),
    tactics: [...new Set(rule.threat.flatMap(({ tactic }) => (tactic === null ? [] : [tactic.name ?? tactic.id])))],
    techniques: coveredTechniques(rule),
    dataSources: dataSources(rule),
    constructs: statement === null ? null : queryConstructs(statement),
  };
}

function coveredTechniques(rule: Rule): readonly CoveredTechnique[] {
  return rule.threat.flatMap(({ framework, tactic, techniques }) =>
    techniques
      .flatMap((technique) => [technique, ...technique.subtechniques])
      .map(({ id, name }) => ({
        id,
        name,
        tacticId: tactic?.id ?? null,
        tacticName: tactic?.name ?? null,
        framework,
      })),
  );
}

function dataSources(rule: Rule): readonly string[] {
  const tagged = rule.tags.flatMap((tag) => SOURCE_TAG.exec(tag)?.[1] ?? []);
  if (tagged.length > 0) return [...new Set(tagged)];
  return rule.format === 'protections-artifacts' ? ['Elastic Defend'] : rule.metadata.integration;
}
