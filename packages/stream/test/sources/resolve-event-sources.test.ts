import { execFileSync } from 'node:child_process';
import { chmod, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { resolveEventSources } from '../../src/sources/resolve-event-sources.js';
import { makeFolder } from '../make-folder.js';

async function resolveNames(inputs: readonly string[], cwd: string) {
  const { sources, problems } = await resolveEventSources(inputs, { cwd });
  return { names: sources.map(({ name }) => name), problems: problems.map(({ message }) => message) };
}

describe('resolveEventSources', () => {
  it('takes a file of any name, with its size', async () => {
    const cwd = await makeFolder({ 'audit.log': '{}\n' });
    const path = join(cwd, 'audit.log');
    expect(await resolveEventSources(['audit.log'], { cwd })).toEqual({
      sources: [{ name: 'audit.log', kind: 'file', path, sizeBytes: 3 }],
      problems: [],
    });
    expect((await resolveNames([path], '/')).names).toEqual([path]);
  });

  it('walks a folder for event files, sorted by name, hidden ones left out', async () => {
    const cwd = await makeFolder({
      'logs/b.ndjson': '',
      'logs/a/z.json.gz': '',
      'logs/a/y.jsonl': '',
      'logs/C.JSON': '',
      'logs/readme.txt': '',
      'logs/data.gz': '',
      'logs/.hidden.json': '',
      'logs/.git/x.json': '',
    });
    const names = ['logs/C.JSON', 'logs/a/y.jsonl', 'logs/a/z.json.gz', 'logs/b.ndjson'];
    expect(await resolveNames(['logs'], cwd)).toEqual({ names, problems: [] });
    expect((await resolveNames(['logs/'], cwd)).names).toEqual(names);
    expect((await resolveNames(['.'], cwd)).names).toEqual(names.map((name) => `./${name}`));
  });

  it('expands globs from their static base', async () => {
    const cwd = await makeFolder({ 'a/1.json': '', 'a/b/2.json': '', 'a/3.txt': '', 'top.json': '', 'c/4.json': '' });
    expect((await resolveNames(['a/*.json'], cwd)).names).toEqual(['a/1.json']);
    expect((await resolveNames(['a/**/*.json'], cwd)).names).toEqual(['a/1.json', 'a/b/2.json']);
    expect((await resolveNames(['{a,c}/*.json'], cwd)).names).toEqual(['a/1.json', 'c/4.json']);
    expect((await resolveNames(['./a/*.txt', '*.json'], cwd)).names).toEqual(['a/3.txt', 'top.json']);
    expect((await resolveNames(['../*.json'], join(cwd, 'a'))).names).toEqual(['../top.json']);
    expect((await resolveNames([`${cwd}/*/?.json`], '/')).names).toEqual([`${cwd}/a/1.json`, `${cwd}/c/4.json`]);
  });

  it('prefers a file of that very name to a glob', async () => {
    const cwd = await makeFolder({ 'x[1].json': '', 'x1.json': '' });
    expect((await resolveNames(['x[1].json'], cwd)).names).toEqual(['x[1].json']);
  });

  it('takes each file once, under the name that came first', async () => {
    const cwd = await makeFolder({ 'logs/a.json': '' });
    await symlink(join(cwd, 'logs/a.json'), join(cwd, 'logs/latest.json'));
    expect((await resolveNames(['logs/a.json', 'logs', '*/*.json'], cwd)).names).toEqual(['logs/a.json']);
  });

  it('survives loops of symbolic links and broken ones', async () => {
    const cwd = await makeFolder({ 'logs/a/one.json': '' });
    await symlink('..', join(cwd, 'logs/a/up'));
    await symlink('self.json', join(cwd, 'logs/self.json'));
    await symlink('nowhere', join(cwd, 'logs/broken.json'));
    expect(await resolveNames(['logs'], cwd)).toEqual({ names: ['logs/a/one.json'], problems: [] });
    expect((await resolveNames(['logs/**/*.json'], cwd)).names).toEqual(['logs/a/one.json']);
  });

  it('takes standard input once', async () => {
    const { sources, problems } = await resolveEventSources(['-', '-'], { cwd: '/' });
    expect(sources).toEqual([{ name: 'stdin', kind: 'stdin' }]);
    expect(problems).toEqual([{ input: '-', message: 'Standard input (-) can be read only once. Name it once.' }]);
  });

  it('names the cure for inputs without events, and resolves the others', async () => {
    const cwd = await makeFolder({ 'ok.json': '', 'empty/readme.md': '' });
    const { names, problems } = await resolveNames(['nope.json', 'ok.json', 'empty', 'x/*.json', '*.ndjson', ''], cwd);
    expect(names).toEqual(['ok.json']);
    expect(problems).toEqual([
      `No file or folder "nope.json". Check the spelling; relative paths start from "${cwd}".`,
      'No event files in the folder "empty". Taken are *.ndjson, *.jsonl, *.json, *.csv and *.tsv, also with .gz or .zst; name others one by one.',
      `No event file matches "x/*.json". Check the pattern ("**" descends into folders) and the folder "${cwd}/x".`,
      `No event file matches "*.ndjson". Check the pattern ("**" descends into folders) and the folder "${cwd}".`,
      'An empty path names nothing. Name a file, a folder, a pattern or -.',
    ]);
  });

  it('keeps names and messages free of control characters', async () => {
    const cwd = await makeFolder({ 'a\u001b[31m.json': '' });
    const { names, problems } = await resolveNames(['a\u001b[31m.json', 'b\u0007'], cwd);
    expect(names).toEqual(['a?[31m.json']);
    expect(problems[0]).toContain('b?');
  });

  it.skipIf(process.platform === 'win32')('leaves the size of a named pipe open', async () => {
    const cwd = await makeFolder();
    execFileSync('/usr/bin/env', ['mkfifo', join(cwd, 'pipe')]);
    const { sources } = await resolveEventSources(['pipe'], { cwd });
    expect(sources).toEqual([{ name: 'pipe', kind: 'file', path: join(cwd, 'pipe') }]);
  });

  it.skipIf(process.platform === 'win32')('refuses a socket', async () => {
    const cwd = await makeFolder();
    const server = createServer().listen(join(cwd, 'socket'));
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    expect((await resolveNames(['socket'], cwd)).problems[0]).toContain('is a socket');
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('reports what may not be read', async () => {
    const cwd = await makeFolder({ 'secret.json': '', 'closed/a.json': '' });
    await chmod(join(cwd, 'secret.json'), 0);
    await chmod(join(cwd, 'closed'), 0);
    onTestFinished(() => chmod(join(cwd, 'closed'), 0o700));
    const { problems } = await resolveNames(['secret.json', 'closed'], cwd);
    expect(problems[0]).toBe('"secret.json" cannot be read: permission denied. Check its permissions.');
    expect(problems[1]).toContain('cannot be read');
  });
});
