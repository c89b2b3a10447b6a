import { describe, expect, it } from 'vitest';
import { isEqlRule, ruleKind } from '../../src/model/rule.js';
import { parseRuleToml } from '../../src/toml/parse-rule-toml.js';

describe('isEqlRule', () => {
  it.each([
    ['eql', true],
    ['esql', false],
    ['threshold', false],
  ])('of type %s', (type, expected) => {
    const { rule } = parseRuleToml(`[rule]\nrule_id = "x"\nname = "n"\nquery = "q"\ntype = "${type}"`, 'a.toml');
    expect(rule === null ? null : isEqlRule(rule)).toBe(expected);
  });
});

describe('ruleKind', () => {
  it.each([
    ['type = "eql"', 'eql'],
    ['type = "esql"\nlanguage = "esql"', 'esql'],
    ['type = "query"\nlanguage = "kuery"', 'query (kuery)'],
    ['type = "machine_learning"', 'machine_learning'],
  ])('of %s', (keys, expected) => {
    const { rule } = parseRuleToml(`[rule]\nrule_id = "x"\nname = "n"\nquery = "q"\n${keys}`, 'a.toml');
    expect(rule === null ? null : ruleKind(rule)).toBe(expected);
  });
});
