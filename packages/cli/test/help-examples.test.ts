import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeCommands } from './described-commands.js';
import { EQL, EqlProcess, ROOT, runEql, type CommandResult } from './run-eql.js';
import { splitCommand } from './split-command.js';
import { useTestFolder } from './test-folder.js';

const RULE = 'rules/elastic/linux/persistence_xdg_autostart_netcon.toml';

const folder = useTestFolder();
const eql = new EqlProcess();
afterAll(() => {
  eql.stop();
});

/** One frame with one raw block, as the format has it for data that is not worth packing. */
function asZstd(data: Buffer): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt32LE(0xfd2fb528, 0);
  // A single segment whose size has four bytes.
  header.writeUInt8(0b1010_0000, 4);
  header.writeUInt32LE(data.length, 5);
  header.writeUIntLE((data.length << 3) | 1, 9, 3);
  return Buffer.concat([header, data]);
}

/** The files that the examples are about. */
beforeAll(() => {
  const copy = (from: string, to: string): void => {
    cpSync(join(ROOT, from), folder.file(to), { recursive: true });
  };
  const events = 'examples/xdg-autostart/events.ndjson';
  copy('rules', 'rules');
  copy(RULE, 'rule.toml');
  for (const name of ['events.ndjson', 'large.ndjson', 'logs/events.ndjson']) copy(events, name);
  copy('examples/auditbeat/events.ndjson', 'auditbeat.ndjson');
  folder.write('events.ndjson.gz', gzipSync(folder.read('events.ndjson')));
  const sysmon = { EventID: 1, UtcTime: '2024-05-01 10:00:00.000', Image: 'C:\\Windows\\System32\\cmd.exe' };
  folder.write('sysmon.json.zst', asZstd(Buffer.from(JSON.stringify(sysmon))));
  folder.write('a.ndjson', '{"@timestamp":0,"event_type":"alert","port":4711}\n');
  folder.write('a.mapping.json', '{"properties":{"event_type":{"type":"keyword"},"port":{"type":"long"}}}');
  folder.write('queries.eql', 'process where process.name == "sh" |\n  head 1;\n.schema process.name\n');
  mkdirSync(folder.file('.local/share/bash-completion/completions'), { recursive: true });
  mkdirSync(folder.file('.config/fish/completions'), { recursive: true });
  mkdirSync(folder.file('bin'));
  symlinkSync(EQL, folder.file('bin/eql'));
});

/** What an example comes to if not 0; the others do what they say without questions and alarms. */
const OTHER_CODES: readonly (readonly [example: RegExp, code: number])[] = [
  // Without a terminal nobody can be asked.
  [/^eql new(?! --name)/u, 3],
  [/--fail-on-alert/u, 1],
];

const ENV = { EQL_CONFIG: '', EQL_HISTORY: '' };

/** Runs an example in a shell if it has to do with one, or might read standard input. */
async function runExample(example: string): Promise<CommandResult> {
  const words = splitCommand(example);
  if (words[0] === 'eql' && !words.some((word) => /^(?:[|<>]|&&|new|repl)$/u.test(word))) {
    return eql.run(words.slice(1), { cwd: folder.path, env: ENV });
  }
  // Only zsh knows this place.
  const shell = example.includes('<(') ? 'bash' : 'sh';
  const { status, stdout, stderr } = spawnSync(shell, ['-c', example.replace('"${fpath[1]}/_eql"', '_eql')], {
    cwd: folder.path,
    env: {
      ...process.env,
      ...ENV,
      PATH: `${folder.file('bin')}${delimiter}${process.env['PATH'] ?? ''}`,
      HOME: folder.path,
    },
    input: '',
    encoding: 'utf8',
  });
  return { code: status ?? -1, stdout, stderr };
}

describe('the examples of --help', () => {
  it('run as they are printed', async () => {
    const commands = await describeCommands(async (words) => (await eql.run([...words, '--help'])).stdout);
    const examples = [...commands.values()].flatMap((command) => command.examples);
    expect(examples.length).toBeGreaterThan(45);
    for (const example of new Set(examples)) {
      const { code: status, stdout, stderr } = await runExample(example);
      const code = OTHER_CODES.find(([pattern]) => pattern.test(example))?.[1] ?? 0;
      expect(status, `${example}\n${stderr}`).toBe(code);
      expect(`${stdout}${stderr}`, example).not.toMatch(/ at [\w.]+ \(|undefined/u);
    }
    expect(folder.read('rules/nginx.toml')).toContain('process.parent.name == "nginx"');
    expect(folder.read('eqlkit.sarif')).toContain('"version": "2.1.0"');
    expect((await runExample('eql fmt formatted.toml --check')).code).toBe(0);
    expect(folder.read('_eql')).toContain('eql');
  });

  it('find what they look for', () => {
    const run = (...words: string[]): string => runEql(words, { cwd: folder.path }).stdout;
    const sysmon = ['sysmon.json.zst', '--map', 'sysmon-nxlog', '--count'];
    expect(run('query', 'process where process.name == "cmd.exe"', ...sysmon)).toBe('1\n');
    const alerts = ['a.ndjson', '--category-field', 'event_type', '--mapping', 'a.mapping.json', '--count'];
    expect(run('query', 'alert where port > 1000', ...alerts)).toBe('1\n');
  });
});
