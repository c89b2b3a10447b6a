import { describe, expect, it } from 'vitest';
import { lintRules } from '../../src/lint/lint-rules.js';
import { checkLintSettings, readLintSettings } from '../../src/lint/lint-settings.js';
import type { Pack } from '../../src/pack/pack.js';
import { parsePackToml } from '../../src/pack/parse-pack-toml.js';
import { declaredSchema } from './fields/learned-schema.js';
import { readRuleFile } from './lint-query.js';

function packOf(text: string): Pack {
  const { pack } = parsePackToml(text, 'p');
  if (pack === null) throw new Error('The pack does not load.');
  return pack;
}

function lint(pack: Pack | null, query: string): readonly (readonly [string, string])[] {
  const [file] = lintRules([readRuleFile(`[rule]\nname = "n"\nquery = '${query}'\n`, 'a.toml', pack)]);
  return (file?.diagnostics ?? []).map(({ code, severity }) => [code, severity]);
}

describe('[lint] of pack.toml', () => {
  it('sets the level of a code for the rules of the pack', () => {
    const query = 'process where a == "x*" or a == "y"';
    expect(lint(null, query)).toEqual([
      ['EQL5002', 'warning'],
      ['EQL5013', 'info'],
    ]);
    const pack = packOf('[lint.levels]\nEQL5002 = "off"\nEQL5013 = "error"\n');
    expect(lint(pack, query)).toEqual([['EQL5013', 'error']]);
  });

  it('names schema files below the folder of the pack', () => {
    expect(readLintSettings(packOf('[lint]\nschemas = ["fields.json", "more/a.json"]\n')).schemas).toEqual([
      'fields.json',
      'more/a.json',
    ]);
    for (const path of ['../x.json', '/etc/x.json', 'a/../../x.json', 'C:\\\\x.json', '']) {
      const text = `[lint]\nschemas = ["${path}"]\n`;
      expect(readLintSettings(packOf(text)).schemas).toEqual([]);
      expect(checkLintSettings(packOf(text), text).map(({ code }) => code)).toEqual(['EQL4004']);
    }
  });

  it('gives the fields of a pack to its rules only', () => {
    const pack = packOf('name = "p"\n');
    const options = { packSchemas: new Map([[pack, declaredSchema({ 'process.frobnicated': 'keyword' })]]) };
    const text = '[rule]\nname = "n"\nquery = \'process where process.frobnicated == "x"\'\n';
    const files = lintRules(
      [readRuleFile(text, 'a.toml', pack), readRuleFile(text.replace('"n"', '"m"'), 'b.toml')],
      options,
    );
    expect(files.map(({ diagnostics }) => diagnostics.map(({ code }) => code))).toEqual([[], ['EQL5101']]);
  });

  it.each([
    ['[lint]\nlevel = 1\n', 'EQL4101', 'Did you mean "levels"?'],
    ['[lint.levels]\nEQL5999 = "off"\n', 'EQL4101', undefined],
    ['[lint.levels]\nEQL1010 = "off"\n', 'EQL4101', undefined],
    ['[lint.levels]\nEQL5002 = "warn"\n', 'EQL4004', undefined],
    ['[lint.levels]\nEQL5002 = true\n', 'EQL4004', 'Write EQL5002 = "off".'],
    ['[lint]\nlevels = "off"\n', 'EQL4004', undefined],
    ['[lint]\nschemas = "a.json"\n', 'EQL4004', undefined],
  ])('is itself checked: %j', (text, code, help) => {
    const [found] = checkLintSettings(packOf(text), text);
    expect(found?.code).toBe(code);
    if (help !== undefined) expect(found?.help).toBe(help);
    expect(text.slice(found?.span.start, found?.span.end)).not.toBe('');
  });
});
