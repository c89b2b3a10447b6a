import { describe, expect, it } from 'vitest';
import { isEqlRule } from '../../src/model/rule.js';
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
