import type { JsonObject } from '@eqlkit/engine';
import type { DialectName } from '@eqlkit/language';
import type { ExceptionItem } from '../exception/exception-list.js';
import type { RuleSeverity } from './rule-severity.js';
import type { Threat } from './threat.js';

/**
 * Which file format a rule was written in:
 *
 * - `detection-rules`: Elastic's detection rules (`[metadata]` and `[rule]` with `rule_id`).
 * - `protections-artifacts`: Elastic Defend's behaviour rules (`[rule]` with `id` and `os_list`).
 * - `minimal`: eqlkit's own short form, `[rule]` with `name` and `query`.
 */
export type RuleFormat = 'detection-rules' | 'protections-artifacts' | 'minimal';

/** What `[metadata]` says about a rule's life; dates are as written (`YYYY/MM/DD`). */
export interface RuleMetadata {
  readonly creationDate: string | null;
  readonly updatedDate: string | null;
  readonly deprecationDate: string | null;
  readonly deprecatedReason: string | null;
  readonly maturity: string | null;
  readonly integration: readonly string[];
  readonly minStackVersion: string | null;
  readonly minStackComments: string | null;
  /** Whether a building block may look back less far than others must. */
  readonly bypassBbrTiming: boolean | null;
  readonly querySchemaValidation: boolean | null;
  readonly promotion: boolean | null;
}

/** Which versions of Elastic Defend a behaviour rule is for, and how it judges files. */
export interface EndpointRequirements {
  readonly minVersion: string | null;
  readonly maxVersion: string | null;
  /** Whether the endpoint asks for the reputation of files. */
  readonly reputation: boolean | null;
  /** `[internal]`, as in the file. */
  readonly internal: JsonObject | null;
}

/** What Kibana offers to whoever looks into an alert of the rule. */
export interface InvestigationAids {
  /** Fields to show first. */
  readonly fields: readonly string[];
  readonly timelineId: string | null;
  readonly timelineTitle: string | null;
  /** `[[transform.osquery]]`, as in the file. */
  readonly osquery: readonly JsonObject[];
  /** `[[transform.investigate]]`, as in the file. */
  readonly investigate: readonly JsonObject[];
}

/** A list of exceptions that a rule names. */
export interface ExceptionReference {
  readonly listId: string;
  /** Such as `detection`, `endpoint` or `rule_default`. */
  readonly type: string;
  /** Exceptions that the rule's own file gives. */
  readonly items: readonly ExceptionItem[];
}

/** How an alert's name, severity and risk may come from the event instead of the rule. */
export interface AlertOverrides {
  /** The field that names the alert. */
  readonly ruleName: string | null;
  /** As in the file. */
  readonly severityMapping: readonly JsonObject[];
  /** As in the file. */
  readonly riskScoreMapping: readonly JsonObject[];
}

/** How Kibana would fold alerts that agree in some fields into one. */
export interface AlertSuppression {
  readonly groupBy: readonly string[];
  readonly missingFieldsStrategy: string | null;
  readonly duration: { readonly value: number; readonly unit: string } | null;
}

/**
 * A detection rule: a query and what its file says around it, the same for every file format. A scalar that the file
 * does not give is `null`, a list that it does not give is empty.
 */
export interface Rule {
  readonly format: RuleFormat;
  /** `rule_id` or `id`; a minimal rule without one is called `file:` and the name of its file. */
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly severity: RuleSeverity | null;
  readonly riskScore: number | null;
  /** As the file says; `eql` for formats that hold nothing else. */
  readonly type: string;
  readonly language: string | null;
  /** Empty for kinds of rule that have none, such as machine learning. */
  readonly query: string;
  /** The variant of EQL that the query is written in. */
  readonly dialect: DialectName;
  readonly threat: readonly Threat[];
  readonly tags: readonly string[];
  /** Index patterns. */
  readonly index: readonly string[];
  readonly dataViewId: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly interval: string | null;
  readonly maxSignals: number | null;
  readonly timestampField: string | null;
  /** The field that `from` and `to` are compared with; `@timestamp` where an event lacks it. */
  readonly timestampOverride: string | null;
  /** Whether an event without the override field is left out instead. */
  readonly timestampOverrideFallbackDisabled: boolean;
  readonly tiebreakerField: string | null;
  readonly eventCategoryOverride: string | null;
  readonly buildingBlockType: string | null;
  readonly license: string | null;
  readonly author: readonly string[];
  readonly references: readonly string[];
  readonly falsePositives: readonly string[];
  readonly note: string | null;
  readonly setup: string | null;
  readonly version: string | null;
  readonly revision: string | null;
  /** `os_list` or `os_type_list`. */
  readonly osList: readonly string[];
  readonly endpoint: EndpointRequirements;
  /** Kibana filters, as in the file. */
  readonly filters: readonly JsonObject[];
  readonly alertSuppression: AlertSuppression | null;
  /** `exceptions_list`: the lists whose exceptions the rule respects. */
  readonly exceptions: readonly ExceptionReference[];
  /** As in the file. */
  readonly actions: readonly JsonObject[];
  /** As in the file. */
  readonly optionalActions: readonly JsonObject[];
  /** As in the file. */
  readonly responseActions: readonly JsonObject[];
  readonly throttle: string | null;
  /** Whether Kibana would run the rule as soon as it is installed. */
  readonly enabled: boolean | null;
  readonly overrides: AlertOverrides;
  readonly investigation: InvestigationAids;
  /** Fields that the rule reads, as in the file. */
  readonly requiredFields: readonly JsonObject[];
  /** Integrations that bring the rule's events, as in the file. */
  readonly relatedIntegrations: readonly JsonObject[];
  /** `[rule.meta]`, as in the file. */
  readonly meta: JsonObject | null;
  readonly metadata: RuleMetadata;
  /** Dotted paths of keys that none of the formats is known to have, in the order of the file. */
  readonly unknownKeys: readonly string[];
  /**
   * The whole file as plain data, whatever its keys. Its tables have no prototype, so that `__proto__` is a key like any
   * other; dates are ISO 8601 strings.
   */
  readonly raw: JsonObject;
}

/** Whether the rule's query is EQL, rather than KQL, ES|QL or none. */
export function isEqlRule(rule: Rule): boolean {
  return rule.type === 'eql';
}

/** The kind of a rule: its type, and its language where the type leaves that open, such as `query (kuery)`. */
export function ruleKind(rule: Rule): string {
  const { type, language } = rule;
  return language === null || language === type ? type : `${type} (${language})`;
}
