import { stringify } from 'smol-toml';
import type { RuleSeverity } from '../model/rule-severity.js';
import { encodeTomlText } from '../toml/encode-toml-text.js';

/** What a new rule is made of. */
export interface RuleDraft {
  /** A UUID. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly severity: RuleSeverity;
  /** From 0 to 100. */
  readonly riskScore: number;
  readonly query: string;
}

/** Writes a rule file in the form of Elastic's detection rules; the query stands between `'''` if it can. */
export function createRuleToml({ id, name, description, severity, riskScore, query }: RuleDraft): string {
  const rule = stringify({
    description,
    language: 'eql',
    name,
    risk_score: riskScore,
    rule_id: id,
    severity,
    type: 'eql',
  });
  return `[rule]\n${rule.trimEnd()}\nquery = ${quoteQuery(query.trim())}\n`;
}

function quoteQuery(query: string): string {
  const literal = encodeTomlText(query, { style: 'literal', multiline: true });
  if (literal !== null) return `'''\n${literal}\n'''`;
  return `"""\n${encodeTomlText(query, { style: 'basic', multiline: true }) ?? ''}\n"""`;
}
