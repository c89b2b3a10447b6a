import { describe, expect, it } from 'vitest';
import { lintRules } from '../../src/lint/lint-rules.js';
import { parsePackToml } from '../../src/pack/parse-pack-toml.js';
import { readRuleFile, ruleFile } from './lint-query.js';

function codesOf(query: string): readonly string[] {
  return (lintRules([ruleFile(query)])[0]?.diagnostics ?? []).map(({ code }) => code);
}

describe('a comment that disables a code', () => {
  it.each([
    'process where // eql-disable-next-line EQL5002\n process.name == "a*"',
    'process where\n  // eql-disable-next-line EQL5002 -- a star is part of the name\n\n  // more\n  process.name == "a*"',
    'process where /* eql-disable-next-line EQL5013, EQL5002 */\n a == "x*" or a == "y"',
    'process where // eql-disable-next-line   EQL5002  EQL5013\n a == "x*" or a == "y"',
  ])('silences it on the next line: %s', (query) => {
    expect(codesOf(query)).toEqual([]);
  });

  it('silences only that line and that code', () => {
    expect(codesOf('process where // eql-disable-next-line EQL5002\n a == "x*" and\n b == "y*"')).toEqual(['EQL5002']);
    expect(codesOf('process where // eql-disable-next-line EQL5002\n a == "x*" or a == "y"')).toEqual(['EQL5013']);
  });

  it('works in the file around the query, too', () => {
    const text = '[rule]\nname = "n"\n# eql-disable-next-line EQL5002\nquery = \'process where a == "x*"\'\n';
    expect(lintRules([readRuleFile(text)])[0]?.diagnostics).toEqual([]);
  });

  it('is not called useless in a query that an error keeps from being looked at', () => {
    expect(codesOf('process where // eql-disable-next-line EQL5002\n a == "x*" and lenght(b) == 1')).toEqual([
      'EQL2001',
    ]);
    expect(codesOf('process where // eql-disable-next-line EQL5201, EQL9999\n a = 1')).toEqual([
      'EQL5302',
      'EQL5301',
      'EQL1010',
    ]);
  });

  it.each([
    ['process where // eql-disable-next-line EQL9999\n a == 1', 'EQL5301', 'EQL9999'],
    ['process where // eql-disable-next-line eql5002\n a == 1', 'EQL5301', 'eql5002'],
    ['process where // eql-disable-next-line EQL1010\n a == 1', 'EQL5301', 'EQL1010'],
    ['process where // eql-disable-next-line\n a == 1', 'EQL5301', '// eql-disable-next-line'],
    ['process where // eql-disable-next-line -- because\n a == 1', 'EQL5301', '// eql-disable-next-line -- because'],
    ['process where // eql-disable-next-line EQL5002\n a == 1', 'EQL5302', 'EQL5002'],
    ['process where // eql-disable-next-line EQL5002\n a == 1 and\n b == "x*"', 'EQL5302', 'EQL5002'],
  ])('is itself reported where it is of no use: %s', (query, code, part) => {
    const file = ruleFile(query);
    const found = lintRules([file])[0]?.diagnostics.filter((one) => one.code === code) ?? [];
    expect(found.map(({ span }) => file.text.slice(span.start, span.end))).toEqual([part]);
  });

  it('is an ordinary comment if it only looks alike', () => {
    expect(codesOf('process where // eql-disable-next-lines EQL5002\n a == 1')).toEqual([]);
    expect(codesOf('process where a : "// eql-disable-next-line EQL5002"')).toEqual([]);
  });

  it('is not called useless for a code that the pack turned off', () => {
    const { pack } = parsePackToml('[lint.levels]\nEQL5002 = "off"\n', 'p');
    const text = `[rule]\nname = "n"\nquery = '''\nprocess where // eql-disable-next-line EQL5002\n a == "x*"\n'''\n`;
    expect(lintRules([readRuleFile(text, 'a.toml', pack)])[0]?.diagnostics).toEqual([]);
  });
});
