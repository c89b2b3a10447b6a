import type { JsonObject } from '@eqlkit/engine';
import { didYouMean } from '@eqlkit/language';
import type {
  AlertSuppression,
  EndpointRequirements,
  InvestigationAids,
  Rule,
  RuleFormat,
  RuleMetadata,
} from '../model/rule.js';
import { isRuleSeverity, RULE_SEVERITIES, type RuleSeverity } from '../model/rule-severity.js';
import { findUnknownKeys } from './known-keys.js';
import { quoteText } from './quote-text.js';
import { readThreat } from './read-threat.js';
import { requireText } from './require-text.js';
import {
  readBoolean,
  readNumber,
  readTable,
  readTables,
  readText,
  readTextOrInteger,
  readTextOrTexts,
  readTexts,
  readValue,
  type RuleProblem,
  type RuleTable,
} from './rule-table.js';

/** What {@link readRule} makes of a file's data. The rule counts only if there are no problems. */
export interface ReadRule {
  readonly rule: Rule | null;
  readonly problems: readonly RuleProblem[];
}

/**
 * Reads the rule in a file's data.
 *
 * @param file - The file's name, of which a rule without an id makes one.
 */
export function readRule(raw: JsonObject, file: string): ReadRule {
  const problems: RuleProblem[] = [];
  const root: RuleTable = { values: raw, path: [], problems };
  const table = readTable(root, 'rule');
  if (table === null) {
    if (problems.length === 0) problems.push(NO_RULE_TABLE);
    return { rule: null, problems };
  }
  const format = recogniseFormat(root, table);
  const metadata = readTable(root, 'metadata') ?? { values: {}, path: ['metadata'], problems };
  const rule: Rule = {
    format,
    ...readIdentity(table, format, file),
    ...readQuery(table, format),
    ...readSchedule(table),
    ...readDocumentation(table),
    ...readResponses(root, table),
    ...readTarget(table, metadata),
    endpoint: readEndpoint(root, table),
    investigation: readInvestigation(root, table),
    meta: readTable(table, 'meta')?.values ?? null,
    description: readText(table, 'description'),
    severity: readSeverity(table),
    riskScore: readNumber(table, 'risk_score'),
    threat: [...readThreat(table), ...readThreat(root)],
    tags: readTexts(table, 'tags'),
    metadata: readMetadata(metadata),
    unknownKeys: findUnknownKeys(raw),
    raw,
  };
  return { rule: problems.length === 0 ? rule : null, problems };
}

const NO_RULE_TABLE: RuleProblem = {
  code: 'EQL4003',
  path: ['rule'],
  message: 'The required table [rule] is missing.',
  help: 'A rule file needs at least [rule] with name = "…" and query = \'…\'. Files that are no rules do not belong here.',
};

function recogniseFormat(root: RuleTable, table: RuleTable): RuleFormat {
  const has = (key: string): boolean => readValue(table, key) !== undefined;
  if (has('rule_id')) return 'detection-rules';
  if (has('os_list') || has('min_endpoint_version')) return 'protections-artifacts';
  return readValue(root, 'metadata') === undefined ? 'minimal' : 'detection-rules';
}

function readIdentity(table: RuleTable, format: RuleFormat, file: string): Pick<Rule, 'id' | 'name'> {
  return {
    id: readId(table, format, file),
    name: requireText(table, 'name', 'a name, such as name = "Shell started"'),
  };
}

function readId(table: RuleTable, format: RuleFormat, file: string): string {
  const wanted = 'an id that no other rule has, best a UUID';
  if (format === 'detection-rules') return requireText(table, 'rule_id', wanted);
  if (format === 'protections-artifacts' || readValue(table, 'id') !== undefined)
    return requireText(table, 'id', wanted);
  return `file:${file.replaceAll('\\', '/').replace(/^(?:\.\/)+/u, '')}`;
}

function readQuery(table: RuleTable, format: RuleFormat): Pick<Rule, 'type' | 'language' | 'query' | 'dialect'> {
  const type =
    format === 'detection-rules' ? requireText(table, 'type', 'type = "eql"') : (readText(table, 'type') ?? 'eql');
  if (type === 'eql' && readValue(table, 'query') === undefined) requireText(table, 'query', "query = '''…'''");
  return {
    type,
    language: readText(table, 'language') ?? (type === 'eql' ? 'eql' : null),
    // A blank query is for the query's own parser to report.
    query: readText(table, 'query') ?? '',
    dialect: format === 'protections-artifacts' ? 'endpoint' : 'elasticsearch',
  };
}

function readSeverity(table: RuleTable): RuleSeverity | null {
  const text = readText(table, 'severity');
  if (text === null || isRuleSeverity(text)) return text;
  const levels = RULE_SEVERITIES.map((severity) => `"${severity}"`).join(', ');
  table.problems.push({
    code: 'EQL4004',
    path: [...table.path, 'severity'],
    message: `"rule.severity" must be one of ${levels}, not ${quoteText(text)}.`,
    help: didYouMean(text, RULE_SEVERITIES) ?? `Choose one of ${levels}.`,
  });
  return null;
}

function readSchedule(table: RuleTable) {
  return {
    from: readText(table, 'from'),
    to: readText(table, 'to'),
    interval: readText(table, 'interval'),
    maxSignals: readNumber(table, 'max_signals'),
  };
}

function readTarget(table: RuleTable, metadata: RuleTable) {
  return {
    index: readTexts(table, 'index'),
    dataViewId: readText(table, 'data_view_id'),
    timestampField: readText(table, 'timestamp_field'),
    timestampOverride: readText(table, 'timestamp_override'),
    timestampOverrideFallbackDisabled: readBoolean(table, 'timestamp_override_fallback_disabled') ?? false,
    tiebreakerField: readText(table, 'tiebreaker_field'),
    eventCategoryOverride: readText(table, 'event_category_override'),
    osList: [...new Set([...readTexts(table, 'os_list'), ...readTexts(metadata, 'os_type_list')])],
    requiredFields: readPlainTables(table, 'required_fields'),
    relatedIntegrations: readPlainTables(table, 'related_integrations'),
  };
}

function readEndpoint(root: RuleTable, table: RuleTable): EndpointRequirements {
  return {
    minVersion: readText(table, 'min_endpoint_version'),
    maxVersion: readText(table, 'max_endpoint_version'),
    reputation: readBoolean(table, 'reputation'),
    internal: readTable(root, 'internal')?.values ?? null,
  };
}

function readInvestigation(root: RuleTable, table: RuleTable): InvestigationAids {
  const fields = readTable(table, 'investigation_fields');
  const transform = readTable(root, 'transform');
  return {
    fields: fields === null ? [] : readTexts(fields, 'field_names'),
    timelineId: readText(table, 'timeline_id'),
    timelineTitle: readText(table, 'timeline_title'),
    osquery: transform === null ? [] : readPlainTables(transform, 'osquery'),
    investigate: transform === null ? [] : readPlainTables(transform, 'investigate'),
  };
}

function readDocumentation(table: RuleTable) {
  return {
    license: readText(table, 'license'),
    author: readTexts(table, 'author'),
    references: [...readTexts(table, 'references'), ...readTextOrTexts(table, 'reference')],
    falsePositives: readTexts(table, 'false_positives'),
    note: readText(table, 'note'),
    setup: readText(table, 'setup'),
    version: readTextOrInteger(table, 'version'),
    revision: readTextOrInteger(table, 'revision'),
  };
}

function readResponses(root: RuleTable, table: RuleTable) {
  return {
    buildingBlockType: readText(table, 'building_block_type'),
    filters: readPlainTables(table, 'filters'),
    alertSuppression: readAlertSuppression(table),
    exceptions: readPlainTables(table, 'exceptions_list'),
    actions: [...readPlainTables(table, 'actions'), ...readPlainTables(root, 'actions')],
    optionalActions: [...readPlainTables(table, 'optional_actions'), ...readPlainTables(root, 'optional_actions')],
    responseActions: readPlainTables(table, 'response_actions'),
    throttle: readText(table, 'throttle'),
    enabled: readBoolean(table, 'enabled'),
    overrides: {
      ruleName: readText(table, 'rule_name_override'),
      severityMapping: readPlainTables(table, 'severity_mapping'),
      riskScoreMapping: readPlainTables(table, 'risk_score_mapping'),
    },
  };
}

function readPlainTables(table: RuleTable, key: string): readonly JsonObject[] {
  return readTables(table, key).map(({ values }) => values);
}

function readAlertSuppression(table: RuleTable): AlertSuppression | null {
  const suppression = readTable(table, 'alert_suppression');
  if (suppression === null) return null;
  const duration = readTable(suppression, 'duration');
  const value = duration === null ? null : readNumber(duration, 'value');
  const unit = duration === null ? null : readText(duration, 'unit');
  return {
    groupBy: readTexts(suppression, 'group_by'),
    missingFieldsStrategy: readText(suppression, 'missing_fields_strategy'),
    duration: value === null || unit === null ? null : { value, unit },
  };
}

function readMetadata(metadata: RuleTable): RuleMetadata {
  return {
    creationDate: readText(metadata, 'creation_date'),
    updatedDate: readText(metadata, 'updated_date'),
    deprecationDate: readText(metadata, 'deprecation_date'),
    deprecatedReason: readText(metadata, 'deprecated_reason'),
    maturity: readText(metadata, 'maturity'),
    integration: readTextOrTexts(metadata, 'integration'),
    minStackVersion: readText(metadata, 'min_stack_version'),
    minStackComments: readText(metadata, 'min_stack_comments'),
    bypassBbrTiming: readBoolean(metadata, 'bypass_bbr_timing'),
    querySchemaValidation: readBoolean(metadata, 'query_schema_validation'),
    promotion: readBoolean(metadata, 'promotion'),
  };
}
