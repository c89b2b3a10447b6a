import type { JsonObject } from '@eqlkit/engine';
import type { MatchForAlert } from '../../src/alert/alert.js';
import type { Rule } from '../../src/model/rule.js';
import { parseRuleToml } from '../../src/toml/parse-rule-toml.js';

/** A rule with something in every part that an alert carries. */
export function exampleRule(id = 'rule-1'): Rule {
  const { rule } = parseRuleToml(
    `[rule]
id = "${id}"
name = "Shell, then Network"
severity = "high"
risk_score = 73
tags = ["OS: Linux"]
references = ["https://example.org/"]
query = "any where true"
[[rule.threat]]
framework = "MITRE ATT&CK"
tactic = { id = "TA0002", name = "Execution", reference = "https://example.org/TA0002/" }
technique = [{ id = "T1059", name = "Interpreter", subtechnique = [{ id = "T1059.004" }] }]
`,
    'example.toml',
  );
  if (rule === null) throw new Error('no rule');
  return rule;
}

/** A match of `sequence` with one stage for each event; `null` stands for a missing event. */
export function sequenceMatch(...events: readonly (JsonObject | null)[]): MatchForAlert {
  return {
    joinKeys: [
      { fields: ['host.id', 'host.name'], value: 'h1' },
      { fields: ['user.id', 'user.id'], value: 12345678901234567890n },
    ],
    stages: events.map((event, stage) => ({
      stage,
      missing: event === null,
      event,
      matchedFields: event === null ? [] : [{ field: 'process.name', value: 'sh' }],
    })),
    timestamp: { ms: Date.UTC(2026, 0, 2, 3, 4, 5), ns: 0 },
  };
}
