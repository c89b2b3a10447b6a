import { analyzeQuery } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';
import { createSyntheticRules } from '../../src/inputs/synthetic-rules.js';
import { varyQuery } from '../../src/inputs/vary-query.js';

describe('createSyntheticRules', () => {
  it('makes rules that are right, the same ones for the same seed', () => {
    const rules = createSyntheticRules(200, 5);
    for (const { query } of rules) {
      expect(analyzeQuery(query).diagnostics, query).toEqual([]);
    }
    expect(createSyntheticRules(200, 5)).toEqual(rules);
    expect(new Set(rules.map(({ query }) => query)).size).toBe(200);
  });
});

describe('varyQuery', () => {
  it('marks what fields are compared with, but not the kind of event', () => {
    const query =
      'process where event.type == "start" and host.os.type == "linux" and process.name : ("nc", "so*at") and process.pid in (1, 2)';
    expect(varyQuery(query, 'elasticsearch', 'q1q')).toBe(
      'process where event.type == "start" and host.os.type == "linux" and process.name : ("nq1qc", "sq1qo*at") and process.pid in (1, 2)',
    );
  });

  it('leaves escapes, raw strings and arguments of functions whole', () => {
    const query =
      'file where file.path : ("C:\\\\Temp\\\\*", """\\\\host\\share""") and cidrMatch(source.ip, "fe80::/10") and file.name == "\\u{41}bc"';
    expect(varyQuery(query, 'elasticsearch', 'q1q')).toBe(
      'file where file.path : ("C:\\\\Tq1qemp\\\\*", """\\\\hq1qost\\share""") and cidrMatch(source.ip, "fe80::/10") and file.name == "\\u{41}bc"',
    );
  });

  it('keeps rules that compile', () => {
    for (const { query } of createSyntheticRules(100, 6)) {
      expect(analyzeQuery(varyQuery(query, 'elasticsearch', 'q7q')).diagnostics, query).toEqual([]);
    }
  });
});
