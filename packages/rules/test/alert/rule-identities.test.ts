import { describe, expect, it } from 'vitest';
import { RuleEngine } from '../../src/rule-engine.js';
import { parseRuleToml } from '../../src/toml/parse-rule-toml.js';

function rule(id: string, query: string) {
  const parsed = parseRuleToml(`[rule]\nid = "${id}"\nname = "n"\nquery = '${query}'`, 'a.toml').rule;
  if (parsed === null) throw new Error('no rule');
  return parsed;
}

const EVENT = { '@timestamp': '2026-01-01T00:00:00Z', event: { category: 'process' }, process: { name: 'sh' } };

/** The ids of the alerts that rules give for one event. */
function alertIds(...rules: readonly ReturnType<typeof rule>[]): string[] {
  return new RuleEngine(rules).process(EVENT).map(({ id }) => id);
}

describe('ruleIdentities', () => {
  const a = rule('one', 'process where true');
  const b = rule('one', 'process where process.name == "sh"');

  it('keeps the alerts of two rules with one id apart', () => {
    const [first, second] = alertIds(a, b);
    expect(first).not.toBe(second);
  });

  it('leaves the alerts of the first one as they are alone', () => {
    expect(alertIds(a, b)[0]).toBe(alertIds(a)[0]);
    expect(alertIds(b)[0]).toBe(alertIds(a)[0]);
  });

  it('takes two rules that share id and query for one', () => {
    const ids = alertIds(a, b, b);
    expect(ids).toHaveLength(3);
    expect(ids[1]).toBe(ids[2]);
  });
});
