/**
 * Detection rules and alerts. Runs anywhere: reading files is in `@eqlkit/rules/node`.
 *
 * @packageDocumentation
 */
export {
  isEqlRule,
  ruleKind,
  type AlertOverrides,
  type AlertSuppression,
  type EndpointRequirements,
  type ExceptionReference,
  type InvestigationAids,
  type Rule,
  type RuleFormat,
  type RuleMetadata,
} from './model/rule.js';
export { isRuleSeverity, RULE_SEVERITIES, USUAL_RISK_SCORES, type RuleSeverity } from './model/rule-severity.js';
export type { Threat, ThreatEntry, ThreatTechnique } from './model/threat.js';
export { parseToml } from './toml/parse-toml.js';
export { parseRuleToml, type ParsedRule } from './toml/parse-rule-toml.js';
export type { RuleDefaults } from './toml/read-rule.js';
export { createQueryLocator, mapQueryDiagnostics } from './toml/locate-query.js';
export type { EntryOperator, ExceptionEntry, ExceptionItem, ExceptionList } from './exception/exception-list.js';
// Packs
export type { Pack } from './pack/pack.js';
export { parsePackToml, type ParsedPack } from './pack/parse-pack-toml.js';
export { profileRule, type CoveredTechnique, type RuleProfile } from './pack/rule-profile.js';
export type { QueryConstructs } from './pack/query-constructs.js';
export { packStatistics, type Counts, type PackStatistics } from './pack/pack-statistics.js';
export { attackCoverage, type TechniqueCoverage } from './pack/attack-coverage.js';
export { navigatorLayer } from './pack/navigator-layer.js';
export { fitsCriteria, type RuleCriteria } from './pack/filter-rules.js';
export { findRule, type FoundRule, type NamedRule } from './pack/find-rule.js';
export { relatedRules, type RelatedRule } from './pack/related-rules.js';
export { isIndexName } from './scope/event-origin.js';
export { withRuleConditions, type RuleConditionOptions } from './scope/rule-conditions.js';
export { createRuleGate, type RuleGateOptions } from './scope/rule-gate.js';
// Alerts
export type {
  Alert,
  AlertEvent,
  AlertJoinKey,
  AlertRule,
  FieldValue,
  MatchedJoinKey,
  MatchedStage,
  MatchForAlert,
} from './alert/alert.js';
export { createAlert } from './alert/create-alert.js';
export { alertToJson, threatToJson } from './alert/alert-to-json.js';
export { canonicalJson } from './alert/canonical-json.js';
// Writing
export { createRuleToml, type RuleDraft } from './scaffold/create-rule-toml.js';
export { createRuleTestToml, RULE_TEST_SUFFIX, type RuleTestDraft } from './scaffold/create-rule-test-toml.js';
export { ATTACK_TACTICS, tacticSlug } from './model/tactics.js';
// Running
export {
  compileOptionsOf,
  RuleEngine,
  type BrokenRule,
  type RuleEngineOptions,
  type RuleFindings,
  type RuleProblemCount,
  type RuleLack,
  type UnmatchableRule,
} from './rule-engine.js';
// Formatting
export { formatRule, withQuery, type FormattedRule } from './format/format-rule.js';
