import { describe, expect, it } from 'vitest';
import { fitsCriteria, type RuleCriteria } from '../../src/pack/filter-rules.js';
import { findRule } from '../../src/pack/find-rule.js';
import { relatedRules } from '../../src/pack/related-rules.js';
import { profileOf, ruleText } from './make-profile.js';

const QUERY = `query = 'process where process.name == "curl"'`;

const RULES = [
  {
    file: 'linux/execution_shell_by_server.toml',
    profile: profileOf(
      ruleText(
        `id = "aaaa1111-0000"\nname = "Shell by a Web Server"\nseverity = "high"\ntags = ["OS: Linux", "Data Source: Sysmon"]\n${QUERY}`,
        {
          'TA0002 Execution': ['T1059 Command and Scripting Interpreter', 'T1059.004 Unix Shell'],
        },
      ),
    ),
  },
  {
    file: 'linux/execution_shell_by_cron.toml',
    profile: profileOf(
      ruleText(
        `id = "aaaa2222-0000"\nname = "Shell by Cron"\nseverity = "low"\ntags = ["OS: Linux"]\ndescription = "Scheduled."\n${QUERY}`,
        {
          'TA0002 Execution': ['T1059 Command and Scripting Interpreter', 'T1059.004 Unix Shell'],
          'TA0003 Persistence': ['T1053 Scheduled Task/Job'],
        },
      ),
    ),
  },
  {
    file: 'windows/execution_powershell.toml',
    profile: profileOf(
      ruleText(
        `id = "bbbb3333-0000"\nname = "PowerShell"\nseverity = "high"\ntags = ["OS: Windows", "Data Source: Sysmon"]\n${QUERY}`,
        {
          'TA0002 Execution': ['T1059 Command and Scripting Interpreter', 'T1059.001 PowerShell'],
        },
      ),
    ),
  },
  {
    file: 'windows/persistence_run_key.toml',
    profile: profileOf(
      // A tactic may stand without a technique.
      ruleText(`id = "aaaa1111-0000"\nname = "Run Key"\n${QUERY}`, {
        'TA0003 Persistence': ['T1547 Autostart'],
        'TA0011 Command and Control': [],
      }),
    ),
  },
];

describe('fitsCriteria', () => {
  it.each<[RuleCriteria, number[]]>([
    [{}, [0, 1, 2, 3]],
    [{ tags: ['sysmon'] }, [0, 2]],
    [{ tags: ['os: windows', 'OS: Linux'] }, [0, 1, 2]],
    [{ severities: ['high'] }, [0, 2]],
    [{ severities: ['high', 'low'], platforms: ['Linux'] }, [0, 1]],
    [{ techniques: ['T1059'] }, [0, 1, 2]],
    [{ techniques: ['t1059.004'] }, [0, 1]],
    [{ techniques: ['T105'] }, []],
    [{ techniques: ['powershell', 'T1547'] }, [2, 3]],
    [{ tactics: ['persist'] }, [1, 3]],
    [{ tactics: ['ta0003'] }, [1, 3]],
    [{ tactics: ['TA0011'] }, [3]],
    [{ tactics: ['Command_and_Control'] }, [3]],
    [{ tactics: ['command-and-control'] }, [3]],
    [{ tactics: ['command and'] }, [3]],
    [{ tactics: ['TA001'] }, []],
    [{ text: 'shell WEB' }, [0]],
    [{ text: 'by shell' }, [0, 1]],
    [{ text: '"shell by"' }, [0, 1]],
    [{ text: '"by shell"' }, []],
    [{ text: '"shell by" cron' }, [1]],
    [{ text: '"shell by" powershell' }, []],
    [{ text: '"shell by' }, [0, 1]],
    [{ text: '""' }, [0, 1, 2, 3]],
    [{ text: 'scheduled' }, [1]],
    [{ text: 'run_key' }, [3]],
    [{ text: 'curl' }, [0, 1, 2, 3]],
    [{ text: '  ' }, [0, 1, 2, 3]],
    [{ tags: [] }, [0, 1, 2, 3]],
    [{ platforms: ['macos'] }, []],
  ])('%j', (criteria, expected) => {
    const found = RULES.filter(({ profile, file }) => fitsCriteria(profile, file, criteria));
    expect(found.map((rule) => RULES.indexOf(rule))).toEqual(expected);
  });
});

describe('findRule', () => {
  const named = RULES.map(({ file, profile: { rule } }) => ({ file, rule }));
  const placesOf = (wanted: string): [string, number[]] => {
    const found = findRule(named, wanted);
    const rules = found.kind === 'one' ? [found.rule] : found.kind === 'several' ? found.rules : found.near;
    return [found.kind, rules.map((rule) => named.indexOf(rule))];
  };

  it.each<[string, string, number[]]>([
    ['windows/execution_powershell.toml', 'one', [2]],
    ['./windows/execution_powershell.toml', 'one', [2]],
    ['execution_powershell', 'one', [2]],
    ['execution_powershell.toml', 'one', [2]],
    ['bbbb3333-0000', 'one', [2]],
    ['BBBB3', 'one', [2]],
    ['shell by cron', 'one', [1]],
    // The whole name of one goes before a part of others.
    ['PowerShell', 'one', [2]],
    ['cron', 'one', [1]],
    ['aaaa1111-0000', 'several', [0, 3]],
    ['aaaa', 'several', [0, 1, 3]],
    ['shell by', 'several', [0, 1]],
    ['PowerShel1', 'none', [2]],
    ['Server Shell', 'none', [0, 1]],
    ['nothing', 'none', []],
    ['', 'none', []],
  ])('%s', (wanted, kind, places) => {
    expect(placesOf(wanted)).toEqual([kind, places]);
  });
});

describe('relatedRules', () => {
  it('share a technique, the nearest first', () => {
    const [server] = RULES;
    if (server === undefined) throw new Error('no rules');
    const related = relatedRules(
      server.profile,
      RULES.map(({ profile }) => profile),
    );
    expect(related.map(({ profile, techniques, dataSources }) => [profile.rule.name, techniques, dataSources])).toEqual(
      [
        ['Shell by Cron', ['T1059', 'T1059.004'], []],
        ['PowerShell', ['T1059'], ['Sysmon']],
      ],
    );
  });
});
