import type { JsonObject } from '@eqlkit/engine';
import { threatToJson } from '@eqlkit/rules';
import type { PackRule } from './load-pack.js';

/** A rule in a list of rules, in snake case. */
export function ruleSummaryJson({ rule, file, disabled, platforms, tactics, techniques }: PackRule): JsonObject {
  return {
    id: rule.id,
    name: rule.name,
    file,
    disabled,
    type: rule.type,
    language: rule.language,
    dialect: rule.dialect,
    severity: rule.severity,
    risk_score: rule.riskScore,
    platforms,
    tactics,
    techniques: [...new Set(techniques.map(({ id }) => id))],
    tags: rule.tags,
  };
}

/** Everything about a rule, in snake case; `source` is its whole file as data, whatever its keys. */
export function ruleDetailsJson(packRule: PackRule): JsonObject {
  const { rule, dataSources, constructs } = packRule;
  return {
    ...ruleSummaryJson(packRule),
    format: rule.format,
    description: rule.description,
    query: rule.query,
    threat: rule.threat.map(threatToJson),
    data_sources: dataSources,
    categories: [...(constructs?.categories ?? [])],
    constructs: [...(constructs?.constructs ?? [])],
    functions: [...(constructs?.functions ?? [])],
    setup: rule.setup,
    note: rule.note,
    references: rule.references,
    false_positives: rule.falsePositives,
    unknown_keys: rule.unknownKeys,
    source: rule.raw,
  };
}
