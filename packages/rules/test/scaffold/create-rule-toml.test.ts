import { createRuleToml, parseRuleToml } from '@eqlkit/rules';
import { describe, expect, it } from 'vitest';

const DRAFT = {
  id: '0f7a4a52-3c0e-4c0e-8d0f-6f1f6f0a0001',
  name: 'A "quoted" name',
  description: 'Two\nlines',
  severity: 'medium',
  riskScore: 47,
  date: '2026/01/31',
  author: ['Ann'],
  index: ['logs-*'],
  tacticId: 'TA0003',
  techniqueIds: ['T1547.013', 'T1053'],
  osList: null,
} as const;

describe('createRuleToml', () => {
  it.each([
    'process where process.name == "sh"',
    'sequence by host.id\n  [process where true]\n  [file where file.path : """C:\\Users\\*"""]',
    `process where process.command_line : "it's '''odd''' \\\\ stuff"`,
  ])('writes a rule that reads back: %s', (query) => {
    const { rule, diagnostics } = parseRuleToml(createRuleToml({ ...DRAFT, query }), 'rule.toml');
    expect(diagnostics).toEqual([]);
    expect(rule?.query.trim()).toBe(query);
    expect(rule).toMatchObject({ id: DRAFT.id, name: DRAFT.name, severity: 'medium', riskScore: 47 });
    expect(rule).toMatchObject({ author: ['Ann'], index: ['logs-*'], metadata: { creationDate: '2026/01/31' } });
    expect(rule?.threat).toMatchObject([
      {
        tactic: { id: 'TA0003', name: 'Persistence', reference: 'https://attack.mitre.org/tactics/TA0003/' },
        techniques: [
          { id: 'T1547', subtechniques: [{ id: 'T1547.013' }] },
          { id: 'T1053', subtechniques: [] },
        ],
      },
    ]);
  });

  it('writes a behaviour rule of Elastic Defend', () => {
    const query = 'process where descendant of [process where process.name == "sshd"]';
    const text = createRuleToml({ ...DRAFT, query, index: [], osList: ['linux', 'macos'] });
    const { rule, diagnostics } = parseRuleToml(text, 'rule.toml');
    expect(diagnostics).toEqual([]);
    expect(rule).toMatchObject({
      format: 'protections-artifacts',
      dialect: 'endpoint',
      id: DRAFT.id,
      osList: ['linux', 'macos'],
      severity: 'medium',
      threat: [{ tactic: { id: 'TA0003' } }],
      unknownKeys: [],
    });
  });
});
