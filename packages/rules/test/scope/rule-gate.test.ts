import type { JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../../src/model/rule.js';
import { RuleEngine, type RuleEngineOptions } from '../../src/rule-engine.js';
import { parseRuleToml } from '../../src/toml/parse-rule-toml.js';

function rule(name: string, keys: string, query = 'process where true'): Rule {
  const { rule: parsed, diagnostics } = parseRuleToml(
    `[rule]\nid = "${name}"\nname = "${name}"\nquery = '''${query}'''\n${keys}`,
    'a.toml',
  );
  if (parsed === null) throw new Error(diagnostics.map(({ message }) => message).join());
  return parsed;
}

function event(fields: JsonObject, second = 0): JsonObject {
  return {
    '@timestamp': `2026-01-01T00:00:0${String(second)}Z`,
    event: { category: 'process' },
    host: { id: 'h' },
    ...fields,
  };
}

/** The rules that fire on an event. */
function seenBy(rules: readonly Rule[], fields: JsonObject, options: RuleEngineOptions = {}): string[] {
  const engine = new RuleEngine(rules, options);
  return engine.process(event(fields)).map(({ rule: { name } }) => name);
}

const RULES = [
  rule('everywhere', ''),
  rule('endpoint', 'index = ["logs-endpoint.events.*"]'),
  rule('windows', 'index = ["winlogbeat-*", "logs-windows.*"]'),
  rule('view', 'index = ["logs-nothing"]\ndata_view_id = "view"'),
];
const STREAM = { data_stream: { type: 'logs', dataset: 'endpoint.events.process', namespace: 'default' } };

describe('which rules see an event', () => {
  it('depends on its data stream, which may be spelled with dots', () => {
    expect(seenBy(RULES, STREAM)).toEqual(['everywhere', 'endpoint', 'view']);
    expect(
      seenBy(RULES, {
        'data_stream.type': 'logs',
        'data_stream.dataset': 'windows.forwarded',
        'data_stream.namespace': 'prod',
      }),
    ).toEqual(['everywhere', 'windows', 'view']);
  });

  it('is all of them if the event says nothing, or it does not count', () => {
    const all = ['everywhere', 'endpoint', 'windows', 'view'];
    expect(seenBy(RULES, {})).toEqual(all);
    expect(seenBy(RULES, STREAM, { ignoreIndex: true })).toEqual(all);
  });

  it('is decided by the index that the caller names', () => {
    const options = { indexName: 'winlogbeat-8.11.0' };
    expect(seenBy(RULES, STREAM, options)).toEqual(['everywhere', 'windows', 'view']);
    expect(seenBy(RULES, {}, options)).toEqual(['everywhere', 'windows', 'view']);
  });

  it('holds for each stage of a sequence, its until, and its missing events', () => {
    const query = (tail: string): string =>
      `sequence by host.id with maxspan=1m [process where process.name == "a"] ${tail}`;
    const keys = 'index = ["logs-endpoint.*"]';
    const other = { data_stream: { type: 'logs', dataset: 'okta.system', namespace: 'default' } };
    const alerts = (tail: string, middle: JsonObject): number => {
      const engine = new RuleEngine([rule('r', keys, query(tail))]);
      const events = [
        event({ ...STREAM, process: { name: 'a' } }),
        event({ process: { name: 'x' }, ...middle }, 1),
        event({ ...STREAM, process: { name: 'b' } }, 2),
      ];
      return events.flatMap((one) => engine.process(one)).length + engine.finish().length;
    };
    const missing = '![process where process.name == "x"] [process where process.name == "b"]';
    const until = '[process where process.name == "b"] until [process where process.name == "x"]';
    for (const tail of [missing, until]) {
      expect(alerts(tail, STREAM)).toBe(0);
      expect(alerts(tail, other)).toBe(1);
    }
  });

  it('depends on the system for behaviour rules of Elastic Defend', () => {
    const rules = [
      rule('linux', 'os_list = ["linux"]'),
      rule('both', 'os_list = ["linux", "macos"]'),
      rule('other format', ''),
    ];
    expect(seenBy(rules, { host: { os: { type: 'macos' } } })).toEqual(['both', 'other format']);
    expect(seenBy(rules, {})).toEqual(['linux', 'both', 'other format']);
  });

  it('keeps no memory of events that bring ever new data streams', () => {
    const engine = new RuleEngine(RULES);
    for (let number = 0; number < 5_000; number += 1) {
      const alerts = engine.process(event({ data_stream: { type: 'logs', dataset: `d${number}`, namespace: 'n' } }));
      expect(alerts).toHaveLength(2);
    }
    expect(engine.process(event(STREAM))).toHaveLength(3);
  });
});
