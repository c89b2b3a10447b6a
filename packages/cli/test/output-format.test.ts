import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { describeCommands } from './described-commands.js';
import { ROOT, runEql } from './run-eql.js';
import { useTestFolder } from './test-folder.js';

const folder = useTestFolder();

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
    const more = [
      ['sample by user.id [process where true] [network where true]'],
      ['join by user.id [process where true] [file where false] until [network where true]', '--dialect', 'endgame'],
      ['process where true | filter user.id == "0" | head 3', '--dialect', 'endgame'],
    ];
    for (const args of more) validate('explanation', linesOf(['explain', ...args, EVENTS, '--output', 'json']));
  });

  it('describes findings, packs, rules and settings', () => {
    const json = (words: readonly string[], options: Parameters<typeof runEql>[1] = {}): unknown =>
      JSON.parse(runEql([...words, '--output', 'json'], options).stdout);
    folder.write('types.json', '{"properties":{"process.name":{"type":"keyword"}}}');
    folder.write(
      'bare.toml',
      '[rule]\nname = "n"\nquery = \'any where procss.name like "a" and process.nmae == "a"\'\n',
    );
    folder.write('broken.toml', '[rule]\nname = "n"\nquery = "any where"\n');
    folder.write('other.toml', '[rule]\nname = "o"\ntype = "query"\nlanguage = "kuery"\nquery = "a: b"\n');
    folder.write('defend.toml', '[rule]\nname = "d"\nid = "d"\nos_list = ["linux"]\nquery = "any where true"\n');
    folder.write('pack/pack.toml', 'name = "mine"\n');
    const here = { cwd: folder.path, env: { EQL_RUN_OUTPUT: 'json' } };
    const findings = json(['check', '.', '--mapping', 'types.json'], here);
    expect(JSON.stringify(findings)).toMatch(/"fix":[^]*"severity":"error"|"severity":"error"[^]*"fix":/u);
    validate('findings', [findings, json(['check', 'rules', '--quiet'])]);
    validate('rule-list', [json(['pack', 'list', 'rules']), json(['pack', 'list', '.'], here)]);
    validate('pack-info', [json(['pack', 'info', 'rules']), json(['pack', 'info', '.'], here)]);
    const details = [json(['pack', 'show', 'xdg autostart', 'rules'])];
    for (const name of ['bare', 'other', 'defend']) details.push(json(['pack', 'show', `${name}.toml`, '.'], here));
    validate('rule-details', details);
    validate('settings', [json(['config', 'show']), json(['config', 'show', 'run'], here)]);
  });

  it('names every command that prints JSON, and a schema for each', async () => {
    const page = readFileSync(join(ROOT, 'docs', 'output-format.md'), 'utf8');
    const commands = await describeCommands((words) => Promise.resolve(runEql([...words, '--help']).stdout));
    for (const [name, { flags }] of commands) {
      const choices = flags.flatMap((flag) => (flag.names.includes('--output') ? flag.choices : []));
      if (choices.includes('json')) expect(page).toMatch(new RegExp(`^\\| \`eql ${name}\` .*json.*schemas/`, 'mu'));
    }
    const schemas = readdirSync(join(ROOT, 'docs', 'schemas'));
    for (const schema of schemas) expect(page).toContain(`(schemas/${schema})`);
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
