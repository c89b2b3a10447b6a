import { parseRuleToml, RuleEngine } from '@eqlkit/rules';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';

const SEED = 20_261_135;

const RULES = [
  `[metadata]
creation_date = "2026/01/01"
[rule]
name = "Shell"
rule_id = "3c0f3a52-1111-4c0e-8d0f-6f1f6f0a0001"
type = "eql"
language = "eql"
severity = "low"
risk_score = 21
index = ["logs-*"]
tags = ["Domain: Endpoint"]
query = '''
process where process.name : ("sh", "bash") // shells
'''
[[rule.threat]]
framework = "MITRE ATT&CK"
[rule.threat.tactic]
id = "TA0002"
name = "Execution"
reference = "https://attack.mitre.org/tactics/TA0002/"
[[rule.threat.technique]]
id = "T1059"
name = "Command and Scripting Interpreter"
`,
  `[rule]
id = "b0f9c1e6-2222-4b6c-9a55-0d3c5a7f1e01"
name = "Behaviour"
os_list = ["linux"]
query = "sequence by process.entity_id with maxspan=1m\\n [process where true] as first\\n [file where file.path == first.process.executable]"
[[actions]]
action = "kill_process"
[internal]
min_endpoint_version = "8.0.0"
`,
];

/** Reads a text as a rule: a rule that runs or is refused, with diagnostics whose places lie in the text. */
function take(text: string): 'rule' | 'refused' {
  const { rule, diagnostics } = parseRuleToml(text, 'rule.toml');
  for (const { span, message } of diagnostics) {
    expect(message).not.toBe('');
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(text.length);
  }
  if (rule === null) {
    expect(diagnostics).not.toEqual([]);
    return 'refused';
  }
  const engine = new RuleEngine([rule]);
  expect(engine.rules.length + engine.broken.length).toBe(1);
  engine.process({ '@timestamp': 0, event: { category: 'process' }, process: { name: 'sh', entity_id: 'a' } });
  engine.finish();
  return 'rule';
}

describe(`any text as a rule file (seed ${String(SEED)})`, () => {
  const verdicts = { rule: 0, refused: 0 };
  const count = (text: string): void => {
    verdicts[take(text)] += 1;
  };
  afterAll(() => {
    console.log(`texts as rules, seed ${String(SEED)}: ${JSON.stringify(verdicts)}`);
    expect(verdicts.rule).toBeGreaterThan(100);
    expect(verdicts.refused).toBeGreaterThan(100);
  });

  it('the rules that are changed are rules', () => {
    expect(RULES.map(take)).toEqual(['rule', 'rule']);
  });

  it('random bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array).toString('latin1'));
    fc.assert(fc.property(bytes, count), { seed: SEED, numRuns: 500 });
  });

  it('rules with a few characters changed, taken out or put in', () => {
    const change = fc.tuple(fc.nat(), fc.nat({ max: 6 }), fc.string({ unit: 'binary', maxLength: 4 }));
    const changed = fc
      .tuple(fc.constantFrom(...RULES), fc.array(change, { minLength: 1, maxLength: 4 }))
      .map(([rule, changes]) =>
        changes.reduce((text, [place, removed, added]) => {
          const at = place % (text.length + 1);
          return text.slice(0, at) + added + text.slice(at + removed);
        }, rule),
      );
    fc.assert(fc.property(changed, count), { seed: SEED, numRuns: 2_000 });
  });

  it('rules with values of other types under every key', () => {
    const keys = [
      'name',
      'rule_id',
      'query',
      'type',
      'language',
      'severity',
      'risk_score',
      'index',
      'tags',
      'threat',
      'filters',
    ];
    const more = [
      'from',
      'to',
      'interval',
      'timestamp_override',
      'tiebreaker_field',
      'os_list',
      'actions',
      'exceptions_list',
    ];
    const value = fc.constantFrom(
      '1',
      '-1.5',
      'true',
      '""',
      '"x"',
      '[]',
      '[1, "a"]',
      '{}',
      '{ a = [{}] }',
      '1979-05-27',
      'nan',
      '1e999',
      '99999999999999999999',
    );
    const table = fc.dictionary(fc.constantFrom(...keys, ...more), value, { maxKeys: 8 });
    const text = table.map(
      (entries) =>
        `[rule]\n${Object.entries(entries)
          .map(([key, text]) => `${key} = ${text}\n`)
          .join('')}`,
    );
    fc.assert(fc.property(text, count), { seed: SEED, numRuns: 1_000 });
  });

  it.each([
    ['deep tables', `[${'a.'.repeat(5_000)}a]\nb = 1\n`],
    ['deep lists', `a = ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`],
    ['a long key', `[rule]\n${'k'.repeat(1_000_000)} = 1\n`],
    ['a long list', `[rule]\ntags = [${'"x",'.repeat(100_000)}]\n`],
    ['a long query', `[rule]\nname = "x"\nquery = "any where ${'a == 1 or '.repeat(50_000)}true"\n`],
    ['a query of a million blanks', `[rule]\nname = "x"\nquery = "any where ${' '.repeat(1_000_000)}true"\n`],
    ['many rules', '[rule]\n'.repeat(10_000)],
  ])('%s', (_name, text) => {
    take(text);
  });
});
