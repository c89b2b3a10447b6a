import { describe, expect, it } from 'vitest';
import { RuleEngine } from '../../src/rule-engine.js';
import { alertsOf, makeEvent, ruleOf } from '../run-rule.js';

function rule(query: string, more = '') {
  return ruleOf(`[rule]\nname = "n"\nquery = '''${query}'''\n${more}`);
}

// Each test proves a row of docs/compatibility.md.
describe('where Kibana differs', () => {
  it('every match is an alert, whatever max_signals says', () => {
    const events = Array.from({ length: 150 }, (_, n) => ({ n }));
    expect(alertsOf(rule('any where true', 'max_signals = 100'), events)).toHaveLength(150);
  });

  it('a sequence is one alert that holds its events', () => {
    const query = 'sequence with maxspan=1h [any where n == 1] [any where n == 2] ![any where n == 3]';
    expect(alertsOf(rule(query), [{ n: 1 }, { n: 2 }])).toEqual([[0, 1, -1]]);
  });

  it('each event is looked at once, so that no match is found twice or lost between two runs', () => {
    const keys = 'from = "now-5m"\ninterval = "10m"';
    const query = 'sequence with maxspan=1h [any where n == 1] [any where n == 2]';
    const quiet = Array.from({ length: 1_200 }, () => ({ n: 0 }));
    expect(alertsOf(rule(query, keys), [{ n: 1 }, ...quiet, { n: 2 }])).toEqual([[0, 1_201]]);
  });

  it('alerts are not suppressed', () => {
    const keys =
      '[rule.alert_suppression]\ngroup_by = ["host.id"]\n[rule.alert_suppression.duration]\nvalue = 5\nunit = "h"';
    const suppressed = rule('any where true', keys);
    expect(suppressed.alertSuppression).not.toBeNull();
    expect(alertsOf(suppressed, [{ host: { id: 'h' } }, { host: { id: 'h' } }])).toHaveLength(2);
  });

  it('an alert has the same id whenever its events are looked at again', () => {
    const ids = (): readonly string[] => {
      const engine = new RuleEngine([rule('any where true')]);
      return [1, 2].flatMap((n) => engine.process(makeEvent(n, { n }))).map(({ id }) => id);
    };
    expect(new Set(ids()).size).toBe(2);
    expect(ids()).toEqual(ids());
  });
});
