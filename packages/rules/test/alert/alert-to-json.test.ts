import { describe, expect, it } from 'vitest';
import { alertToJson } from '../../src/alert/alert-to-json.js';
import { createAlert } from '../../src/alert/create-alert.js';
import { exampleRule, sequenceMatch } from './sequence-match.js';

describe('alertToJson', () => {
  it('has this form', () => {
    const event = { process: { name: 'sh' } };
    const alert = createAlert(exampleRule(), sequenceMatch(event, null));
    expect(alertToJson(alert)).toEqual({
      id: alert.id,
      timestamp: '2026-01-02T03:04:05.000Z',
      rule: {
        id: 'rule-1',
        name: 'Shell, then Network',
        severity: 'high',
        risk_score: 73,
        tags: ['OS: Linux'],
        references: ['https://example.org/'],
        threat: [
          {
            framework: 'MITRE ATT&CK',
            tactic: { id: 'TA0002', name: 'Execution', reference: 'https://example.org/TA0002/' },
            technique: [
              {
                id: 'T1059',
                name: 'Interpreter',
                reference: null,
                subtechnique: [{ id: 'T1059.004', name: null, reference: null }],
              },
            ],
          },
        ],
      },
      join_keys: { 'host.id': 'h1', 'user.id': 12345678901234567890n },
      join_key_fields: { 'host.id': ['host.id', 'host.name'], 'user.id': ['user.id'] },
      events: [
        { stage: 0, missing: false, event, matched: { 'process.name': 'sh' } },
        { stage: 1, missing: true, event: null, matched: {} },
      ],
    });
  });

  it('names an alias only where there is one', () => {
    const match = sequenceMatch({});
    const stages = match.stages.map((stage) => ({ ...stage, alias: 'shell' }));
    const json = alertToJson(createAlert(exampleRule(), { ...match, stages }));
    expect(json['events']).toMatchObject([{ alias: 'shell' }]);
  });

  it('keeps fields with hostile names', () => {
    const match = sequenceMatch({});
    const alert = createAlert(exampleRule(), { ...match, joinKeys: [{ fields: ['__proto__'], value: 'x' }] });
    expect(JSON.stringify(alertToJson(alert)['join_keys'])).toBe('{"__proto__":"x"}');
  });
});
