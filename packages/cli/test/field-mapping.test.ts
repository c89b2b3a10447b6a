import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AUDITBEAT_CASES } from '@eqlkit/test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EqlProcess, ROOT } from './run-eql.js';
import { useTestFolder } from './test-folder.js';

const RULE = 'rules/elastic/linux/persistence_xdg_autostart_netcon.toml';

const folder = useTestFolder();
let eql: EqlProcess;
beforeAll(() => {
  eql = new EqlProcess();
});
afterAll(() => {
  eql.stop();
});

describe("Auditbeat's events", () => {
  it('fire the XDG autostart rule through the map, in exactly the cases that should', async () => {
    const args = ['run', RULE, '--events', 'examples/auditbeat/events.ndjson', '-o', 'ndjson'];
    const { code, stdout } = await eql.run([...args, '--map', 'auditbeat']);
    expect(code).toBe(0);
    const labels = stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => (JSON.parse(line) as { events: { event: { _case?: string } }[] }).events[0]?.event._case);
    const expected = AUDITBEAT_CASES.flatMap(({ label, alerts }) => Array.from({ length: alerts }, () => label));
    expect(labels).toEqual(expected);
    expect(labels.length).toBeGreaterThan(0);
    expect((await eql.run(args)).stdout).toBe('');
  });
});

describe('a map of your own', () => {
  const events =
    '{"ts":1700000000,"login":"mira","type":"signin"}\n{"ts":1700000001,"login":"oskar","type":"signin-failed"}\n';

  it('is that of the page, and works in every command', async () => {
    const [, page = ''] =
      /```toml\n([\s\S]*?)```/u.exec(readFileSync(join(ROOT, 'docs/field-mapping.md'), 'utf8')) ?? [];
    const map = ['--map', folder.write('my.toml', page)];
    const path = folder.write('app.ndjson', events);
    const query = 'authentication where event.outcome == "failure" and event.kind == "event"';
    const { stdout } = await eql.run(['query', query, path, '-o', 'ndjson', ...map]);
    expect(JSON.parse(stdout)).toMatchObject({
      '@timestamp': '2023-11-14T22:13:21.000Z',
      user: { name: 'oskar' },
      event: { module: 'my-app' },
    });
    expect((await eql.run(['explain', query, path, ...map])).code).toBe(0);
    const learned = await eql.run(['schema', 'learn', path, ...map]);
    expect(JSON.parse(learned.stdout)).toMatchObject({ learned: { categories: { authentication: 2 } } });
    const rule = folder.write('rule.toml', `[rule]\nname = "failed"\nquery = '${query}'\n`);
    expect((await eql.run(['run', rule, '--events', path, '--fail-on-alert', ...map])).code).toBe(1);
  });

  it('is applied one after the other', async () => {
    const first = folder.write(
      'first.toml',
      '[rename]\ntype = "kind"\n[[derive]]\nto = "@timestamp"\nfrom = "ts"\nby = "epoch-seconds"\n',
    );
    const second = folder.write('second.toml', '[rename]\nkind = "event.category"\n');
    const path = folder.write('two.ndjson', events);
    const { stdout } = await eql.run(['query', 'signin where true', path, '--count', '--map', first, '--map', second]);
    expect(stdout).toBe('1\n');
  });

  it.each([
    [
      'is missing',
      'nowhere.toml',
      null,
      'error: there is no mapping "nowhere.toml": it is no file, and built in are auditbeat',
    ],
    ['is nearly built in', 'sysmn', null, 'Did you mean "sysmon"?\n'],
    ['is no TOML', 'broken.toml', 'a = = 1', 'error[EQL4002]: The file is not valid TOML: TOML has one = between'],
    [
      'has a wrong condition',
      'condition.toml',
      'name = "other"\n[[case]]\nwhen = "a = 1"',
      'condition.toml:3:11\n  |\n3 | when = "a = 1"\n  |           ^\n  = help: ',
    ],
    ['has an unknown key', 'key.toml', '[renames]\na = "b"', 'unknown key "renames"'],
  ])('that %s is bad usage', async (_about, name, content, message) => {
    const path = content === null ? name : folder.write(name, content);
    const { code, stdout, stderr } = await eql.run(['query', 'any where true', 'examples/auditbeat', '--map', path]);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/error: error|ENOENT/u);
  });

  it('comes with the path that is there under nearly the same name', async () => {
    const there = folder.write('there.toml', '[constant]\na = 1\n');
    for (const typed of [there.replace('there', 'thre'), there.replace('.toml', '')]) {
      const { code, stderr } = await eql.run(['query', 'any where true', 'examples/auditbeat', '--map', typed]);
      expect(code).toBe(3);
      expect(stderr).toContain(`Did you mean "${there}"?`);
    }
    const inRepl = await eql.run([
      'repl',
      'examples/auditbeat',
      '--map',
      folder.write('bad.toml', '[[case]]\nwhen = "a = 1"'),
      '-c',
      '.time',
    ]);
    expect(inRepl.code).toBe(3);
    expect(inRepl.stderr).toContain('bad.toml:2:11');
  });
});
