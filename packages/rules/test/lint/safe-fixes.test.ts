import type { DiagnosticCode } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';
import { applyFixes } from '../../src/lint/apply-fixes.js';
import { lintRules } from '../../src/lint/lint-rules.js';
import type { RuleFile } from '../../src/lint/lint.js';
import { fixed, marked, readRuleFile, ruleFile } from './lint-query.js';

const FIELDS = ['process.name', 'process.pid', 'destination.ip', 'my.own'];
const OPERATORS = ['==', '!=', ':', 'like', 'like~', 'regex', 'regex~', 'in', 'in~', 'not in'];
const VALUES = [
  '^curl$',
  'curl$',
  'curl',
  'Curl',
  'c*',
  '.*curl',
  'a\\\\.b',
  '10.0.0.0/8',
  '10.1.2.3/8',
  '10.0.0.1',
  '123',
  '',
];

const LEAVES = FIELDS.flatMap((field) =>
  OPERATORS.flatMap((operator) =>
    VALUES.map((value) => `${field} ${operator} ${operator.includes('in') ? `("${value}")` : `"${value}"`}`),
  ),
);

describe('safe fixes', () => {
  // A fix that makes another finding go away buries what is wrong with the rule.
  it.each(FIELDS)('hide no warning of another kind about %s', (field) => {
    const leaves = LEAVES.filter((leaf) => leaf.startsWith(`${field} `));
    const queries = leaves.flatMap((leaf, index) => {
      const other = leaves[(index * 7 + 3) % leaves.length] ?? leaf;
      return [leaf, `${leaf} or ${other}`, `${leaf} and ${leaf}`, `${leaf} or ${other} or ${leaf}`];
    });
    for (const query of queries) {
      const file = ruleFile(`any where ${query}`);
      const before = lintOne(file);
      const { text } = applyFixes(file, lintOne);
      const mended = new Set(before.filter(({ fix }) => fix?.safe === true).map(({ code }) => code));
      const kept = new Set(lintOne(readRuleFile(text)).map(({ code }) => code));
      const hidden = warningsAmong(before).filter((code) => !mended.has(code) && !kept.has(code));
      expect([query, hidden]).toEqual([query, []]);
    }
  });

  it('leave a condition that is stated twice to EQL5017', () => {
    const query = 'process where a == "x" or a == "y" or a == "x"';
    expect(marked(query, 'EQL5013')).toEqual(['a == "y"']);
    expect(fixed(query)).toBe(query);
  });

  it('leave a pattern on a field that holds no text to EQL5103', () => {
    const query = 'network where destination.ip like "10.0.0.1"';
    expect(marked(query, 'EQL5103')).toEqual(['destination.ip']);
    expect(marked(query, 'EQL5004')).toEqual([]);
    expect(fixed(query)).toBe(query);
    expect(marked('process where process.pid regex "123"', 'EQL5014')).toEqual([]);
  });

  it('leave a regular expression with anchors to EQL5018', () => {
    for (const query of [
      'process where process.name regex "^curl$"',
      'process where process.name regex ("a", "b.*$")',
    ]) {
      expect(marked(query, 'EQL5018')).toHaveLength(1);
      expect(marked(query, 'EQL5014')).toEqual([]);
      expect(fixed(query)).toBe(query);
    }
  });
});

function lintOne(file: RuleFile): RuleFile['diagnostics'] {
  return lintRules([file])[0]?.diagnostics ?? [];
}

function warningsAmong(diagnostics: RuleFile['diagnostics']): readonly DiagnosticCode[] {
  return diagnostics.filter(({ severity }) => severity !== 'info').map(({ code }) => code);
}
