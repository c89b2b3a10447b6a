import { chmod, mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadRules } from '../../src/node/load-rules.js';
import { makeFolder, ruleFile } from './make-folder.js';

/** What came of a folder with a good rule and something hostile: the rules, and each failure in one line. */
async function load(cwd: string, input = 'pack') {
  const { rules, failures, problems } = await loadRules([input], { cwd });
  return {
    rules: rules.map(({ file }) => file),
    failures: failures.flatMap(({ file, diagnostics }) =>
      diagnostics.map(({ code, message, help }) => `${file}: ${code} ${message} ${help ?? ''}`.trim()),
    ),
    problems: problems.map(({ message }) => message),
  };
}

const GOOD = { 'pack/good.toml': ruleFile('good') };
const LOADED = { rules: ['pack/good.toml'], problems: [] };

describe('a hostile pack', () => {
  it('with a file of 100 MB: it is named and not read', async () => {
    const cwd = await makeFolder({ ...GOOD, 'pack/big.toml': ruleFile('big') });
    await truncate(join(cwd, 'pack/big.toml'), 100_000_000);
    expect(await load(cwd)).toEqual({
      ...LOADED,
      failures: [
        'pack/big.toml: EQL4001 The file has 100000000 bytes; the limit for a rule file is 8388608 (8 MiB). ' +
          'Split it into one file for each rule, or leave it out.',
      ],
    });
  });

  it('with links in a circle: each folder is walked once', async () => {
    const cwd = await makeFolder({ ...GOOD, 'pack/deep/er/below.toml': ruleFile('below') });
    await symlink(join(cwd, 'pack'), join(cwd, 'pack/deep/er/up'));
    await symlink('again', join(cwd, 'pack/again'));
    await symlink('round.toml', join(cwd, 'pack/round.toml'));
    expect(await load(cwd)).toEqual({
      rules: ['pack/deep/er/below.toml', 'pack/good.toml'],
      problems: [],
      failures: [
        'pack/round.toml: EQL4001 The file cannot be read: its symbolic links lead in a circle. ' +
          'Check the path and the permissions of the file.',
      ],
    });
  });

  it('with links to a file and a folder outside: they are named and not followed', async () => {
    const cwd = await makeFolder({ ...GOOD, 'secret/a.toml': ruleFile('a'), 'secret.toml': ruleFile('b') });
    await symlink(join(cwd, 'secret'), join(cwd, 'pack/folder'));
    await symlink('../secret.toml', join(cwd, 'pack/link.toml'));
    const outside =
      'EQL4001 It is a link to something outside the folder, which is not followed. ' +
      'Name the target itself, beside the folder, if its rules are to be loaded.';
    expect(await load(cwd)).toEqual({
      ...LOADED,
      failures: [`pack/folder: ${outside}`, `pack/link.toml: ${outside}`],
    });
    expect((await load(cwd, 'pack/**/*.toml')).failures).toHaveLength(2);
  });

  it('is followed where the input itself is a link, and where links stay inside', async () => {
    const cwd = await makeFolder({ 'pack/a/good.toml': ruleFile('good') });
    await symlink('a', join(cwd, 'pack/b'));
    await symlink('pack', join(cwd, 'link'));
    expect(await load(cwd, 'link')).toEqual({ rules: ['link/a/good.toml'], problems: [], failures: [] });
  });

  it('with paths outside in pack.toml: they name no rule of the pack', async () => {
    const cwd = await makeFolder({
      ...GOOD,
      'other.toml': ruleFile('other'),
      'pack/pack.toml': 'name = "pack"\ndisabled = ["../other.toml", "/etc/**"]\n',
    });
    const { rules, packs } = await loadRules(['pack', 'other.toml'], { cwd });
    expect(rules.map(({ file, disabled }) => [file, disabled])).toEqual([
      ['pack/good.toml', false],
      ['other.toml', false],
    ]);
    expect(packs.flatMap(({ diagnostics }) => diagnostics.map(({ code, message }) => `${code} ${message}`))).toEqual([
      'EQL4102 No rule of the pack is called "../other.toml".',
      'EQL4102 No rule of the pack is called "/etc/**".',
    ]);
  });

  it.each([
    ['nothing', ''],
    ['70,000 characters', 'a'.repeat(70_000)],
    ['a glob of 70,000 characters', '?'.repeat(70_000)],
    ['a group that takes for ever to match', '(a+)+b'],
    ['an alternative that takes for ever to match', '(a|aa)+b*'],
    ['a bracket that is not closed', '[a'],
    ['everything but one', '!good.toml'],
  ])('with an entry of "disabled" that is %s: it names no rule', async (_, entry) => {
    const cwd = await makeFolder({
      ...GOOD,
      [`pack/${'a'.repeat(100)}.toml`]: ruleFile('a'),
      'pack/pack.toml': `name = "pack"\ndisabled = ["${entry}"]\n`,
    });
    const { rules, packs } = await loadRules(['pack'], { cwd });
    expect(rules.map(({ disabled }) => disabled)).toEqual([false, false]);
    expect(packs.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code))).toEqual(['EQL4102']);
  });

  it('with signs of regular expressions in a path or a name: they stand for themselves', async () => {
    const cwd = await makeFolder({
      'pack/c++ (old)/a.toml': ruleFile('a'),
      'pack/b.toml': ruleFile('Shell? (via [cron])'),
      'pack/pack.toml': 'disabled = ["c++ (old)/a.toml", "Shell? (via [cron])"]\n',
    });
    const { rules } = await loadRules(['pack'], { cwd });
    expect(rules.map(({ disabled }) => disabled)).toEqual([true, true]);
  });

  it('with a pack.toml that is a link to a file outside: it is named and not read', async () => {
    const cwd = await makeFolder({ ...GOOD, 'secret.txt': 'root:x:0:0' });
    await symlink('../secret.txt', join(cwd, 'pack/pack.toml'));
    expect(await load(join(cwd, 'pack'), '.')).toEqual({
      rules: ['good.toml'],
      problems: [],
      failures: [
        'pack.toml: EQL4001 It is a link to something outside the folder, which is not followed. Put a copy of the file in its place.',
      ],
    });
  });

  it('with thousands of entries for thousands of rules', async () => {
    const files = Array.from({ length: 2000 }, (_, index) => [`pack/r${index}.toml`, ruleFile(`zy${index}`)] as const);
    const entries = Array.from({ length: 20_000 }, (_, index) => `"zz${index}"`).join(', ');
    const cwd = await makeFolder({ ...Object.fromEntries(files), 'pack/pack.toml': `disabled = [${entries}]\n` });
    const { packs } = await loadRules(['pack'], { cwd });
    const [first, ...others] = packs[0]?.diagnostics ?? [];
    expect(first?.help).toBe('Did you mean "zy0"?');
    expect(others).toHaveLength(19_999);
  });

  it('with a binary file, and with text that is not UTF-8', async () => {
    const cwd = await makeFolder(GOOD);
    await writeFile(join(cwd, 'pack/binary.toml'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]));
    await writeFile(join(cwd, 'pack/latin.toml'), Buffer.from('[rule]\nname = "caf\xe9"\n', 'latin1'));
    expect(await load(cwd)).toEqual({
      ...LOADED,
      failures: [
        'pack/binary.toml: EQL4001 It is not a text file: byte 4 is zero. Rule files are TOML in UTF-8.',
        'pack/latin.toml: EQL4001 The file is not UTF-8 text: byte 18 (0xe9) does not belong there. Save the file as UTF-8.',
      ],
    });
  });

  it('with 10,000 files: all load', async () => {
    const cwd = await makeFolder(GOOD);
    for (let folder = 0; folder < 10; folder++) {
      await mkdir(join(cwd, `pack/${String(folder)}`));
      const writes = Array.from({ length: 1000 }, (_, file) =>
        writeFile(
          join(cwd, `pack/${String(folder)}/${String(file)}.toml`),
          ruleFile(`${String(folder)}-${String(file)}`),
        ),
      );
      await Promise.all(writes);
    }
    const { rules, failures } = await load(cwd);
    expect(rules).toHaveLength(10_001);
    expect(failures).toEqual([]);
  });

  it('with two rules of one id: both load, and the second says so', async () => {
    const withId = `[rule]\nid = "one"\nname = "x"\nquery = 'process where true'\n`;
    const cwd = await makeFolder({ 'pack/a.toml': withId, 'pack/b.toml': withId });
    const { rules } = await loadRules(['pack'], { cwd });
    expect(rules.map(({ file, diagnostics }) => [file, diagnostics.map(({ code }) => code)])).toEqual([
      ['pack/a.toml', []],
      ['pack/b.toml', ['EQL4005']],
    ]);
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'with a folder that may not be read (needs a user other than root): it is named, the rest loads',
    async () => {
      const cwd = await makeFolder({ ...GOOD, 'pack/closed/a.toml': ruleFile('a') });
      await chmod(join(cwd, 'pack/closed'), 0);
      const outcome = await load(cwd);
      await chmod(join(cwd, 'pack/closed'), 0o700);
      expect(outcome).toEqual({
        ...LOADED,
        failures: [
          'pack/closed: EQL4001 The folder cannot be read: permission is denied. ' +
            'Check its permissions. Rules below it are not loaded.',
        ],
      });
    },
  );
});
