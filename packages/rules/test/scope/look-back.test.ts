import { describe, expect, it } from 'vitest';
import { RuleEngine } from '../../src/rule-engine.js';
import { alertsOf, ruleOf } from '../run-rule.js';

const NOW = Date.UTC(2026, 0, 1, 12);

function rule(keys: string, query = 'any where true') {
  return ruleOf(`[rule]\nname = "n"\nquery = '''${query}'''\n${keys}`);
}

/** An event this many minutes before now. */
function ago(minutes: number, fields: object = {}) {
  return { '@timestamp': new Date(NOW - minutes * 60_000).toISOString(), ...fields };
}

describe('the look-back of a rule', () => {
  const EVENTS = [ago(20), ago(9), ago(8), ago(3), ago(0), ago(-1)];

  it('leaves out nothing unless it is asked for', () => {
    expect(alertsOf(rule('from = "now-9m"'), EVENTS, { nowMs: NOW }).flat()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it.each([
    ['from = "now-9m"', [1, 2, 3, 4]],
    ['from = "now-9m"\nto = "now-3m"', [1, 2, 3]],
    ['', [3, 4]],
    ['from = "now-1d/d"', [0, 1, 2, 3, 4]],
  ])('of %s', (keys, expected) => {
    expect(alertsOf(rule(keys), EVENTS, { nowMs: NOW, lookBack: true }).flat()).toEqual(expected);
  });

  it('looks at the override, and at @timestamp where an event has none', () => {
    const ingested = (minutes: number) => ({ event: { ingested: new Date(NOW - minutes * 60_000).toISOString() } });
    const events = [ago(60, ingested(1)), ago(1, ingested(60)), ago(1), ago(60)];
    const keys = 'timestamp_override = "event.ingested"';
    const options = { nowMs: NOW, lookBack: true };
    expect(alertsOf(rule(keys), events, options).flat()).toEqual([0, 2]);
    expect(alertsOf(rule(`${keys}\ntimestamp_override_fallback_disabled = true`), events, options).flat()).toEqual([0]);
    // Dates with another offset are the same dates.
    const offset = [ago(60, { event: { ingested: '2026-01-01T13:59:00+02:00' } })];
    expect(alertsOf(rule(keys), offset, options).flat()).toEqual([0]);
  });

  it.each(['from = "yesterday"', 'to = "now-5"'])('is an error of the rule with %s, which names the key', (keys) => {
    const broken = rule(keys);
    const [found] = new RuleEngine([broken], { nowMs: NOW, lookBack: true }).broken;
    const [key = ''] = keys.split(' ');
    expect(found?.diagnostics).toMatchObject([{ code: 'EQL3006', severity: 'error' }]);
    expect(found?.diagnostics[0]?.message).toContain(`its ${key} is no point in time`);
    expect(new RuleEngine([broken], { nowMs: NOW }).broken).toEqual([]);
  });

  it('must hold all events of a sequence', () => {
    const query = 'sequence with maxspan=1h [any where n == 1] [any where n == 2]';
    const events = [ago(8, { n: 1 }), ago(1, { n: 2 })];
    const options = { nowMs: NOW, lookBack: true };
    expect(alertsOf(rule('from = "now-9m"', query), events, options)).toEqual([[0, 1]]);
    expect(alertsOf(rule('from = "now-5m"', query), events, options)).toEqual([]);
  });
});
