import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { locateOffset } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';
import { loadRules, type LoadedRules } from '../../src/node/load-rules.js';
import { makeFolder, ruleFile } from './make-folder.js';

const REPOSITORY = new URL('../../../../', import.meta.url).pathname;

/** The files of the rules, and of the failures with their codes, in order. */
function summary({ rules, failures, problems }: LoadedRules) {
  return {
    rules: rules.map(({ file }) => file),
    failures: failures.map(({ file, diagnostics }) => [file, ...diagnostics.map(({ code }) => code)]),
    problems: problems.map(({ input }) => input),
  };
}

describe('loadRules', () => {
  it('loads the rule that the project ships', async () => {
    const file = 'rules/elastic/linux/persistence_xdg_autostart_netcon.toml';
    const loaded = await loadRules([file], { cwd: REPOSITORY });
    expect(summary(loaded)).toEqual({ rules: [file], failures: [], problems: [] });
    expect(loaded.rules[0]?.rule.id).toBe('dd52d45a-4602-4195-9018-ebe0f219c273');
  });

  it('loads a folder in the order of the paths, without pack.toml, tests, other files, hidden ones and node_modules', async () => {
    const cwd = await makeFolder({
      'r/b.toml': ruleFile('b'),
      'r/a/z.toml': ruleFile('z'),
      'r/a.toml': ruleFile('a'),
      'r/a/deep/er/x.toml': ruleFile('x'),
      'r/pack.toml': 'name = "pack"',
      'r/a.test.toml': 'rule = "a.toml"',
      'r/notes.md': '#',
      'r/.git/c.toml': ruleFile('c'),
      'r/.d.toml': ruleFile('d'),
      'r/node_modules/e.toml': ruleFile('e'),
    });
    const loaded = await loadRules(['r'], { cwd });
    expect(summary(loaded)).toEqual({
      rules: ['r/a/deep/er/x.toml', 'r/a/z.toml', 'r/a.toml', 'r/b.toml'],
      failures: [],
      problems: [],
    });
    expect(loaded.rules[1]?.rule.id).toBe('file:r/a/z.toml');
    expect(loaded.rules[1]?.text).toBe(ruleFile('z'));
  });

  it('keeps the order of the inputs, and takes each file once', async () => {
    const cwd = await makeFolder({ 'r/a.toml': ruleFile('a'), 'r/b.toml': ruleFile('b') });
    await symlink(join(cwd, 'r/b.toml'), join(cwd, 'link.toml'));
    const loaded = await loadRules(['r/b.toml', 'r', './r//a.toml', join(cwd, 'r'), 'link.toml'], { cwd });
    expect(summary(loaded)).toEqual({ rules: ['r/b.toml', 'r/a.toml'], failures: [], problems: [] });
  });

  it('names files relative to the working folder, and outside as they were named', async () => {
    const folder = await makeFolder({ 'work/in.toml': ruleFile('in'), 'out.toml': ruleFile('out') });
    const cwd = join(folder, 'work');
    const named = async (input: string): Promise<unknown> => summary(await loadRules([input], { cwd })).rules;
    expect(await named(join(cwd, 'in.toml'))).toEqual(['in.toml']);
    expect(await named('../out.toml')).toEqual(['../out.toml']);
    expect(await named(join(folder, 'out.toml'))).toEqual([join(folder, 'out.toml')]);
  });

  it.each([
    ['r/*.toml', ['r/a.toml']],
    ['r/**/*.toml', ['r/a.toml', 'r/linux/b.toml', 'r/windows/c.toml']],
    ['r/{linux,windows}/*', ['r/linux/b.toml', 'r/windows/c.toml']],
    ['./r/l*/?.toml', ['r/linux/b.toml']],
    ['**', ['[x].toml', 'r/a.toml', 'r/linux/b.toml', 'r/windows/c.toml']],
    ['\\[[x]\\].toml', ['[x].toml']],
    ['[x].toml', ['[x].toml']],
  ])('takes the pattern %s', async (pattern, files) => {
    const cwd = await makeFolder({
      'r/a.toml': ruleFile('a'),
      'r/pack.toml': '',
      'r/linux/b.toml': ruleFile('b'),
      'r/linux/b.md': '',
      'r/windows/c.toml': ruleFile('c'),
      '[x].toml': ruleFile('x'),
    });
    expect(summary(await loadRules([pattern], { cwd }))).toEqual({ rules: files, failures: [], problems: [] });
    if (pattern.startsWith('./')) return;
    expect((await loadRules([join(cwd, pattern)], { cwd })).rules).toHaveLength(files.length);
  });

  it('says what to do about an input that names nothing', async () => {
    const cwd = await makeFolder({ 'rules/linux/a.toml': ruleFile('a'), 'empty/pack.toml': '', 'plain.txt': '' });
    const inputs = ['rule', 'far/away', 'empty', 'rules/*.toml', '', 'plain.txt/x', 'nul\0'];
    const { problems, rules, failures } = await loadRules(inputs, { cwd });
    expect({ rules, failures }).toEqual({ rules: [], failures: [] });
    expect(problems.map(({ message }) => message)).toEqual([
      'No file or folder "rule". Did you mean "rules"?',
      `No file or folder "far/away". Check the spelling; relative paths start from "${cwd}".`,
      'No rule in the folder "empty". Rules are files that end in .toml; hidden folders and node_modules are left out.',
      'No rule file matches "rules/*.toml". A pattern matches files that end in .toml; "**" descends into folders, as in "rules/**/*.toml".',
      'An empty path names nothing. Name a rule file, a folder or a pattern.',
      `No file or folder "plain.txt/x". Check the spelling; relative paths start from "${cwd}".`,
      expect.stringContaining('cannot be read'),
    ]);
    expect(problems.map(({ input }) => input)).toEqual(inputs);
  });

  it('says so when the folder of a pattern is not there', async () => {
    const { problems } = await loadRules(['nowhere/*.toml'], { cwd: await makeFolder({}) });
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain('No rule file matches "nowhere/*.toml"');
  });

  it('reports files that cannot be read, and loads the others', async () => {
    const cwd = await makeFolder({
      'ok.toml': ruleFile('ok'),
      'broken.toml': '[rule\n',
      'bytes.toml': new Uint8Array([0x61, 0xff]),
      'other.toml': 'title = "no rule"',
    });
    await symlink(join(cwd, 'gone'), join(cwd, 'link.toml'));
    await symlink(join(cwd, 'loop.toml'), join(cwd, 'loop.toml'));
    const loaded = await loadRules(['.'], { cwd });
    expect(summary(loaded)).toEqual({
      rules: ['ok.toml'],
      failures: [
        ['broken.toml', 'EQL4002'],
        ['bytes.toml', 'EQL4001'],
        ['link.toml', 'EQL4001'],
        ['loop.toml', 'EQL4001'],
        ['other.toml', 'EQL4003'],
      ],
      problems: [],
    });
    const [broken, , link, loop] = loaded.failures;
    expect(locateOffset(broken?.text ?? '', broken?.diagnostics[0]?.span.start ?? 0)).toMatchObject({
      line: 1,
      column: 1,
    });
    expect(link?.diagnostics[0]?.message).toBe('The file cannot be read: it does not exist.');
    expect(loop?.diagnostics[0]?.message).toBe('The file cannot be read: its symbolic links lead in a circle.');
  });

  it('refuses a device, which has no end, and takes a folder called x.toml for a folder', async () => {
    const cwd = await makeFolder({ 'x.toml/a.toml': ruleFile('a') });
    await symlink('/dev/zero', join(cwd, 'zero.toml'));
    expect(summary(await loadRules(['.'], { cwd }))).toEqual({
      rules: ['x.toml/a.toml'],
      failures: [['zero.toml', 'EQL4001']],
      problems: [],
    });
  });

  it('loads all rules that share an id, and warns at every one but the first, naming both files', async () => {
    const cwd = await makeFolder({
      'a.toml': ruleFile('a', 'same'),
      'b.toml': ruleFile('b', 'same'),
      'c.toml': ruleFile('c'),
    });
    const loaded = await loadRules(['.'], { cwd });
    expect(summary(loaded)).toEqual({ rules: ['a.toml', 'b.toml', 'c.toml'], failures: [], problems: [] });
    expect(loaded.rules.map(({ diagnostics }) => diagnostics.length)).toEqual([0, 1, 0]);
    const [, second] = loaded.rules;
    const [diagnostic] = second?.diagnostics ?? [];
    expect(diagnostic).toMatchObject({
      code: 'EQL4005',
      severity: 'warning',
      message: 'b.toml has the same rule id as a.toml: "same".',
      // The query of either may be broken, or its pack disable it, so nothing is said about which of them run.
      help: 'Alerts of both would carry this id, as if they came from one rule. Give one of the two another id.',
    });
    expect(second?.text.slice(diagnostic?.span.start, diagnostic?.span.end)).toBe('"same"');
  });

  it('keeps what can be read of a rule with errors apart, with its pack, and knows it by its name and id', async () => {
    const cwd = await makeFolder({
      'pack.toml': 'name = "p"\ndisabled = ["Half a rule", "gone"]\n',
      'half.toml': `${ruleFile('Half a rule', 'same')}severity = "hgih"\ntags = ["a", 1]\n`,
      'none.toml': 'title = "no rule"',
      'whole.toml': ruleFile('w', 'same'),
    });
    const { rules, failures, packs } = await loadRules(['.'], { cwd });
    expect(rules.map(({ file, diagnostics }) => [file, ...diagnostics.map(({ code }) => code)])).toEqual([
      ['whole.toml', 'EQL4005'],
    ]);
    expect(failures.map(({ kind, file, draft, pack }) => [kind, file, draft?.rule.name, pack?.name])).toEqual([
      ['rule', 'half.toml', 'Half a rule', 'p'],
      ['rule', 'none.toml', undefined, 'p'],
    ]);
    expect(failures[0]?.draft).toMatchObject({
      rule: { id: 'same', query: 'process where true', severity: null, tags: ['a'] },
      unread: [
        ['rule', 'tags', 1],
        ['rule', 'severity'],
      ],
    });
    // Mending the rule mends nothing of the pack.
    expect(packs[0]?.diagnostics.map(({ message }) => message)).toEqual(['No rule of the pack is called "gone".']);
  });

  it('loads files with a byte order mark and CRLF', async () => {
    const cwd = await makeFolder({ 'a.toml': `\ufeff${ruleFile('a')}`.replaceAll('\n', '\r\n') });
    const { rules } = await loadRules(['a.toml'], { cwd });
    expect(rules[0]?.rule.name).toBe('a');
    expect(rules[0]?.text.startsWith('[rule]\r\n')).toBe(true);
  });

  it('loads many files, always in the same order', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `r/${String(index).padStart(3, '0')}.toml`);
    const cwd = await makeFolder(Object.fromEntries(names.map((name) => [name, ruleFile('n')])));
    await mkdir(join(cwd, 'r/empty'));
    expect(summary(await loadRules(['r'], { cwd })).rules).toEqual(names);
  });
});
