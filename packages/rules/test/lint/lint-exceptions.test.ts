import { describe, expect, it } from 'vitest';
import { lintExceptions } from '../../src/lint/lint-exceptions.js';
import { parsePackToml } from '../../src/pack/parse-pack-toml.js';
import { parsePackMember } from '../../src/toml/parse-rule-toml.js';
import { markedInFile, readRuleFile } from './lint-query.js';

const ITEM = `name = "The backup"
os_types = ["linux"]
expire_time = "2030-01-01T00:00:00Z"
entries = [{ field = "process.name", type = "match", operator = "included", value = "backup" }]
`;

const FILE = `[[exceptions]]
[exceptions.container]
list_id = "known-tools"
name = "Known tools"

[[exceptions.items]]
${ITEM}`;

const NO_DEFAULTS = { keys: {}, dialect: null } as const;

/** What a file is refused for: each code with the part of the text that it marks. */
function refused(text: string): readonly string[] {
  const { diagnostics } = parsePackMember(text, 'x.toml', NO_DEFAULTS);
  return diagnostics.map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`);
}

/** What is said of a file that loads. */
function said(text: string, packText = ''): readonly string[] {
  const member = parsePackMember(text, 'x.toml', NO_DEFAULTS);
  if (member.kind !== 'exceptions') throw new Error('These are no exceptions.');
  expect(member.diagnostics).toEqual([]);
  const { pack } = parsePackToml(packText, 'rules');
  const [found] = lintExceptions([{ file: 'x.toml', text, lists: member.lists, pack }]);
  return (found?.diagnostics ?? []).map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`);
}

describe('a file of exception lists', () => {
  it('is fine as docs/rule-packs.md has it', () => {
    expect(said(FILE)).toEqual([]);
  });

  it.each([
    ['entries =', 'entires =', 'EQL4003 exceptions.items'],
    ['"linux"', '"linus"', 'EQL4004 "linus"'],
    ['2030-01-01T00:00:00Z', 'soon', 'EQL4004 "soon"'],
  ])('is refused with %s as %s', (part, wrong, expected) => {
    expect(refused(FILE.replace(part, wrong))).toEqual([expected]);
  });

  it.each([
    // Without its systems an item holds for all of them.
    ['os_types', 'os_type', 'EQL5211 os_type'],
    ['exceptions.items', 'exceptions.item', 'EQL5211 item'],
    ['"process.name"', '"process.nmae"', 'EQL5101 "process.nmae"'],
  ])('is told of %s misspelt as %s', (part, wrong, expected) => {
    expect(said(FILE.replace(part, wrong))).toEqual([expected]);
    const code = expected.split(' ')[0] ?? '';
    expect(said(FILE.replace(part, wrong), `[lint.levels]\n${code} = "off"\n`)).toEqual([]);
  });

  it('may name fields of its own, nested ones too', () => {
    const nested =
      '{ field = "dll.Ext.x", type = "nested", entries = [{ field = "name", type = "match", value = "b" }] }, { field = "acme.order", type = "exists" }';
    expect(said(FILE.replace(/\{ field.*\}/u, nested))).toEqual([]);
  });

  it('is looked at inside a rule, too', () => {
    const text = `[rule]\nname = "n"\nquery = 'any where process.name == "a"'\n[[rule.exceptions_list]]\nlist_id = "l"\n[[rule.exceptions_list.items]]\n${ITEM}`;
    expect(markedInFile(readRuleFile(text.replace('process.name",', 'process.nmae",')), 'EQL5101')).toEqual([
      '"process.nmae"',
    ]);
    expect(markedInFile(readRuleFile(text.replace('os_types', 'os_type')), 'EQL5211')).toEqual(['os_type']);
  });
});
