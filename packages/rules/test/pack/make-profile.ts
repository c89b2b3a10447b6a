import { profileRule, type RuleProfile } from '../../src/pack/rule-profile.js';
import { ruleOf } from '../run-rule.js';

/** What the text of a rule says about it. */
export function profileOf(text: string): RuleProfile {
  return profileRule(ruleOf(text));
}

/** A rule file: keys of [rule], and techniques by tactic. */
export function ruleText(keys: string, threats: Readonly<Record<string, readonly string[]>> = {}): string {
  const tables = Object.entries(threats).map(([tactic, techniques]) => {
    const [tacticId = '', ...tacticName] = tactic.split(' ');
    const lines = techniques.map((technique) => {
      const [id = '', ...name] = technique.split(' ');
      return `[[rule.threat.technique]]\nid = "${id}"\nname = "${name.join(' ')}"`;
    });
    return `[[rule.threat]]\nframework = "MITRE ATT&CK"\n${lines.join('\n')}\n[rule.threat.tactic]\nid = "${tacticId}"\nname = "${tacticName.join(' ')}"`;
  });
  return `[rule]\n${keys}\n${tables.join('\n')}\n`;
}
