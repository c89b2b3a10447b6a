import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadRules } from '../../src/node/load-rules.js';
import { makeFolder, ruleFile } from './make-folder.js';

describe('the pack of a rule', () => {
  it('is the nearest one above it', async () => {
    const cwd = await makeFolder({
      'pack.toml': 'name = "outer"',
      'a.toml': ruleFile('a'),
      'inner/pack.toml': 'name = "inner"',
      'inner/deep/b.toml': ruleFile('b'),
    });
    const { rules, packs } = await loadRules(['.'], { cwd });
    expect(rules.map(({ file, pack }) => [file, pack?.name])).toEqual([
      ['a.toml', 'outer'],
      ['inner/deep/b.toml', 'inner'],
    ]);
    expect(packs.map(({ file }) => file).sort()).toEqual(['inner/pack.toml', 'pack.toml']);
  });

  it('is found above an input that is a part of it, up to the working folder', async () => {
    const folder = await makeFolder({
      'pack.toml': 'name = "too far"',
      'work/rules/pack.toml': 'name = "mine"',
      'work/rules/linux/a.toml': ruleFile('a'),
      'work/b.toml': ruleFile('b'),
    });
    const cwd = join(folder, 'work');
    const names = async (input: string): Promise<unknown> =>
      (await loadRules([input], { cwd })).rules.map(({ pack }) => pack?.name);
    expect(await names('rules/linux/a.toml')).toEqual(['mine']);
    expect(await names('rules/linux')).toEqual(['mine']);
    expect(await names('b.toml')).toEqual([undefined]);
  });

  it('is looked for in the input only, if that lies outside of the working folder', async () => {
    const folder = await makeFolder({
      'pack.toml': 'name = "too far"',
      'rules/pack.toml': 'name = "theirs"',
      'rules/linux/a.toml': ruleFile('a'),
    });
    const cwd = join(folder, 'work');
    await mkdir(cwd);
    const names = async (input: string): Promise<unknown> =>
      (await loadRules([input], { cwd })).rules.map(({ pack }) => pack?.name);
    expect(await names('../rules')).toEqual(['theirs']);
    expect(await names('../rules/linux')).toEqual([undefined]);
  });

  it('is found whatever way the working folder is spelled', async () => {
    const folder = await makeFolder({ 'pack.toml': 'name = "mine"', 'linux/a.toml': ruleFile('a') });
    for (const cwd of [folder, `${folder}/`, `${folder}/linux/..`]) {
      const { rules } = await loadRules(['.'], { cwd });
      expect(rules.map(({ file, pack }) => [file, pack?.name])).toEqual([['linux/a.toml', 'mine']]);
    }
  });

  it('gives what its rules leave out, and the dialect where the format does not', async () => {
    const cwd = await makeFolder({
      'pack.toml': 'dialect = "endgame"\n[defaults]\nseverity = "low"\ntags = ["Mine"]\nindex = ["logs-*"]',
      'a.toml': ruleFile('a'),
      'b.toml': `${ruleFile('b')}severity = "high"\ntags = []\n`,
      'c.toml': '[rule]\nid = "c"\nname = "c"\nos_list = ["linux"]\nquery = "process where true"\n',
    });
    const { rules, failures } = await loadRules(['.'], { cwd });
    expect(failures).toEqual([]);
    expect(rules.map(({ rule }) => [rule.name, rule.severity, rule.tags, rule.index, rule.dialect])).toEqual([
      ['a', 'low', ['Mine'], ['logs-*'], 'endgame'],
      ['b', 'high', [], ['logs-*'], 'endgame'],
      ['c', 'low', ['Mine'], ['logs-*'], 'endpoint'],
    ]);
    expect(rules[0]?.rule.raw).not.toHaveProperty('rule.severity');
  });

  it('disables rules by id, by name and by path, and says so of entries that name none', async () => {
    const cwd = await makeFolder({
      'pack.toml': 'disabled = ["id-a", "The B", "linux/**", "sudden shel"]',
      'a.toml': ruleFile('a', 'id-a'),
      'b.toml': ruleFile('The B'),
      'linux/c.toml': ruleFile('c'),
      'd.toml': ruleFile('Sudden shell'),
    });
    const { rules, packs } = await loadRules(['.'], { cwd });
    expect(rules.map(({ file, disabled }) => [file, disabled])).toEqual([
      ['a.toml', true],
      ['b.toml', true],
      ['d.toml', false],
      ['linux/c.toml', true],
    ]);
    const [pack] = packs;
    expect(pack?.diagnostics.map(({ code, message, help }) => [code, message, help])).toEqual([
      ['EQL4102', 'No rule of the pack is called "sudden shel".', 'Did you mean "Sudden shell"?'],
    ]);
    expect(pack?.text.slice(pack.diagnostics[0]?.span.start, pack.diagnostics[0]?.span.end)).toBe('"sudden shel"');
  });

  it('does not complain of disabled rules when only a part of it is loaded', async () => {
    const cwd = await makeFolder({
      'pack.toml': 'disabled = ["id-b"]',
      'a.toml': ruleFile('a', 'id-a'),
      'b.toml': ruleFile('b', 'id-b'),
    });
    expect((await loadRules(['a.toml'], { cwd })).packs.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
  });

  it('is left out if it has errors, which are shown, and its rules load', async () => {
    const cwd = await makeFolder({ 'pack.toml': 'dialect = 1\n', 'a.toml': ruleFile('a') });
    const { rules, failures, packs } = await loadRules(['.'], { cwd });
    expect(rules.map(({ pack }) => pack)).toEqual([null]);
    expect(packs).toEqual([]);
    expect(failures.map(({ file, diagnostics }) => [file, ...diagnostics.map(({ code }) => code)])).toEqual([
      ['pack.toml', 'EQL4004'],
    ]);
  });
});
