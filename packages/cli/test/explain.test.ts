import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { displayWidth } from '../src/output/display-width.js';
import { EqlProcess, runEql } from './run-eql.js';

const RULE = 'rules/elastic/linux/persistence_xdg_autostart_netcon.toml';
const EVENTS = 'examples/xdg-autostart/events.ndjson';

let folder = '';
let eql: EqlProcess;
beforeAll(() => {
  eql = new EqlProcess();
  folder = mkdtempSync(join(tmpdir(), 'eql-explain-'));
});
afterAll(() => {
  eql.stop();
  rmSync(folder, { recursive: true });
});

function write(name: string, events: readonly Record<string, unknown>[]): string {
  const path = join(folder, name);
  writeFileSync(path, events.map((event, index) => `${JSON.stringify({ '@timestamp': index, ...event })}\n`).join(''));
  return path;
}

const process = { event: { category: 'process' } };

describe('eql explain', () => {
  it('lets no control character through: of fields that are missing, and in JSON', async () => {
    const evil = '\u001b[31m\u009b\u202e';
    const events = write('evil.ndjson', [{ ...process, process: { name: evil } }]);
    const query = 'any where `\u202ea` == 1 and process.name == "x"';
    for (const format of ['text', 'json']) {
      const { code, stdout } = await eql.run(['explain', query, events, '--output', format]);
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/[^\P{C}\n]/u);
    }
  });

  it('draws the condition for an event, with its values and what decided', async () => {
    const events = write('one.ndjson', [{ ...process, process: { name: 'sh', args: ['sh', '-c'] } }]);
    const { code, stdout } = await eql.run([
      'explain',
      'process where process.name == "bash" and process.args == "-c" and user.id == "0"',
      events,
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('query: 1 process event, 0 fit');
    expect(stdout).toContain('✗ process.name == "bash"   process.name = sh   ← decides');
    expect(stdout).toContain('✓ process.args == "-c"   process.args = ["sh","-c"]');
    expect(stdout).toContain('? user.id == "0"   user.id is missing');
  });

  it('warns of a field, a category and a tiebreaker that no event has', async () => {
    const events = write('mistyped.ndjson', [{ ...process, process: { name: 'sh' } }]);
    const branch = await eql.run(['explain', 'process where proces.name == "a" or process.name == "sh"', events]);
    expect(branch.stderr).toContain('no event has the field proces.name (did you mean process.name?)');
    const args = ['explain', 'proces where true', events, '--tiebreaker-field', 'event.sequence'];
    const { code, stderr } = await eql.run(args);
    expect(code).toBe(0);
    expect(stderr).toContain('no event has the category proces (did you mean process?)');
    expect(stderr).toContain('--tiebreaker-field orders nothing: no event has the field event.sequence');
    const right = await eql.run(['explain', 'process where process.name == "a"', events]);
    expect(right.stderr).toBe('');
  });

  it('warns of what kept the query from looking at an event fully', async () => {
    const events = write('zero.ndjson', [{ a: 1, b: 0 }]);
    const { stderr } = await eql.run(['explain', 'any where a / b > 1', events]);
    expect(stderr).toContain('the query divided by zero, which gives no value (1 time)');
  });

  it('warns if there were no events', async () => {
    const { code, stderr } = await eql.run(['explain', 'any where true', write('none.ndjson', [])]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'warning: there were no events\n' });
  });

  it('explains the one event that is asked about, also if its category is another', async () => {
    const events = write('other.ndjson', [
      { ...process, a: 1 },
      { event: { category: 'file' }, a: 1 },
    ]);
    const { stdout } = await eql.run(['explain', 'process where a == 1', events, '--event', '2']);
    expect(stdout).toContain('query: 1 event, 0 fit');
    expect(stdout).toContain('✗ event.category == "process"   event.category = file   ← decides');
    expect(stdout).toContain('✓ a == 1   a = 1');
  });

  it.each([20, 30, 40, 80])('draws tables, trees and stories within %i columns', (columns) => {
    const name = '日本語の長い名前'.repeat(4);
    const events = write('narrow.ndjson', [
      { ...process, a: 1, process: { name }, host: 'a' },
      { ...process, a: 2, process: { name }, host: 'a' },
    ]);
    const condition = 'a == 2 and not (user.id == "0" or process.name : ("sh", "bash", "zsh", "fish", "*語*"))';
    const drawn = (query: string): readonly string[] =>
      runEql(['explain', query, events], { env: { COLUMNS: String(columns) } }).stdout.split('\n');
    const lines = [
      ...drawn(`process where ${condition}`),
      ...drawn(`sequence by host with maxspan=1h [process where a == 1] [process where ${condition}]`),
    ];
    expect(lines.filter((line) => displayWidth(line) > columns)).toEqual([]);
    expect(lines.filter((line) => line.startsWith('┌')).length).toBe(columns < 40 ? 0 : 3);
    expect(lines.join('').replaceAll(/\s/gu, '')).toContain('←decides');
    expect(lines.join('').replaceAll(/\s/gu, '')).toContain('waitsforstage2,until1970-01-01T01:00:00.000Z');
  });

  it('tells what is pending when the events end, and what waits for an event to stay away', async () => {
    const events = write('ends.ndjson', [
      { '@timestamp': 0, type: 'A', host: 'a' },
      { '@timestamp': 400, type: 'B', host: 'a' },
      { '@timestamp': 500, type: 'M', host: 'a' },
      { '@timestamp': 600, type: 'A', host: 'b' },
      { '@timestamp': 700, type: 'A', host: 'c' },
      { '@timestamp': 800, type: 'B', host: 'c' },
    ]);
    const stages = '[any where type == "A"] [any where type == "B"] ![any where type == "M"]';
    const told = async (query: string, key: string): Promise<string> =>
      (await eql.run(['explain', query, events, '--key', key])).stdout;
    const query = `sequence by host with maxspan=1s ${stages}`;
    expect(await told(query, 'b')).toContain(
      'the events end while the sequence begun at 1970-01-01T00:00:00.600Z waits for stage 2, until 1970-01-01T00:00:01.600Z\n',
    );
    expect(await told(query, 'c')).toContain(
      'event 6 has all its events, and matches if stage 3 stays away until 1970-01-01T00:00:01.700Z\n' +
        '      the events end before 1970-01-01T00:00:01.700Z, and stage 3 has stayed away so far: completed\n',
    );
    expect(await told(query, 'a')).toContain(
      '1970-01-01T00:00:00.500Z an event of stage 3, which must stay away, came: no match of the sequence begun at 1970-01-01T00:00:00.000Z\n',
    );
    const endless = 'sequence by host [any where type == "A"] with runs=2 [any where type == "B"]';
    expect(await told(endless, 'b')).toContain('waits for stage 1 (run 2 of 2), and no maxspan ends that\n');
    const optional =
      'sequence by ?user.id [any where type == "A"] [any where type == "M"] until [any where type == "B"]';
    const { stdout } = await eql.run(['explain', optional, events]);
    expect(stdout).toContain('  user.id is missing: reached stage 1 of 2, completed 0\n');
    expect(stdout).toContain(
      'event 2 fits until and ended the sequence begun at 1970-01-01T00:00:00.000Z, which waited for stage 2\n',
    );
    const json = await eql.run(['explain', query, events, '--key', 'b', '-o', 'json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      join_keys: [
        {
          reached_stage: 1,
          steps: [
            { step: 'began', event: 4 },
            { step: 'pending', stage: 1, begun: '1970-01-01T00:00:00.600Z', until: '1970-01-01T00:00:01.600Z' },
          ],
        },
      ],
    });
  });

  it('counts which condition rejects how many events', async () => {
    const events = write('many.ndjson', [
      { ...process, a: 1, b: 1 },
      { ...process, a: 1, b: 2 },
      { ...process, a: 2, b: 2 },
      { event: { category: 'file' }, a: 1, b: 1 },
    ]);
    const { stdout } = await eql.run(['explain', 'process where a == 1 and b == 3', events, '-o', 'json']);
    const { stages } = JSON.parse(stdout) as { stages: readonly Record<string, unknown>[] };
    expect(stages[0]).toMatchObject({
      examined: 3,
      fit: 0,
      conditions: [
        { condition: 'event.category == "process"', rejected: 0, rejected_alone: 0 },
        { condition: 'a == 1', rejected: 1, rejected_alone: 0 },
        { condition: 'b == 3', rejected: 3, rejected_alone: 2 },
      ],
      nearest: [{ event: 1, failed_conditions: 1 }, { event: 2 }, { event: 3, failed_conditions: 2 }],
    });
  });

  it('explains one event with --event, and says if there is none', async () => {
    const events = write('three.ndjson', [
      { ...process, a: 1 },
      { ...process, a: 2 },
      { ...process, a: 3 },
    ]);
    const one = await eql.run(['explain', 'process where a == 1', events, '--event', '2']);
    expect(one.stdout).toContain('query: 1 event, 0 fit');
    expect(one.stdout).toContain('a = 2');
    const none = await eql.run(['explain', 'process where a == 1', events, '--event', '9']);
    expect(none.code).toBe(3);
    expect(none.stderr).toContain('there is no event 9: 3 events were read');
  });

  it('tells the story of each join key of a rule, and of one with --key', async () => {
    const { code, stdout } = await eql.run(['explain', RULE, EVENTS, '--output', 'json']);
    expect(code).toBe(0);
    const explanation = JSON.parse(stdout) as {
      join_keys: readonly { completed: number; key: readonly { field: string; value: string }[] }[];
    };
    expect(explanation.join_keys.reduce((sum, { completed }) => sum + completed, 0)).toBe(43);
    const [host, process] = explanation.join_keys.find(({ completed }) => completed === 1)?.key ?? [];
    expect([host?.field, process?.field]).toEqual(['host.id', 'process.entity_id']);
    const keys = ['--key', host?.value ?? '', '--key', process?.value ?? ''];
    const one = await eql.run(['explain', RULE, EVENTS, ...keys]);
    expect(one.stdout).toContain('reached stage 2 of 2, completed 1');
    expect(one.stdout).toContain('went on to stage 2');
    const other = await eql.run(['explain', RULE, EVENTS, '--key', 'nobody', '--key', 'nothing']);
    expect(other.stdout).toContain('nothing happened under nobody, nothing');
    expect(other.stderr).toMatch(
      /^warning: no event that fits a stage has the join key host\.id = nobody, process\.entity_id = nothing; those that there are:\n(?: {2}--key \S+ --key \S+\n){5} {2}… and \d+ others\n$/u,
    );
  });

  it('folds events of a stage in a row that no sequence waited for', async () => {
    const types = ['B', 'B', 'B', 'A', 'B', 'B', 'C', 'C', 'B'];
    const events = write(
      'idle.ndjson',
      types.map((type, place) => ({ type, host: 'a', '@timestamp': place })),
    );
    const query = 'sequence by host [any where type == "A"] [any where type == "B"] [any where type == "C"]';
    const { stdout } = await eql.run(['explain', query, events]);
    const lines = stdout.split('\n').filter((one) => one.includes('no sequence waited'));
    expect(lines.map((one) => one.trim().replace(/^\S+Z /u, ''))).toEqual([
      'event 1 to 3: 3 events fit stage 2, but no sequence waited for them',
      'event 6 fits stage 2, but no sequence waited for it',
      'event 8 fits stage 3, but no sequence waited for it',
      'event 9 fits stage 2, but no sequence waited for it',
    ]);
  });

  it('proposes the nearest join key first', async () => {
    const events = write(
      'keys.ndjson',
      ['alpha', 'beta', 'gamma'].map((host) => ({ type: 'A', host })),
    );
    const query = 'sequence by host [any where type == "A"] [any where type == "B"]';
    const { code, stderr } = await eql.run(['explain', query, events, '--key', 'gama']);
    expect(code).toBe(0);
    expect(stderr).toContain(
      'the join key host = gama; those that there are:\n  --key gamma\n  --key alpha\n  --key beta\n',
    );
  });

  it('shows a query what eql query shows it: events without a time or category, too', async () => {
    const undated = join(folder, 'undated.ndjson');
    writeFileSync(undated, '{"a":1}\n{"a":2,"@timestamp":5}\n');
    const { stdout, stderr } = await eql.run(['explain', 'any where a == 1', undated]);
    expect(stdout).toContain('query: 2 events, 1 fit');
    expect(stdout).toContain('event 1 without a time fits');
    expect(stderr).toBe('');
    const sequence = await eql.run(['explain', 'sequence [any where a == 1] [any where a == 2]', undated]);
    expect(sequence.stdout).toContain('stage 1: 1 event, 0 fit');
  });

  it('counts the keys that began, and apart from them those of later stages only', async () => {
    const { stdout } = await eql.run(['explain', RULE, EVENTS, '--shown', '500']);
    const began = stdout.match(/reached stage [12] of 2/gu)?.length;
    const never = stdout.match(/: never began, completed 0/gu)?.length;
    expect(stdout).toContain(
      `join keys: ${String(began)} began, 43 sequences completed, ${String(never)} had events of later stages only\n`,
    );
    expect(stdout).not.toContain('reached stage 0');
    const brief = await eql.run(['explain', RULE, EVENTS, '--shown', '0']);
    expect(brief.code).toBe(0);
    expect(brief.stdout).toContain(`join keys: ${String(began)} began`);
    expect(brief.stdout).not.toContain('reached stage');
  });

  it('tells of one event of a sequence what all the others made of it', async () => {
    const events = write('story.ndjson', [
      { '@timestamp': 0, type: 'A', host: 'a' },
      { '@timestamp': 1, type: 'A', host: 'b' },
      { '@timestamp': 400, type: 'B', host: 'a' },
      { '@timestamp': 500, type: 'B', host: 'c' },
      { '@timestamp': 9_000, type: 'C', host: 'c' },
    ]);
    const query = 'sequence by host with maxspan=1s [any where type == "A"] [any where type == "B"]';
    const last = await eql.run(['explain', query, events, '--event', '3']);
    expect(last.stdout).toContain('stage 1: 1 event, 0 fit');
    expect(last.stdout).toContain('event 3 at 1970-01-01T00:00:00.400Z fits');
    expect(last.stdout).toContain(
      'join keys: 1 began, 1 sequence completed\n  host = a: reached stage 2 of 2, completed 1\n',
    );
    const alone = await eql.run(['explain', query, events, '--event', '4']);
    expect(alone.stdout).toContain('join keys: 0 began, 0 sequences completed, 1 had events of later stages only\n');
    expect(alone.stdout).toContain('host = c: never began, completed 0\n');
    const expired = await eql.run(['explain', query, events, '--event', '2']);
    expect(expired.stdout).toContain(
      '1970-01-01T00:00:01.001Z the sequence begun at 1970-01-01T00:00:00.001Z expired: stage 2 never came\n',
    );
    const json = await eql.run(['explain', query, events, '--event', '4', '-o', 'json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      stages: [{ nearest: [{ event: 4 }] }, { matches: [{ event: 4 }] }],
    });
  });

  it('says which fields a key has if there are not as many values', async () => {
    const some = await eql.run(['explain', RULE, EVENTS, '--key', '7c1e5a90']);
    expect(some.code).toBe(3);
    expect(some.stderr).toBe(
      'error: the query joins by 2 fields, host.id, process.entity_id; give one value for each, in this order: ' +
        '--key <host.id> --key <process.entity_id>\n',
    );
    const none = await eql.run(['explain', 'any where true', EVENTS, '--key', 'x']);
    expect(none.stderr).toBe('error: the query has no join key, so there is none to show; leave out --key\n');
  });

  it.each(['nosuch.toml', 'no/such', 'my rules/no such.toml'])('takes %s for a file', async (path) => {
    const { code, stderr } = await eql.run(['explain', path, EVENTS]);
    expect(code).toBe(3);
    expect(stderr).toContain(`error: No file or folder "${path}"`);
  });

  it.each(['process/**/where/**/true', 'any where y.toml'])('takes %s for a query', async (query) => {
    expect((await eql.run(['explain', query, EVENTS])).code).toBe(0);
  });

  it('tells what a pipe let pass, and where the result of one event went', async () => {
    const events = write(
      'pipes.ndjson',
      [1, 2, 3, 4].map((n) => ({ n })),
    );
    const query = 'any where n > 1 | filter n != 3 and n < 9 | head 1';
    const args = ['explain', query, events, '--dialect', 'endgame'];
    const all = await eql.run(args);
    expect(all.stdout).toContain('query: 4 events, 3 fit\n');
    expect(all.stdout).toContain('| filter n != 3 and n < 9: 3 results came, 2 passed\n');
    expect(all.stdout).toContain('│ n != 3    │       1 │     1 │\n');
    expect(all.stdout).toContain('| head 1: 2 results came, 1 passed\n');
    const fourth = await eql.run([...args, '--event', '4']);
    expect(fourth.stdout).toContain('| head 1: 1 result came, 0 passed\n');
  });

  it('tells what joins and samples lack under each join key', async () => {
    const events = write('gathered.ndjson', [
      { type: 'A', host: 'a' },
      { type: 'U', host: 'a' },
      { type: 'A', host: 'b' },
      { type: 'B', host: 'b' },
    ]);
    const stages = 'by host [any where type == "A"] [any where type == "B"]';
    const join = await eql.run([
      'explain',
      `join ${stages} until [any where type == "U"]`,
      events,
      '--dialect',
      'endgame',
    ]);
    expect(join.stdout).toContain('join keys: 2 with events of a stage, 1 join completed\n');
    expect(join.stdout).toContain('host = a: completed 0, lacks stage 2, cleared by until 1 time\n');
    const sample = await eql.run(['explain', `sample ${stages}`, events, '--key', 'a']);
    expect(sample.stdout).toContain(
      'host = a: completed 0, lacks stage 2\n    stage 1: 1 event\n    stage 2: 0 events\n',
    );
    expect(sample.stdout).not.toContain('host = b');
    const none = await eql.run(['explain', `sample ${stages}`, events, '--key', 'bb']);
    expect(none.stderr).toContain('those that there are:\n  --key b\n  --key a\n');
  });

  it('names how late an event came, and the event that nearly came next', async () => {
    const events = write('late.ndjson', [
      { '@timestamp': 0, type: 'A', host: 'a' },
      { '@timestamp': 400, type: 'B', host: 'a', port: 80 },
      { '@timestamp': 1_500, type: 'B', host: 'a', port: 443 },
    ]);
    const query =
      'sequence by host with maxspan=1s [any where type == "A"] [any where type == "B" and port == 443] until [any where type == "U"]';
    const { stdout } = await eql.run(['explain', query, events]);
    expect(stdout).toContain('came next and misses stage 2 by 1 condition');
    expect(stdout).toContain('fits stage 2, but it came 0.500 s after the span of the sequence begun at');
    expect(stdout).toContain('until: 3 events, 0 fit');
  });

  it('exits with 2 for a wrong query or rule, and with 3 for what cannot be read', async () => {
    const events = write('some.ndjson', [process]);
    const wrong = await eql.run(['explain', 'process where a ==', events]);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('error[EQL1');
    const rule = join(folder, 'broken.toml');
    writeFileSync(rule, '[rule]\nname = "x"\nquery = "process where a == b"\n');
    const broken = await eql.run(['explain', rule, events]);
    expect(broken.code).toBe(2);
    expect(broken.stderr).toContain('broken.toml:3:');
    const many = await eql.run(['explain', 'rules/elastic', 'nothing.ndjson']);
    expect(many.code).toBe(3);
    const unread = await eql.run(['explain', 'any where true', 'nothing.ndjson']);
    expect(unread.code).toBe(3);
  });

  it('reads standard input and keeps control characters from the terminal', () => {
    const input = `${JSON.stringify({ '@timestamp': 0, a: '\u001b[31mred' })}\n`;
    const { code, stdout } = runEql(['explain', 'any where a == "x"', '-'], { input });
    expect(code).toBe(0);
    expect(stdout).not.toContain('\u001b');
  });

  describe('a rule with more than its query', () => {
    const rule = `[rule]
name = "n"
index = ["logs-a.*"]
query = "process where a == 1"
[[rule.filters]]
[rule.filters.meta]
negate = true
[rule.filters.query.match_phrase]
"user.name" = "backup"
[[rule.exceptions_list]]
id = "x"
list_id = "known"
namespace_type = "single"
type = "detection"
`;
    const lists = `[[exceptions]]
[exceptions.container]
list_id = "known"
name = "Known"
type = "detection"
[[exceptions.items]]
list_id = "known"
name = "build hosts"
type = "simple"
[[exceptions.items.entries]]
field = "host.name"
operator = "included"
type = "match"
value = "ci"
`;
    const ofData = (dataset: string, more: object) => ({
      ...process,
      data_stream: { type: 'logs', dataset, namespace: 'default' },
      a: 1,
      ...more,
    });
    let events = '';
    let pack = '';
    beforeAll(() => {
      pack = join(folder, 'pack');
      mkdirSync(pack);
      writeFileSync(join(pack, 'rule.toml'), rule);
      writeFileSync(join(pack, 'lists.toml'), lists);
      events = write('scope.ndjson', [
        ofData('a.x', {}),
        ofData('a.x', { user: { name: 'backup' } }),
        ofData('a.x', { host: { name: 'ci' } }),
        ofData('b.x', {}),
      ]);
    });

    it('explains its filters, exceptions and index as eql run applies them', async () => {
      const { code, stdout } = await eql.run(['explain', pack, events]);
      expect(code).toBe(0);
      expect(stdout).toContain("1 of 4 events cannot be of the rule's indices or systems, so it did not see them");
      expect(stdout).toContain('query: 3 process events, 1 fit');
      expect(stdout).toMatch(/user\.name .*backup/u);
      expect(stdout).toMatch(/host\.name .*ci/u);
      const run = await eql.run(['run', pack, '--events', events, '--output', 'ndjson']);
      expect(run.stdout.trim().split('\n')).toHaveLength(1);
    });

    it('shows it every event with --ignore-index, and takes --index', async () => {
      const fits = async (...more: string[]): Promise<unknown> => {
        const { stdout } = await eql.run(['explain', pack, events, '-o', 'json', ...more]);
        const found = JSON.parse(stdout) as { events_outside_index: number; stages: { fit: number }[] };
        return [found.events_outside_index, found.stages[0]?.fit];
      };
      expect(await fits()).toEqual([1, 1]);
      expect(await fits('--ignore-index')).toEqual([0, 2]);
      expect(await fits('--index', 'logs-a.z-default')).toEqual([0, 2]);
      expect(await fits('--index', 'logs-c.z-default')).toEqual([4, 0]);
    });
  });
});
