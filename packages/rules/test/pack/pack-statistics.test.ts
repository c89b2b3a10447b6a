import { describe, expect, it } from 'vitest';
import { attackCoverage } from '../../src/pack/attack-coverage.js';
import { navigatorLayer } from '../../src/pack/navigator-layer.js';
import { packStatistics } from '../../src/pack/pack-statistics.js';
import { profileOf, ruleText } from './make-profile.js';

const PROFILES = [
  profileOf(
    ruleText(
      `name = "a"
severity = "high"
tags = ["OS: Linux", "Data Source: Sysmon"]
query = '''sequence by host.id with maxspan=1m [process where process.name in ("a", "b")] ![file where cidrmatch(x, "10.0.0.0/8")]'''`,
      { 'TA0002 Execution': ['T1059 Command and Scripting Interpreter', 'T1059.004 Unix Shell'] },
    ),
  ),
  profileOf(
    ruleText(
      `name = "b"
severity = "critical"
query = 'process where host.os.type == "windows" and not host.os.type == "macos" and ?a : "x" and not b like~ "y*"'`,
      {
        'TA0002 Execution': ['T1059 Command and Scripting Interpreter'],
        'TA0011 Command and Control': ['T1071 Application Layer Protocol'],
      },
    ),
  ),
  profileOf(
    '[rule]\nid = "c"\nname = "c"\nos_list = ["linux", "macos"]\nquery = "any where descendant of [process where true] and _arraysearch(a, $x, $x.b == c.d)"',
  ),
  profileOf('[rule]\nname = "d"\ntype = "query"\nlanguage = "kuery"\nquery = "a: b"'),
  profileOf('[rule]\nname = "e"\nquery = "process where ("'),
];

function counts(list: readonly { name: string; rules: number }[]): Record<string, number> {
  return Object.fromEntries(list.map(({ name, rules }) => [name, rules]));
}

describe('packStatistics', () => {
  const statistics = packStatistics(PROFILES);

  it('counts types, severities, platforms, categories, tactics and data sources', () => {
    expect(statistics.rules).toBe(5);
    expect(counts(statistics.types)).toEqual({ eql: 4, 'query (kuery)': 1 });
    expect(statistics.severities.map(({ name, rules }) => [name, rules])).toEqual([
      ['critical', 1],
      ['high', 1],
      ['none', 3],
    ]);
    expect(counts(statistics.platforms)).toEqual({ linux: 2, macos: 1, windows: 1, any: 2 });
    expect(counts(statistics.categories)).toEqual({ process: 3, file: 1, any: 1 });
    expect(counts(statistics.tactics)).toEqual({ Execution: 2, 'Command and Control': 1, none: 3 });
    expect(counts(statistics.dataSources)).toEqual({ Sysmon: 1, 'Elastic Defend': 1 });
    expect(statistics.unreadable).toBe(1);
  });

  it('counts what of the language the queries use', () => {
    expect(counts(statistics.constructs)).toEqual({
      sequence: 1,
      maxspan: 1,
      'join keys of all stages': 1,
      'missing event': 1,
      in: 1,
      'event query': 2,
      not: 1,
      ':': 1,
      'like~': 1,
      'optional field': 1,
      'descendant of': 1,
      'array variable': 1,
    });
    expect(counts(statistics.functions)).toEqual({ cidrmatch: 1, _arraysearch: 1 });
  });
});

describe('attackCoverage', () => {
  it('names the rules for each technique in the order of tactics', () => {
    const coverage = attackCoverage(PROFILES);
    expect(
      coverage.map(({ tacticId, techniqueId, rules }) => [tacticId, techniqueId, rules.map(({ name }) => name)]),
    ).toEqual([
      ['TA0002', 'T1059', ['a', 'b']],
      ['TA0002', 'T1059.004', ['a']],
      ['TA0011', 'T1071', ['b']],
    ]);
  });
});

describe('navigatorLayer', () => {
  it('has what the format 4.5 wants', () => {
    const layer = navigatorLayer('mine', attackCoverage(PROFILES));
    expect(layer).toMatchObject({
      name: 'mine',
      domain: 'enterprise-attack',
      versions: { layer: '4.5', navigator: '4.9.0' },
      gradient: { minValue: 0, maxValue: 2 },
      techniques: [
        { techniqueID: 'T1059', tactic: 'execution', score: 2, comment: 'a\nb', enabled: true },
        { techniqueID: 'T1059.004', tactic: 'execution', score: 1 },
        { techniqueID: 'T1071', tactic: 'command-and-control', score: 1 },
      ],
    });
  });

  it('has a gradient with two ends also without rules, and leaves out ids that are none', () => {
    expect(navigatorLayer('none', [])).toMatchObject({ techniques: [], gradient: { minValue: 0, maxValue: 1 } });
    const odd = profileOf(
      ruleText('name = "n"\nquery = "any where true"', { 'TA0002 Execution': ['AML.T0001 Other', 'T1 Odd'] }),
    );
    expect(navigatorLayer('odd', attackCoverage([odd]))).toMatchObject({ techniques: [] });
  });

  it('names a technique of many rules without end no further than twenty', () => {
    const many = Array.from({ length: 25 }, (_, number) =>
      profileOf(ruleText(`name = "r${number}"\nquery = "any where true"`, { 'TA0002 Execution': ['T1059 X'] })),
    );
    const { techniques } = navigatorLayer('many', attackCoverage(many)) as { techniques: { comment: string }[] };
    expect(techniques[0]?.comment.split('\n')).toHaveLength(21);
    expect(techniques[0]?.comment.endsWith('and 5 more')).toBe(true);
  });
});
