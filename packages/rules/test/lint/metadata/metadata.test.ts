import { describe, expect, it } from 'vitest';
import { applyFixes } from '../../../src/lint/apply-fixes.js';
import { lintRules } from '../../../src/lint/lint-rules.js';
import { parsePackToml } from '../../../src/pack/parse-pack-toml.js';
import { parseRuleToml } from '../../../src/toml/parse-rule-toml.js';
import { markedInFile, readRuleFile } from '../lint-query.js';

const THREAT = `
[[rule.threat]]
framework = "MITRE ATT&CK"
[rule.threat.tactic]
id = "TA0003"
name = "Persistence"
reference = "https://attack.mitre.org/tactics/TA0003/"
[[rule.threat.technique]]
id = "T1547"
name = "Boot or Logon Autostart Execution"
reference = "https://attack.mitre.org/techniques/T1547/"
[[rule.threat.technique.subtechnique]]
id = "T1547.013"
name = "XDG Autostart Entries"
reference = "https://attack.mitre.org/techniques/T1547/013/"
`;

const RULE = `[metadata]
creation_date = "2026/01/31"
updated_date = "2026/02/01"

[rule]
name = "A rule"
rule_id = "0f7b6a0e-9c0f-4d24-8d0a-2f8f5f6b1c11"
type = "eql"
severity = "medium"
risk_score = 47
query = 'process where process.name == "a"'
${THREAT}`;

const BEHAVIOUR = `[rule]
name = "A rule"
id = "0f7b6a0e-9c0f-4d24-8d0a-2f8f5f6b1c11"
os_list = ["linux"]
query = 'process where process.name == "a"'
${THREAT.replaceAll('rule.threat', 'threat')}`;

const FILE = 'rules/linux/persistence_a_rule.toml';

/** A rule with one of its lines replaced, or taken out. */
function change(line: string, replacement?: string, rule = RULE): string {
  expect(rule).toContain(`${line}\n`);
  return rule.replace(`${line}\n`, replacement === undefined ? '' : `${replacement}\n`);
}

function marked(text: string, code: string, file = FILE): readonly string[] {
  return markedInFile(readRuleFile(text, file), code);
}

function fixedText(text: string): string {
  return applyFixes(readRuleFile(text, FILE), (file) => lintRules([file])[0]?.diagnostics ?? []).text;
}

describe('the metadata of a rule', () => {
  it.each([
    ['detection rule', RULE],
    ['behaviour rule', BEHAVIOUR],
    ['minimal rule', '[rule]\nname = "n"\nquery = \'process where process.name == "a"\'\n'],
  ])('is fine in a %s that says all it should', (_about, text) => {
    expect(lintRules([readRuleFile(text, FILE)])[0]?.diagnostics).toEqual([]);
  });

  it.each([
    ['type = "eql"', 'type = "eqll"', '"eqll"', 'Did you mean "eql"?'],
    ['type = "eql"', 'type = "query"\nlanguage = "eql"', '"eql"', 'Its language is "kuery" or "lucene"'],
    ['type = "eql"', 'type = "eql"\nlanguage = "eq"', '"eq"', 'There is: "eql".'],
    ['type = "eql"', 'type = "eql"\nfrom = "yesterday"', '"yesterday"', 'from = "now-9m"'],
    ['type = "eql"', 'type = "eql"\nto = "now-5"', '"now-5"', 'to = "now-9m"'],
    ['type = "eql"', 'type = "eql"\ninterval = "5 minutes"', '"5 minutes"', 'interval = "5m"'],
    ['type = "eql"', 'type = "eql"\nmax_signals = 0', '0', 'Write 1 or more.'],
    ['type = "eql"', 'type = "eql"\nbuilding_block_type = "defualt"', '"defualt"', 'Did you mean "default"?'],
    ['type = "eql"', 'type = "eql"\nevent_category_override = ""', '""', 'Name the field'],
    ['type = "eql"', 'type = "eql"\nalert_suppression = { group_by = [] }', '[]', 'group_by = ["host.id"]'],
    [
      'type = "eql"',
      'type = "eql"\nalert_suppression = { group_by = ["host.id"], duration = { unit = "x", value = 5 } }',
      '"x"',
      'There are: "s", "m", "h".',
    ],
    [
      'updated_date = "2026/02/01"',
      'updated_date = "2026/02/01"\nmaturity = "produktion"',
      '"produktion"',
      '"production"',
    ],
  ])('EQL5213: %s as %s', (line, wrong, part, help) => {
    const file = readRuleFile(change(line, wrong), FILE);
    const found = (lintRules([file])[0]?.diagnostics ?? []).filter(({ code }) => code === 'EQL5213');
    expect(found.map(({ span }) => file.text.slice(span.start, span.end))).toEqual([part]);
    expect(found[0]?.help).toContain(help);
  });

  it.each([
    'type = "query"\nlanguage = "kuery"',
    'type = "threshold"\nlanguage = "lucene"\nalert_suppression = { duration = { unit = "m", value = 5 } }',
    'type = "machine_learning"',
    'type = "eql"\nlanguage = "eql"\nfrom = "now-1h/h"\nto = "2026-01-31T12:00:00Z"\ninterval = "1h"\nmax_signals = 1',
    'type = "eql"\nalert_suppression = { group_by = ["host.id", "user.id"], missing_fields_strategy = "doNotSuppress" }',
  ])('EQL5213 is silent about %s', (keys) => {
    expect(marked(change('type = "eql"', keys), 'EQL5213')).toEqual([]);
  });

  it.each([
    ['timestamp_override = "event.ingestd"', '"event.ingestd"'],
    ['tiebreaker_field = "event.sequense"', '"event.sequense"'],
    ['alert_suppression = { group_by = ["host.id", "process.nmae"] }', '"process.nmae"'],
    ['investigation_fields = { field_names = ["process.comand_line"] }', '"process.comand_line"'],
    ['filters = [{ query.match_phrase = { "process.nmae" = "x" } }]', '"process.nmae"'],
    ['filters = [{ query.exists = { field = "process.nmae" } }]', '"process.nmae"'],
    ['filters = [{ query.bool.must_not = [{ term = { "user.nmae" = { value = "x" } } }] }]', '"user.nmae"'],
    ['filters = [{ meta = { type = "phrase", key = "process.nmae", params = { query = "x" } } }]', '"process.nmae"'],
  ])('EQL5101: a field that a key misspells, %s', (line, part) => {
    expect(marked(change('type = "eql"', `type = "eql"\n${line}`), 'EQL5101')).toEqual([part]);
  });

  it('says of a value of the pack where it stands', () => {
    const { pack } = parsePackToml('[defaults]\nrisk_score = 99\n', 'rules');
    const text = change('risk_score = 47');
    const { rule } = parseRuleToml(text, FILE, { keys: pack?.defaults ?? {}, dialect: null });
    if (rule === null) throw new Error('the rule does not load');
    const [finding] = lintRules([{ rule, file: FILE, text, diagnostics: [], pack }])[0]?.diagnostics ?? [];
    expect(finding).toMatchObject({
      code: 'EQL5203',
      help: expect.stringContaining('[defaults] in pack.toml') as string,
    });
    expect(text.slice(finding?.span.start, finding?.span.end)).toBe('rule');
  });

  it.each([
    [RULE, 'rule_id = "0f7b6a0e-9c0f-4d24-8d0a-2f8f5f6b1c11"', 'rule_id = "my rule"', '"my rule"'],
    [
      RULE,
      'rule_id = "0f7b6a0e-9c0f-4d24-8d0a-2f8f5f6b1c11"',
      'rule_id = "0F7B6A0E-9C0F-4D24-8D0A-2F8F5F6B1C11"',
      '"0F7B6A0E-9C0F-4D24-8D0A-2F8F5F6B1C11"',
    ],
    [BEHAVIOUR, 'id = "0f7b6a0e-9c0f-4d24-8d0a-2f8f5f6b1c11"', 'id = "7"', '"7"'],
  ])('EQL5201: an id that is no UUID', (rule, line, wrong, part) => {
    expect(marked(change(line, wrong, rule), 'EQL5201')).toEqual([part]);
  });

  it('EQL5202: severity and risk score have to be there', () => {
    expect(marked(change('severity = "medium"'), 'EQL5202')).toEqual(['rule']);
    expect(marked(change('risk_score = 47'), 'EQL5202')).toEqual(['rule']);
  });

  it.each(['risk_score = 48', 'risk_score = 21', 'risk_score = 101', 'risk_score = 30.5', 'risk_score = -1'])(
    'EQL5203: %s does not go with a medium severity',
    (line) => {
      expect(marked(change('risk_score = 47', line), 'EQL5203')).toEqual([line.replace('risk_score = ', '')]);
    },
  );

  it.each([
    [RULE, 'Risk scores of medium severity are 22 to 47.'],
    [change('severity = "medium"'), expect.stringContaining('from 0') as string],
  ])('EQL5203: says which score does', (rule, help) => {
    const file = readRuleFile(change('risk_score = 47', 'risk_score = 150', rule), FILE);
    const found = lintRules([file])[0]?.diagnostics.find(({ code }) => code === 'EQL5203');
    expect(found?.help).toEqual(help);
  });

  it.each(['risk_score = 22', 'risk_score = 47'])('EQL5203: %s goes with a medium severity', (line) => {
    expect(marked(change('risk_score = 47', line), 'EQL5203')).toEqual([]);
  });

  it.each([
    ['creation_date = "2026/13/01"', '"2026/13/01"'],
    ['creation_date = "2026/02/30"', '"2026/02/30"'],
    ['creation_date = "31.1.2026"', '"31.1.2026"'],
    ['creation_date = "2026-01-31"', '"2026-01-31"'],
    ['creation_date = 2026-01-31', '2026-01-31'],
  ])('EQL5204: %s is no date', (line, part) => {
    expect(marked(change('creation_date = "2026/01/31"', line), 'EQL5204')).toEqual([part]);
  });

  it('EQL5204: dates have to be there, and in order', () => {
    expect(marked(change('updated_date = "2026/02/01"'), 'EQL5204')).toEqual(['metadata']);
    expect(marked(change('updated_date = "2026/02/01"', 'updated_date = "2026/01/30"'), 'EQL5204')).toEqual([
      '"2026/01/30"',
    ]);
    const deprecated = change(
      'updated_date = "2026/02/01"',
      'updated_date = "2026/02/01"\ndeprecation_date = "2026/01/31"',
    );
    expect(marked(deprecated, 'EQL5204')).toEqual(['"2026/01/31"']);
  });

  it('EQL5204: a date of another form is rewritten', () => {
    for (const line of ['creation_date = "2026-01-31"', 'creation_date = 2026-01-31']) {
      expect(fixedText(change('creation_date = "2026/01/31"', line))).toBe(RULE);
    }
  });

  it('EQL5205: a threat mapping has to be there, with a tactic', () => {
    expect(marked(RULE.replace(THREAT, ''), 'EQL5205')).toEqual(['rule']);
    expect(marked(`${RULE.replace(THREAT, '')}[[rule.threat]]\nframework = "MITRE ATT&CK"\n`, 'EQL5205')).toEqual([
      'rule.threat',
    ]);
  });

  it.each([
    ['id = "TA0003"', 'id = "TA03"', '"TA03"'],
    ['id = "T1547"', 'id = "1547"', '"1547"'],
    ['id = "T1547.013"', 'id = "T1547.13"', '"T1547.13"'],
    ['id = "T1547.013"', 'id = "T1548.013"', '"T1548.013"'],
    ['framework = "MITRE ATT&CK"', 'framework = "MITRE ATTACK"', '"MITRE ATTACK"'],
  ])('EQL5206: %s is not %s', (line, wrong, part) => {
    expect(marked(change(line, wrong), 'EQL5206')).toEqual([part]);
    expect(marked(change(line, wrong, BEHAVIOUR), 'EQL5206')).toEqual([part]);
  });

  it('EQL5206: ATLAS has ids of its own', () => {
    const atlas = RULE.replace('MITRE ATT&CK', 'MITRE ATLAS')
      .replace('"TA0003"', '"AML.TA0003"')
      .replace('"T1547"', '"AML.T1547"')
      .replace('"T1547.013"', '"AML.T1547.013"');
    expect(marked(atlas, 'EQL5206')).toEqual([]);
  });

  it('EQL5207: a tactic has its own name', () => {
    expect(marked(change('name = "Persistence"', 'name = "Impact"'), 'EQL5207')).toEqual(['"Impact"']);
  });

  it('EQL5208: a reference leads to the page of the id, and is mended unless it is that of another', () => {
    const refer = (address: string): string =>
      change('"https://attack.mitre.org/techniques/T1547/013/"', JSON.stringify(address));
    for (const same of [
      'https://attack.mitre.org/techniques/T1547/013',
      'http://attack.mitre.org/techniques/t1547/013/',
    ]) {
      expect(marked(refer(same), 'EQL5208')).toEqual([JSON.stringify(same)]);
      expect(fixedText(refer(same))).toBe(RULE);
    }
    const other = refer('https://attack.mitre.org/techniques/T1547/001/');
    expect(marked(other, 'EQL5208')).toEqual(['"https://attack.mitre.org/techniques/T1547/001/"']);
    expect(fixedText(other)).toBe(other);
  });

  it.each([
    'rules/a_rule.toml',
    'Persistence_a_rule.toml',
    'persistence-a-rule.toml',
    'persistence_a-rule.toml',
    'execution_a_rule.toml',
    'persistence.toml',
  ])('EQL5209: %s is not named after the tactic', (file) => {
    expect(marked(RULE, 'EQL5209', file)).toEqual(['"A rule"']);
  });

  it('EQL5209 and EQL5207: a misspelt name of a tactic makes no other file name right', () => {
    const text = change('name = "Persistence"', 'name = "Persistance"');
    const found = lintRules([readRuleFile(text, FILE)])[0]?.diagnostics ?? [];
    expect(found.map(({ code, help }) => [code, help])).toEqual([['EQL5207', 'Did you mean "Persistence"?']]);
    const [wrong] = lintRules([readRuleFile(text, 'x.toml')])[0]?.diagnostics ?? [];
    expect(wrong).toMatchObject({
      code: 'EQL5209',
      help: expect.stringContaining('persistence_a_rule.toml') as string,
    });
  });

  it.each(['persistence_a_rule.toml', 'x/persistence_ld.so_(x).toml'])('EQL5209: %s is', (file) => {
    expect(marked(RULE, 'EQL5209', file)).toEqual([]);
  });

  it('EQL5211: a key that is nearly a known one', () => {
    expect(marked(change('severity = "medium"', 'severity = "medium"\nrefrences = ["x"]'), 'EQL5211')).toEqual([
      'refrences',
    ]);
    expect(marked(change('severity = "medium"', 'severity = "medium"\nour_own_key = "x"'), 'EQL5211')).toEqual([]);
    expect(
      marked(change('updated_date = "2026/02/01"', 'updated_date = "2026/02/01"\nmaturty = "x"'), 'EQL5211'),
    ).toEqual(['maturty']);
  });

  it.each([
    [change('framework = "MITRE ATT&CK"', 'framework = "MITRE ATT&CK"\ntactics = "x"'), 'tactics'],
    [change('name = "XDG Autostart Entries"', 'nmae = "XDG Autostart Entries"'), 'nmae'],
    [
      change('type = "eql"', 'type = "eql"\nalert_suppression = { group_bye = [], group_by = ["host.id"] }'),
      'group_bye',
    ],
    [change('type = "eql"', 'type = "eql"\nfilters = [{ meta = { negat = true }, query.match_all = {} }]'), 'negat'],
    [change('name = "Persistence"', 'nam = "Persistence"', BEHAVIOUR), 'nam'],
  ])('EQL5211: a key in a table inside', (text, key) => {
    expect(marked(text, 'EQL5211')).toEqual([key]);
  });
});

describe('EQL5212, a look-back shorter than maxspan', () => {
  const sequence = (maxspan: string, schedule: string): string =>
    change(
      `query = 'process where process.name == "a"'`,
      `query = 'sequence by host.id with maxspan=${maxspan} [process where true] [file where true]'\n${schedule}`,
    );

  it.each([
    [sequence('10m', 'from = "now-9m"'), '"now-9m"'],
    [sequence('2h', 'from = "now-65m"\ninterval = "60m"'), '"now-65m"'],
    // Kibana looks back six minutes unless a rule says otherwise.
    [sequence('7m', ''), 'rule'],
  ])('is found', (text, part) => {
    expect(marked(text, 'EQL5212')).toEqual([part]);
  });

  it.each([sequence('5m', ''), sequence('9m', 'from = "now-9m"'), sequence('1d', 'from = "2026-01-01"')])(
    'is not found',
    (text) => {
      expect(marked(text, 'EQL5212')).toEqual([]);
    },
  );
});

describe('EQL5210, two rules with one name', () => {
  const codes = (...texts: readonly string[]): readonly (readonly string[])[] =>
    lintRules(texts.map((text, index) => readRuleFile(text, `${index}/persistence_a.toml`))).map(({ diagnostics }) =>
      diagnostics.map(({ code }) => code),
    );

  it('is found in the second one', () => {
    expect(codes(RULE, RULE.replace('"A rule"', '"a RULE"'))).toEqual([[], ['EQL5210']]);
    expect(codes(RULE, RULE.replace('"A rule"', '"Another rule"'))).toEqual([[], []]);
  });

  it('is not found in behaviour rules for different systems', () => {
    expect(codes(BEHAVIOUR, BEHAVIOUR.replace('linux', 'macos'))).toEqual([[], []]);
    expect(codes(BEHAVIOUR, BEHAVIOUR)).toEqual([[], ['EQL5210']]);
  });
});
