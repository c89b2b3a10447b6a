import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EqlProcess, ROOT, runEql } from './run-eql.js';
import { useTestFolder } from './test-folder.js';

const RULE = 'rules/elastic/linux/persistence_xdg_autostart_netcon.toml';
const EVENTS = readFileSync(join(ROOT, 'examples/xdg-autostart/events.ndjson'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as object);

const folder = useTestFolder();
let eql: EqlProcess;
beforeAll(() => {
  eql = new EqlProcess();
});
afterAll(() => {
  eql.stop();
});

/** What `eql run` says of the rule, without the ids of alerts, which depend on `_id`. */
function alertsOf(stdout: string): unknown[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { timestamp: string; join_keys: object })
    .map(({ timestamp, join_keys }) => ({ timestamp, join_keys }));
}

describe('the same events in other formats', () => {
  const hits = EVENTS.map((source, index) => ({ _index: 'logs', _id: String(index), _source: source }));
  it.each([
    ['a list', JSON.stringify(EVENTS)],
    ['a response of a search', JSON.stringify({ took: 1, hits: { total: {}, hits } }, null, 1)],
    ['hits', hits.map((hit) => JSON.stringify(hit)).join('\n')],
    ['a bulk body', EVENTS.map((source) => `{"create":{}}\n${JSON.stringify(source)}\n`).join('')],
    ['a compressed list', gzipSync(JSON.stringify(EVENTS))],
  ])('fire the rule as often: %s', async (_about, content) => {
    const path = folder.write('events.any', content);
    const { code, stdout } = await eql.run(['run', RULE, '--events', path, '-o', 'ndjson']);
    expect(code).toBe(0);
    const plain = await eql.run(['run', RULE, '--events', 'examples/xdg-autostart/events.ndjson', '-o', 'ndjson']);
    expect(alertsOf(stdout)).toEqual(alertsOf(plain.stdout));
    expect(alertsOf(stdout)).toHaveLength(43);
  });

  it('are read back from the output of a query', async () => {
    const query = ['query', 'process where process.name == "sh"', 'examples/xdg-autostart', '--size', '1000'];
    for (const output of ['json', 'ndjson', 'elasticsearch', 'csv']) {
      const { stdout } = await eql.run([...query, '-o', output]);
      const path = folder.write(`back.${output}`, stdout);
      expect((await eql.run(['query', 'any where process.name == "sh"', path, '--count'])).stdout).toBe('78\n');
    }
  });
});

describe('CSV', () => {
  it('tells each record that does not fit the header, with its line', async () => {
    const path = folder.write('uneven.csv', '@timestamp,event.category,a\n1,c\n2,c,x\n3,c,x,y\n');
    const { code, stdout, stderr } = await eql.run(['query', 'c where true', path, '-o', 'ndjson']);
    expect([code, stdout.split('\n').length]).toEqual([0, 4]);
    expect(stderr).toContain(
      `warning[uneven-record]: 2 records have more or fewer cells than the header
  ${path}:2: 2 cells where the header has 3 names
  ${path}:4: 4 cells where the header has 3 names; left out: "y"
`,
    );
    for (const command of [
      ['query', 'c where true', path, '--strict'],
      ['run', RULE, '--events', path, '--strict', '--workers', '2'],
    ]) {
      const strict = await eql.run(command);
      expect(strict.code).toBe(3);
      expect(strict.stderr).toContain('2 records have more');
    }
  });

  it('says what is wrong with the header', async () => {
    const path = folder.write('twice.csv', '@timestamp,event.category,a,a\n1,c,1,2\n');
    const { code, stderr } = await eql.run(['query', 'c where true', path]);
    expect(code).toBe(3);
    expect(stderr).toContain('line 1, column 4: the name "a" is that of column 3, too; rename one of the two');
    expect(stderr).not.toContain('--format');
  });

  it('that is declared of something else, or the other way round, is told with the cure', async () => {
    const csv = folder.write('plain.csv', '@timestamp,event.category\n1,c\n');
    const list = folder.write('list.txt', '[{"@timestamp":1,"event.category":"c"}]');
    const lines = folder.write('lines.txt', '{"@timestamp":1,"event.category":"c"}\n');
    for (const [path, declared, likely] of [
      [list, 'csv', 'json'],
      [list, 'bulk', 'json'],
      [lines, 'csv', 'ndjson'],
      [csv, 'ndjson', 'csv'],
      [csv, 'json', 'csv'],
    ] as const) {
      const { code, stderr } = await eql.run(['query', 'c where true', path, '--format', declared]);
      expect(code).toBe(3);
      expect(stderr).toContain(`  = help: it looks like ${likely}: leave out --format\n`);
    }
  });

  it('compares its texts with numbers', async () => {
    const path = folder.write(
      'ports.csv',
      '@timestamp,event.category,destination.port\n1,network,443\n2,network,80\n3,network,8080\n',
    );
    const count = async (condition: string): Promise<string> =>
      (await eql.run(['query', `network where ${condition}`, path, '--count'])).stdout;
    expect(await count('destination.port == 443')).toBe('1\n');
    expect(await count('destination.port > 100')).toBe('2\n');
    expect(await count('destination.port in (80, 8080)')).toBe('2\n');
  });

  it('is taken from standard input', () => {
    const input = '@timestamp,event.category\n1,c\n2,c\n';
    expect(runEql(['query', 'c where true', '-', '--count'], { input }).stdout).toBe('2\n');
  });
});

describe('a declared format', () => {
  it('overrules what the content looks like, in every command that reads events', async () => {
    const path = folder.write('list.json', '[{"@timestamp":1,"event.category":"c"}]');
    for (const command of [
      ['query', 'any where true', path],
      ['explain', 'any where true', path],
      ['schema', 'learn', path],
      ['run', RULE, '--events', path],
    ]) {
      expect((await eql.run([...command, '--format', 'json'])).code).toBe(0);
      const declared = await eql.run([...command, '--format', 'ndjson']);
      expect(declared.code).toBe(3);
      expect(declared.stderr).toContain('not a JSON array\n  = help: it looks like json: leave out --format\n');
      expect((await eql.run([...command, '--format', 'xml'])).code).toBe(3);
    }
  });
});

describe('a folder', () => {
  it('gives its event files of every kind', async () => {
    const inner = folder.file('logs');
    mkdirSync(inner);
    writeFileSync(join(inner, 'a.csv'), '@timestamp,event.category\n1,c\n');
    writeFileSync(join(inner, 'b.json'), '[{"@timestamp":2,"event.category":"c"}]');
    writeFileSync(join(inner, 'c.ndjson.gz'), gzipSync('{"@timestamp":3,"event.category":"c"}\n'));
    writeFileSync(join(inner, 'notes.txt'), 'no events');
    expect((await eql.run(['query', 'c where true', inner, '--count'])).stdout).toBe('3\n');
  });
});
