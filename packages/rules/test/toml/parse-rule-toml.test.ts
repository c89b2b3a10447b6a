import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { renderDiagnostic } from '@eqlkit/language';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRuleToml } from '../../src/toml/parse-rule-toml.js';
import type { Rule } from '../../src/model/rule.js';

const XDG_RULE = new URL('../../../../rules/elastic/linux/persistence_xdg_autostart_netcon.toml', import.meta.url);

const BEHAVIOUR_RULE = `[rule]
description = "A shell started by a web server."
id = "11111111-2222-3333-4444-555555555555"
license = "Apache-2.0"
name = "Shell of a Web Server"
os_list = ["linux", "macos"]
reference = ["https://example.org/"]
version = "1.0.3"
min_endpoint_version = "8.3.0"
optional_actions = []
query = '''
process where process.parent.name == "nginx"
'''

[[actions]]
action = "kill_process"
field = "process.entity_id"
state = 0

[[threat]]
framework = "MITRE ATT&CK"
[[threat.technique]]
id = "T1059"
name = "Command and Scripting Interpreter"
reference = "https://attack.mitre.org/techniques/T1059/"
[threat.tactic]
id = "TA0002"
name = "Execution"
reference = "https://attack.mitre.org/tactics/TA0002/"

[internal]
min_endpoint_version = "8.3.0"
`;

/** The rule of a file that is in order. */
function ruleOf(text: string, file = 'a.toml'): Rule {
  const { rule, diagnostics } = parseRuleToml(text, file);
  expect(diagnostics).toEqual([]);
  if (rule === null) throw new Error('no rule');
  return rule;
}

/** What is wrong with a file: codes, messages, and the text they point at. */
function complaints(text: string): { code: string; message: string; help: string | undefined; at: string }[] {
  const { rule, diagnostics } = parseRuleToml(text, 'a.toml');
  expect(rule).toBeNull();
  return diagnostics.map(({ code, message, help, span }) => ({
    code,
    message,
    help,
    at: text.slice(span.start, span.end),
  }));
}

describe('parseRuleToml', () => {
  it("reads Elastic's rule that the project ships, which is unmodified", () => {
    const bytes = readFileSync(XDG_RULE);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(
      '752236c67ea1c8f35ab80dc4dcd8098effd5589b5673e408d87123b079e07b63',
    );
    const rule = ruleOf(bytes.toString('utf8'));
    expect(rule).toMatchObject({
      format: 'detection-rules',
      id: 'dd52d45a-4602-4195-9018-ebe0f219c273',
      name: 'Network Connections Initiated Through XDG Autostart Entry',
      severity: 'medium',
      riskScore: 47,
      type: 'eql',
      language: 'eql',
      dialect: 'elasticsearch',
      index: ['logs-endpoint.events.*'],
      from: 'now-9m',
      to: null,
      interval: null,
      maxSignals: null,
      timestampOverride: 'event.ingested',
      author: ['Elastic'],
      license: 'Elastic License v2',
      osList: [],
      alertSuppression: null,
      unknownKeys: [],
      threat: [
        {
          framework: 'MITRE ATT&CK',
          tactic: { id: 'TA0003', name: 'Persistence', reference: 'https://attack.mitre.org/tactics/TA0003/' },
          techniques: [
            {
              id: 'T1547',
              name: 'Boot or Logon Autostart Execution',
              reference: 'https://attack.mitre.org/techniques/T1547/',
              subtechniques: [{ id: 'T1547.013' }],
            },
          ],
        },
      ],
    });
    expect(rule.metadata).toMatchObject({
      creationDate: '2024/06/03',
      updatedDate: '2025/01/15',
      maturity: 'production',
      integration: ['endpoint'],
    });
    expect(rule.query.startsWith('sequence by host.id, process.entity_id with maxspan=1s\n [process where')).toBe(true);
    expect(rule.tags).toHaveLength(6);
    expect(rule.references).toHaveLength(3);
  });

  it('reads a behaviour rule of Elastic Defend', () => {
    expect(ruleOf(BEHAVIOUR_RULE)).toMatchObject({
      format: 'protections-artifacts',
      id: '11111111-2222-3333-4444-555555555555',
      type: 'eql',
      language: 'eql',
      dialect: 'endpoint',
      severity: null,
      riskScore: null,
      osList: ['linux', 'macos'],
      endpoint: {
        minVersion: '8.3.0',
        maxVersion: null,
        reputation: null,
        internal: { min_endpoint_version: '8.3.0' },
      },
      version: '1.0.3',
      references: ['https://example.org/'],
      actions: [{ action: 'kill_process', field: 'process.entity_id', state: 0 }],
      optionalActions: [],
      threat: [{ tactic: { id: 'TA0002' }, techniques: [{ id: 'T1059', subtechniques: [] }] }],
      unknownKeys: [],
    });
  });

  it.each([
    ['rules/mine.toml', 'file:rules/mine.toml'],
    ['./rules/mine.toml', 'file:rules/mine.toml'],
    ['rules\\mine.toml', 'file:rules/mine.toml'],
  ])('reads three lines, with an id from the name %s', (file, id) => {
    const rule = ruleOf('[rule]\nname = "Shell"\nquery = "process where true"\n', file);
    expect(rule).toMatchObject({
      format: 'minimal',
      id,
      name: 'Shell',
      query: 'process where true',
      type: 'eql',
      language: 'eql',
      dialect: 'elasticsearch',
      description: null,
      tags: [],
      threat: [],
    });
  });

  it('lets a minimal rule say more', () => {
    const rule = ruleOf('[rule]\nid = "x"\nname = "Shell"\nquery = "any where true"\nseverity = "high"\nversion = 3');
    expect(rule).toMatchObject({ format: 'minimal', id: 'x', severity: 'high', version: '3' });
  });

  it('reads rules of other kinds, with and without a query', () => {
    const start = '[metadata]\n[rule]\nrule_id = "x"\nname = "n"\n';
    expect(ruleOf(`${start}type = "machine_learning"`)).toMatchObject({
      type: 'machine_learning',
      query: '',
      language: null,
    });
    expect(ruleOf(`${start}type = "query"\nlanguage = "kuery"\nquery = "a: b"`)).toMatchObject({ language: 'kuery' });
  });

  it('reads what Kibana adds', () => {
    const rule = ruleOf(`[rule]
name = "n"
query = "any where true"
[rule.alert_suppression]
group_by = ["host.id"]
missing_fields_strategy = "suppress"
duration = { value = 5, unit = "m" }
[[rule.filters]]
meta = { negate = true }
query = { exists = { field = "user.name" } }
[[rule.exceptions_list]]
list_id = "e"
type = "endpoint"`);
    expect(rule.alertSuppression).toEqual({
      groupBy: ['host.id'],
      missingFieldsStrategy: 'suppress',
      duration: { value: 5, unit: 'm' },
    });
    expect(JSON.stringify(rule.filters)).toBe('[{"meta":{"negate":true},"query":{"exists":{"field":"user.name"}}}]');
    expect(rule.exceptions).toEqual([{ listId: 'e', type: 'endpoint', items: [] }]);
  });

  it('reads every key that a detection rule can have, and knows them all', () => {
    const rule = ruleOf(`[metadata]
creation_date = "2024/01/02"
updated_date = "2024/01/03"
deprecation_date = "2024/01/04"
deprecated_reason = "Replaced."
maturity = "deprecated"
integration = "endpoint"
min_stack_version = "8.15.0"
min_stack_comments = "New fields."
os_type_list = ["linux"]
bypass_bbr_timing = true
query_schema_validation = false
promotion = true
related_endpoint_rules = [["a", "b"]]
comments = "none"
[metadata.extended]
owner = "team"
[rule]
author = ["Me"]
building_block_type = "default"
data_view_id = "view"
description = "What it finds."
enabled = false
event_category_override = "event.type"
false_positives = ["Backups."]
from = "now-119m"
interval = "60m"
language = "eql"
license = "Apache-2.0"
max_signals = 7
name = "Every key"
note = "## Triage"
references = ["https://example.org/"]
revision = 2
risk_score = 21
rule_id = "11111111-2222-3333-4444-555555555556"
rule_name_override = "message"
setup = "## Setup"
severity = "low"
tags = ["OS: Linux"]
throttle = "no_actions"
timeline_id = "t"
timeline_title = "A timeline"
timestamp_field = "event.created"
timestamp_override = "event.ingested"
timestamp_override_fallback_disabled = true
tiebreaker_field = "event.sequence"
to = "now"
type = "eql"
version = 4
query = "any where true"
[rule.meta]
kind = "m"
[rule.investigation_fields]
field_names = ["user.name"]
[[rule.severity_mapping]]
field = "f"
[[rule.risk_score_mapping]]
field = "g"
[[rule.required_fields]]
name = "host.name"
[[rule.related_integrations]]
package = "endpoint"
[[rule.response_actions]]
action_type_id = ".osquery"
[[rule.actions]]
group = "default"
[[transform.osquery]]
label = "Processes"
[[transform.investigate]]
label = "Alerts"`);
    expect(rule.unknownKeys).toEqual([]);
    expect(rule).toMatchObject({
      buildingBlockType: 'default',
      dataViewId: 'view',
      enabled: false,
      eventCategoryOverride: 'event.type',
      from: 'now-119m',
      to: 'now',
      interval: '60m',
      maxSignals: 7,
      timestampField: 'event.created',
      timestampOverride: 'event.ingested',
      timestampOverrideFallbackDisabled: true,
      tiebreakerField: 'event.sequence',
      version: '4',
      revision: '2',
      throttle: 'no_actions',
      osList: ['linux'],
      overrides: { ruleName: 'message', severityMapping: [{ field: 'f' }], riskScoreMapping: [{ field: 'g' }] },
      investigation: {
        fields: ['user.name'],
        timelineId: 't',
        timelineTitle: 'A timeline',
        osquery: [{ label: 'Processes' }],
        investigate: [{ label: 'Alerts' }],
      },
      requiredFields: [{ name: 'host.name' }],
      relatedIntegrations: [{ package: 'endpoint' }],
      responseActions: [{ action_type_id: '.osquery' }],
      actions: [{ group: 'default' }],
      meta: { kind: 'm' },
      metadata: {
        deprecationDate: '2024/01/04',
        deprecatedReason: 'Replaced.',
        integration: ['endpoint'],
        bypassBbrTiming: true,
        querySchemaValidation: false,
        promotion: true,
      },
    });
  });

  it('keeps unknown keys, and hostile ones, as data', () => {
    const rule = ruleOf(
      '[rule]\nname = "n"\nquery = ""\n__proto__ = { severity = "high" }\nown.key = 1\n[constructor]',
    );
    expect(rule.unknownKeys).toEqual(['constructor', 'rule.__proto__', 'rule.own']);
    expect(rule.severity).toBeNull();
    expect(JSON.stringify(rule.raw['rule'])).toContain('"__proto__":{"severity":"high"},"own":{"key":1}');
  });

  it('reads CRLF, and keeps it in a query', () => {
    const rule = ruleOf(BEHAVIOUR_RULE.replaceAll('\n', '\r\n'));
    expect(rule.query).toBe('process where process.parent.name == "nginx"\r\n');
  });

  it('names each required key that is missing', () => {
    expect(complaints('[metadata]\n[rule]\ntype = "eql"').map(({ code, message, at }) => [code, message, at])).toEqual([
      ['EQL4003', 'The required key "rule_id" is missing in [rule].', 'rule'],
      ['EQL4003', 'The required key "name" is missing in [rule].', 'rule'],
      ['EQL4003', 'The required key "query" is missing in [rule].', 'rule'],
    ]);
    expect(complaints('[rule]\nos_list = []\nname = "n"\nquery = ""')[0]?.message).toContain('"id" is missing');
    expect(complaints('[rule]\nrule_id = "x"\nname = " "\nquery = ""\ntype = "eql"')).toMatchObject([
      { code: 'EQL4003', message: 'The required key "name" is empty in [rule].', at: '" "' },
    ]);
    expect(
      complaints('[rule]\nname="n"\nquery=""\n[[rule.threat]]\n[[rule.threat.technique]]\nname = "x"'),
    ).toMatchObject([
      { code: 'EQL4003', message: 'The required key "id" is missing in [rule.threat[0].technique[0]].' },
    ]);
  });

  it('sees a mistyped key in place of a missing one', () => {
    expect(complaints('[rule]\nname = "n"\nquary = "any where true"')).toMatchObject([
      {
        code: 'EQL4003',
        at: 'quary',
        help: expect.stringContaining('Is "quary" meant to be "query"?') as string,
      },
    ]);
  });

  it('wants a [rule]', () => {
    expect(complaints('')).toMatchObject([{ code: 'EQL4003', message: 'The required table [rule] is missing.' }]);
    expect(complaints('rule = 1')).toMatchObject([
      { code: 'EQL4004', message: '"rule" must be a table, not the number 1.' },
    ]);
    expect(complaints('[[rule]]')).toMatchObject([{ code: 'EQL4004', message: '"rule" must be a table, not a list.' }]);
  });

  it.each([
    ['name = 5', '"rule.name" must be a string, not the number 5.', '5'],
    ['risk_score = "high"', '"rule.risk_score" must be a number, not a string.', '"high"'],
    ['risk_score = nan', '"rule.risk_score" must be a number, not the number NaN.', 'nan'],
    [
      'risk_score = 9223372036854775807',
      '"rule.risk_score" must be a number, not a number of that size.',
      '9223372036854775807',
    ],
    ['tags = "a"', '"rule.tags" must be a list of strings, not a string.', '"a"'],
    ['tags = ["a", true]', '"rule.tags[1]" must be a string, not true.', 'true'],
    ['version = 1.5', '"rule.version" must be a string or a whole number, not the number 1.5.', '1.5'],
    ['threat = { framework = "x" }', '"rule.threat" must be a list of tables, not a table.', '{ framework = "x" }'],
    ['filters = [1]', '"rule.filters[0]" must be a table, not the number 1.', '1'],
    ['alert_suppression = []', '"rule.alert_suppression" must be a table, not a list.', '[]'],
    ['enabled = "yes"', '"rule.enabled" must be true or false, not a string.', '"yes"'],
    ['query = []', '"rule.query" must be a string, not a list.', '[]'],
  ])('refuses %s', (line, message, at) => {
    const rest = ['name = "n"', 'query = "any where true"'].filter(
      (other) => other.split(' ')[0] !== line.split(' ')[0],
    );
    expect(complaints(['[rule]', ...rest, line].join('\n'))).toMatchObject([{ code: 'EQL4004', message, at }]);
  });

  it('knows four severities', () => {
    expect(complaints('[rule]\nname = "n"\nquery = ""\nseverity = "hig"')).toMatchObject([
      {
        code: 'EQL4004',
        message: '"rule.severity" must be one of "low", "medium", "high", "critical", not "hig".',
        help: 'Did you mean "high"?',
      },
    ]);
  });

  it('reports everything at once, in the order of the file', () => {
    expect(complaints('[rule]\ntags = 1\nquery = 2\nname = 3').map(({ at }) => at)).toEqual(['1', '2', '3']);
  });

  it('shows a diagnostic under the line of the file', () => {
    const text = '[rule]\nname = "n"\nquery = ""\ntags = "linux"\n';
    const [diagnostic] = parseRuleToml(text, 'a.toml').diagnostics;
    if (diagnostic === undefined) throw new Error('no diagnostic');
    expect(renderDiagnostic(diagnostic, { name: 'a.toml', text })).toBe(
      [
        'error[EQL4004]: "rule.tags" must be a list of strings, not a string.',
        ' --> a.toml:4:8',
        '  |',
        '4 | tags = "linux"',
        '  |        ^^^^^^^',
        '  = help: Write tags = ["…", "…"].',
      ].join('\n'),
    );
  });

  it('answers whatever stands in a rule file', () => {
    const key = fc.constantFrom(
      ...'rule_id id name query type os_list severity threat technique tactic tags filters version alert_suppression'.split(
        ' ',
      ),
      '__proto__',
      '"a b"',
    );
    const value = fc.constantFrom(
      '1',
      '"x"',
      "''",
      '[]',
      '[1]',
      '["x"]',
      '[{}]',
      '{}',
      '{ a = 1 }',
      'true',
      'nan',
      '2024-01-01',
    );
    const line = fc.oneof(
      fc.tuple(key, value).map(([name, what]) => `${name} = ${what}`),
      fc.constantFrom(
        '[rule]',
        '[metadata]',
        '[[rule.threat]]',
        '[rule.threat.tactic]',
        '[[threat]]',
        '[[rule.threat.technique]]',
        '}',
      ),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const text = ['[rule]', ...lines].join('\n');
        const { rule, diagnostics } = parseRuleToml(text, 'a.toml');
        expect(rule === null).toBe(diagnostics.length > 0);
        for (const { span } of diagnostics) {
          expect(span.start <= span.end && span.end <= text.length).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
