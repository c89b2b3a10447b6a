import { describe, expect, it } from 'vitest';
import { indexKnowledge, originOf } from '../../src/scope/event-origin.js';
import { compileIndexPatterns } from '../../src/scope/index-patterns.js';

interface Origin {
  readonly type?: string;
  readonly dataset?: string;
  readonly namespace?: string;
  readonly eventDataset?: string;
  readonly eventModule?: string;
}

/** Whether an event that says this can lie in one of the indices; `null` if either side says nothing. */
function canLieIn(index: readonly string[], origin: Origin): boolean | null {
  const { type = null, dataset = null, namespace = null, eventDataset = null, eventModule = null } = origin;
  const knowledge = indexKnowledge(originOf([type, dataset, namespace, eventDataset, eventModule]));
  const test = compileIndexPatterns(index);
  return test === null || knowledge === null ? null : test(knowledge);
}

const ENDPOINT: Origin = { type: 'logs', dataset: 'endpoint.events.process', namespace: 'default' };

describe('the index of a rule and the data stream of an event', () => {
  it.each<[readonly string[], boolean | null]>([
    [['logs-endpoint.events.*'], true],
    [['logs-endpoint.events.process-default'], true],
    [['logs-endpoint.events.process*'], true],
    [['logs-endpoint.events.process-*'], true],
    [['logs-*'], true],
    [['*'], true],
    [['l*-endpoint*default'], true],
    [['logs-endpoint.events.file*'], false],
    [['logs-endpoint.events'], false],
    [['endpoint.events.process'], false],
    [['metrics-endpoint.*'], false],
    [['winlogbeat-*', 'endgame-*'], false],
    [['winlogbeat-*', 'logs-endpoint.*'], true],
    [['winlogbeat-*,logs-endpoint.*'], true],
    [['logs-*', '-logs-endpoint.*'], false],
    [['logs-*', '-logs-endpoint.*', 'logs-endpoint.events.*'], true],
    [['*:logs-endpoint.*'], true],
    [['europe:logs-windows.*'], false],
    [['.ds-logs-endpoint.events.process-default-*'], true],
    [['.ds-logs-endpoint.events.file-*'], false],
    // Nothing that a glob would read more into.
    [['logs-{endpoint,windows}.*'], null],
    [['logs-(a+)+b'], null],
    [['logs-*a*a*a*a*'], null],
    [['<logs-endpoint-{now/d}>'], null],
    [[], null],
    [[' '], null],
  ])('%j', (index, expected) => {
    expect(canLieIn(index, ENDPOINT)).toBe(expected);
  });

  it('may be known in part only: then what could be counts', () => {
    const dataset = { dataset: 'endpoint.events.process' };
    expect(canLieIn(['logs-endpoint.events.*'], dataset)).toBe(true);
    expect(canLieIn(['logs-endpoint.events.process-production'], dataset)).toBe(true);
    expect(canLieIn(['logs-*', '-logs-endpoint.events.process-production'], dataset)).toBe(true);
    expect(canLieIn(['logs-endpoint.events.file-*'], dataset)).toBe(false);
    expect(canLieIn(['winlogbeat-*'], dataset)).toBe(false);
    expect(canLieIn(['logs-okta*'], { type: 'metrics' })).toBe(false);
    expect(canLieIn(['logs-okta*'], { namespace: 'default' })).toBe(true);
  });

  it('is guessed from event.dataset and event.module where there is no data stream', () => {
    expect(canLieIn(['logs-endpoint.events.*'], { eventDataset: 'endpoint.events.process' })).toBe(true);
    expect(canLieIn(['logs-endpoint.events.*'], { eventDataset: 'okta.system' })).toBe(false);
    expect(canLieIn(['logs-endpoint.events.*'], { eventModule: 'endpoint' })).toBe(true);
    expect(canLieIn(['logs-endpoint.events.*'], { eventModule: 'okta' })).toBe(false);
    expect(canLieIn(['logs-system.auth-*'], { eventModule: 'system', eventDataset: 'auth' })).toBe(true);
    expect(canLieIn(['logs-windows.sysmon_operational-*'], { eventModule: 'sysmon' })).toBe(true);
    // A Beat's index may be called anything.
    expect(canLieIn(['auditbeat-*'], { eventModule: 'system', eventDataset: 'process' })).toBe(true);
  });

  it('comes from nowhere else, nor from what no index is called', () => {
    expect(canLieIn(['logs-endpoint.*'], {})).toBeNull();
    expect(canLieIn(['logs-endpoint.*'], { dataset: 'a/b' })).toBeNull();
    expect(canLieIn(['logs-endpoint.*'], { dataset: 'x'.repeat(300) })).toBeNull();
  });

  it('takes no time, whatever event and pattern say', () => {
    const dataset = 'a'.repeat(255);
    expect(canLieIn(['logs-*a*a*b'], { type: 'logs', dataset, namespace: 'a' })).toBe(false);
    expect(canLieIn(['logs-*a*a*b'], { dataset })).toBe(true);
  });
});
