import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePackToml } from '../../src/pack/parse-pack-toml.js';

/** What is wrong with a pack: codes, messages, and the text they point at. */
function complaints(text: string) {
  const { pack, diagnostics } = parsePackToml(text, 'folder');
  return {
    usable: pack !== null,
    found: diagnostics.map(({ code, message, span }) => [code, message, text.slice(span.start, span.end)]),
  };
}

describe('parsePackToml', () => {
  it('reads every key', () => {
    const { pack, diagnostics } = parsePackToml(
      `name = "mine"
version = "1.2.0"
description = "My rules."
license = "Apache-2.0"
author = "Me"
dialect = "endpoint"
disabled = ["11111111-2222-3333-4444-555555555555", "linux/*.toml"]

[defaults]
index = ["logs-mine-*"]
severity = "low"

[lint]
EQL5001 = "off"
`,
      'folder',
    );
    expect(diagnostics).toEqual([]);
    expect(pack).toMatchObject({
      name: 'mine',
      version: '1.2.0',
      description: 'My rules.',
      license: 'Apache-2.0',
      author: ['Me'],
      dialect: 'endpoint',
      disabled: ['11111111-2222-3333-4444-555555555555', 'linux/*.toml'],
      defaults: { index: ['logs-mine-*'], severity: 'low' },
      lint: { EQL5001: 'off' },
    });
  });

  it('needs nothing: an empty file is a pack with the name of its folder', () => {
    expect(parsePackToml('', 'folder').pack).toMatchObject({
      name: 'folder',
      version: null,
      dialect: null,
      defaults: {},
      disabled: [],
      lint: null,
    });
  });

  it('warns of keys that it does not have, and goes without them', () => {
    expect(complaints('licence = "MIT"\n[defaults]\nindeks = []\nquery = "any where true"')).toEqual({
      usable: true,
      found: [
        ['EQL4101', 'A pack has no key "licence".', 'licence'],
        ['EQL4101', '[rule] has no key "indeks".', 'indeks'],
        ['EQL4101', '"query" cannot be the same for every rule.', 'query'],
      ],
    });
    const { pack, diagnostics } = parsePackToml('licence = "MIT"\n[defaults]\nindeks = []', 'folder');
    expect(pack?.defaults).toEqual({});
    expect(diagnostics.map(({ help }) => help)).toEqual(['Did you mean "license"?', 'Did you mean "index"?']);
  });

  it.each([
    ['name = 1', 'EQL4004', '"name" must be a string, not the number 1.', '1'],
    [
      'dialect = "endpint"',
      'EQL4004',
      '"dialect" must be one of "elasticsearch", "endpoint", "endgame", not "endpint".',
      '"endpint"',
    ],
    ['disabled = "x"', 'EQL4004', '"disabled" must be a list of strings, not a string.', '"x"'],
    ['disabled = ["*a*a*a*a*b"]', 'EQL4004', 'A glob has at most 4 stars, not 5.', '"*a*a*a*a*b"'],
    ['defaults = 1', 'EQL4004', '"defaults" must be a table, not the number 1.', '1'],
    ['defaults.risk_score = "x"', 'EQL4004', '"defaults.risk_score" must be a number, not a string.', '"x"'],
    [
      'defaults.severity = "x"',
      'EQL4004',
      '"defaults.severity" must be one of "low", "medium", "high", "critical", not "x".',
      '"x"',
    ],
  ])('refuses %s', (text, code, message, at) => {
    expect(complaints(text)).toEqual({ usable: false, found: [[code, message, at]] });
  });

  it('refuses what is no TOML', () => {
    expect(complaints('name = ').found[0]?.[0]).toBe('EQL4002');
  });
});

describe('the example of docs/rule-packs.md', () => {
  it('is a pack without complaints', () => {
    const page = readFileSync(new URL('../../../../docs/rule-packs.md', import.meta.url), 'utf8');
    const example = /<!-- test: pack -->\n```toml\n([\s\S]*?)```/u.exec(page)?.[1] ?? '';
    const { pack, diagnostics } = parsePackToml(example, 'folder');
    expect(diagnostics).toEqual([]);
    expect(pack).toMatchObject({ name: 'Workstation rules', defaults: { risk_score: 21 } });
  });
});
