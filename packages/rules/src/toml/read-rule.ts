import type { JsonObject } from '@eqlkit/engine';
import { didYouMean, type DialectName } from '@eqlkit/language';
import type {
  AlertSuppression,
  EndpointRequirements,
  InvestigationAids,
  Rule,
  RuleFormat,
  RuleMetadata,
} from '../model/rule.js';
import { isRuleSeverity, RULE_SEVERITIES, type RuleSeverity } from '../model/rule-severity.js';
import { readExceptionItems } from '../exception/read-exceptions.js';
import { validateFilters } from '../filter/validate-filters.js';
import { findUnknownKeys } from './known-keys.js';
import { quoteText } from './quote-text.js';
import { readThreat } from './read-threat.js';
import { requireText } from './require-text.js';
import {
  describePath,
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
import type { TomlPath } from './toml-positions.js';

/** What can be read of a rule in spite of errors: enough to be looked at, not to run. */
export interface RuleDraft {
  /** What could not be read is empty or `null` in it. */
  readonly rule: Rule;
  /** What could not be read: the places of the errors. */
  readonly unread: readonly TomlPath[];
}

/** What {@link readRule} makes of a file's data. */
export interface ReadRule {
  /** `null` if there are problems. */
  readonly rule: Rule | null;
  /** Of a rule with problems; `null` if there is no table `[rule]`. */
  readonly draft: RuleDraft | null;
  readonly problems: readonly RuleProblem[];
}

/** What a rule file leaves to the pack that it lies in. */
export interface RuleDefaults {
  /** Keys of `[rule]` for rules that do not give them. */
  readonly keys: JsonObject;
  /** For formats that do not decide it. */
  readonly dialect: DialectName | null;
}

/**
 * Reads the rule in a file's data.
 *
 * @param file - The file's name, of which a rule without an id makes one.
 */
export function readRule(raw: JsonObject, file: string, defaults: RuleDefaults): ReadRule {
  const problems: RuleProblem[] = [];
  const root: RuleTable = { values: raw, path: [], problems };
  const own = readTable(root, 'rule');
  if (own === null) {
    if (problems.length === 0) problems.push(NO_RULE_TABLE);
    return { rule: null, draft: null, problems };
  }
  const format = recogniseFormat(root, own);
  const metadata = readTable(root, 'metadata') ?? { values: {}, path: ['metadata'], problems };
  const table: RuleTable = { ...own, values: { ...defaults.keys, ...own.values } };
  const details = readRuleDetails(table);
  const identity = readIdentity(table, format, file);
  const query = readQuery(table, format, defaults.dialect);
  if (query.type === 'eql') reportFilters(table, details.filters);
  const rule: Rule = {
    format,
    ...identity,
    ...query,
    ...details,
    description: readText(table, 'description'),
    endpoint: { ...details.endpoint, internal: readTable(root, 'internal')?.values ?? null },
    investigation: { ...details.investigation, ...readTransform(root) },
    actions: [...details.actions, ...readPlainTables(root, 'actions')],
    optionalActions: [...details.optionalActions, ...readPlainTables(root, 'optional_actions')],
    threat: [...details.threat, ...readThreat(root)],
    osList: [...new Set([...details.osList, ...readTexts(metadata, 'os_type_list')])],
    metadata: readMetadata(metadata),
    unknownKeys: findUnknownKeys(raw),
    raw,
  };
  if (problems.length === 0) return { rule, draft: null, problems };
  const unread = problems.flatMap(({ path, missing }) => (missing === undefined ? [path] : [path, missing]));
  return { rule: null, draft: { rule, unread }, problems };
}

/** Reads what a table says about a rule beside its identity and its query. */
export function readRuleDetails(table: RuleTable) {
  return {
    ...readSchedule(table),
    ...readTarget(table),
    ...readDocumentation(table),
    ...readResponses(table),
    endpoint: readEndpoint(table),
    investigation: readInvestigation(table),
    severity: readSeverity(table),
    riskScore: readNumber(table, 'risk_score'),
    threat: readThreat(table),
    meta: readTable(table, 'meta')?.values ?? null,
  };
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

function readQuery(
  table: RuleTable,
  format: RuleFormat,
  dialect: DialectName | null,
): Pick<Rule, 'type' | 'language' | 'query' | 'dialect'> {
  const language = readText(table, 'language');
  const type = readType(table, format, language);
  if (type === 'eql' && readValue(table, 'query') === undefined) requireText(table, 'query', "query = '''…'''");
  return {
    type,
    language: language ?? (type === 'eql' ? 'eql' : null),
    // A blank query is for the query's own parser to report.
    query: readText(table, 'query') ?? '',
    dialect: format === 'protections-artifacts' ? 'endpoint' : (dialect ?? 'elasticsearch'),
  };
}

/** The type; where it is missing, the draft of the rule is taken for EQL unless its language says otherwise. */
function readType(table: RuleTable, format: RuleFormat, language: string | null): string {
  const type = format === 'detection-rules' ? requireText(table, 'type', 'type = "eql"') : readText(table, 'type');
  if (type !== null && type.trim() !== '') return type;
  return language === null || language === 'eql' ? 'eql' : '';
}

function readSeverity(table: RuleTable): RuleSeverity | null {
  const text = readText(table, 'severity');
  if (text === null || isRuleSeverity(text)) return text;
  const levels = RULE_SEVERITIES.map((severity) => `"${severity}"`).join(', ');
  table.problems.push({
    code: 'EQL4004',
    path: [...table.path, 'severity'],
    message: `"${describePath([...table.path, 'severity'])}" must be one of ${levels}, not ${quoteText(text)}.`,
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

function readTarget(table: RuleTable) {
  return {
    index: readTexts(table, 'index'),
    dataViewId: readText(table, 'data_view_id'),
    timestampField: readText(table, 'timestamp_field'),
    timestampOverride: readText(table, 'timestamp_override'),
    timestampOverrideFallbackDisabled: readBoolean(table, 'timestamp_override_fallback_disabled') ?? false,
    tiebreakerField: readText(table, 'tiebreaker_field'),
    eventCategoryOverride: readText(table, 'event_category_override'),
    osList: readTexts(table, 'os_list'),
    requiredFields: readPlainTables(table, 'required_fields'),
    relatedIntegrations: readPlainTables(table, 'related_integrations'),
  };
}

function readEndpoint(table: RuleTable): EndpointRequirements {
  return {
    minVersion: readText(table, 'min_endpoint_version'),
    maxVersion: readText(table, 'max_endpoint_version'),
    reputation: readBoolean(table, 'reputation'),
    internal: null,
  };
}

function readInvestigation(table: RuleTable): InvestigationAids {
  const fields = readTable(table, 'investigation_fields');
  return {
    fields: fields === null ? [] : readTexts(fields, 'field_names'),
    timelineId: readText(table, 'timeline_id'),
    timelineTitle: readText(table, 'timeline_title'),
    osquery: [],
    investigate: [],
  };
}

function readTransform(root: RuleTable): Pick<InvestigationAids, 'osquery' | 'investigate'> {
  const transform = readTable(root, 'transform');
  return {
    osquery: transform === null ? [] : readPlainTables(transform, 'osquery'),
    investigate: transform === null ? [] : readPlainTables(transform, 'investigate'),
  };
}

function readDocumentation(table: RuleTable) {
  return {
    license: readText(table, 'license'),
    author: readTexts(table, 'author'),
    tags: readTexts(table, 'tags'),
    references: [...readTexts(table, 'references'), ...readTextOrTexts(table, 'reference')],
    falsePositives: readTexts(table, 'false_positives'),
    note: readText(table, 'note'),
    setup: readText(table, 'setup'),
    version: readTextOrInteger(table, 'version'),
    revision: readTextOrInteger(table, 'revision'),
  };
}

function readResponses(table: RuleTable) {
  return {
    buildingBlockType: readText(table, 'building_block_type'),
    filters: readPlainTables(table, 'filters'),
    alertSuppression: readAlertSuppression(table),
    exceptions: readTables(table, 'exceptions_list').map((list) => ({
      listId: readText(list, 'list_id') ?? readText(list, 'id') ?? '',
      type: readText(list, 'type') ?? 'detection',
      items: readExceptionItems(list, 'items'),
    })),
    actions: readPlainTables(table, 'actions'),
    optionalActions: readPlainTables(table, 'optional_actions'),
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

/** Filters of other rules than EQL are not applied, so they are not judged. */
function reportFilters(table: RuleTable, filters: readonly JsonObject[]): void {
  for (const { path, message } of validateFilters(filters)) {
    table.problems.push({
      code: 'EQL4201',
      path: [...table.path, 'filters', ...path],
      message,
      help: 'Without the filter the rule would alert on events that it is meant to leave out. Rewrite it, or put it into the query.',
    });
  }
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
