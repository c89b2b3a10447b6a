import { describe, expect, it } from 'vitest';
import { createAlert } from '../../src/alert/create-alert.js';
import { exampleRule, sequenceMatch } from './sequence-match.js';

describe('createAlert', () => {
  it('carries the rule, the join keys and the events', () => {
    const rule = exampleRule();
    const event = { process: { name: 'sh' } };
    const alert = createAlert(rule, sequenceMatch(event, null));
    expect(alert).toMatchObject({
      rule: { id: 'rule-1', name: 'Shell, then Network', severity: 'high', riskScore: 73, tags: ['OS: Linux'] },
      timestamp: '2026-01-02T03:04:05.000Z',
      joinKeys: [
        { field: 'host.id', fields: ['host.id', 'host.name'], value: 'h1' },
        { field: 'user.id', value: 12345678901234567890n },
      ],
      events: [
        { stage: 0, missing: false, alias: null, fields: [{ field: 'process.name', value: 'sh' }] },
        { stage: 1, missing: true, alias: null, event: null, fields: [] },
      ],
    });
    expect(alert.events[0]?.event).toBe(event);
    expect(Object.keys(alert.rule)).toEqual(['id', 'name', 'severity', 'riskScore', 'tags', 'threat', 'references']);
  });

  it('repeats the alert when the events are replayed', () => {
    const event = { event: { id: 'e1' } };
    expect(createAlert(exampleRule(), sequenceMatch(event))).toEqual(createAlert(exampleRule(), sequenceMatch(event)));
  });

  it('takes the alias of a stage', () => {
    const match = sequenceMatch({});
    const stages = match.stages.map((stage) => ({ ...stage, alias: 'shell' }));
    expect(createAlert(exampleRule(), { ...match, stages }).events[0]?.alias).toBe('shell');
  });
});
