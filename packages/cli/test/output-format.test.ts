import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { ROOT, runEql } from './run-eql.js';

const EVENTS = 'examples/xdg-autostart/events.ndjson';

function validate(schema: string, values: readonly unknown[]): void {
  const text = readFileSync(join(ROOT, 'docs', 'schemas', `${schema}.schema.json`), 'utf8');
  const check = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(JSON.parse(text) as object);
  expect(values.length).toBeGreaterThan(0);
  for (const value of values) expect(check(value) ? [] : check.errors).toEqual([]);
}

function linesOf(args: readonly string[]): readonly unknown[] {
  const { code, stdout } = runEql(args);
  expect(code).toBe(0);
  return stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

describe('docs/output-format.md', () => {
  it('describes alerts', () => {
    const rule = 'rules/elastic/linux/persistence_xdg_autostart_netcon.toml';
    const alerts = linesOf(['run', rule, '--events', EVENTS, '--output', 'ndjson']);
    expect(alerts).toHaveLength(43);
    validate('alert', alerts);
  });

  it('describes sequences and samples, with missing events', () => {
    const missing =
      'sequence by process.entity_id with maxspan=1s [process where true] ![file where true] [network where true]';
    const sample = 'sample by user.id [process where true] [network where true]';
    validate('grouped-result', linesOf(['query', missing, EVENTS, '--output', 'ndjson']));
    validate('grouped-result', linesOf(['query', sample, EVENTS, '--output', 'ndjson']));
  });

  it('describes counts and statistics', () => {
    for (const condition of ['true', 'false'])
      for (const option of ['--count', '--stats'])
        validate('query-summary', linesOf(['query', `process where ${condition}`, EVENTS, option, '--output', 'json']));
  });

  it('describes explanations of events and of sequences', () => {
    const queries = [
      'process where process.name == "sh" or not (user.id == "0" and process.args == "-c")',
      'sequence by host.id with maxspan=1s [process where event.action == "exec"] [network where true] until [process where event.action == "end"]',
      'sequence by process.entity_id with maxspan=1s [process where true] ![file where true] [network where destination.port == 443]',
      'sequence by host.id with maxspan=1m [process where true] with runs=2 ![file where true] [network where true] ![process where event.action == "end"]',
    ];
    for (const query of queries) validate('explanation', linesOf(['explain', query, EVENTS, '--output', 'json']));
  });

  it('describes answers as Elasticsearch gives them', () => {
    const queries = [
      'process where true',
      'process where false',
      'sequence by process.entity_id with maxspan=1s [process where true] ![file where true] [network where true]',
      'sequence [process where true] [network where false]',
    ];
    for (const query of queries)
      validate('search-response', linesOf(['query', query, EVENTS, '--output', 'elasticsearch']));
  });
});
