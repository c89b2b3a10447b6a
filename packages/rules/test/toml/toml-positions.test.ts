import { describe, expect, it } from 'vitest';
import { createTomlPositions, type TomlPath } from '../../src/toml/toml-positions.js';

const TOML = `title = "t"
[rule]
tags = ["a", 5]
sub.key = 1
inline = { x = { y = 'z' } }
[[rule.threat]]
id = "first"
[[rule.threat]]
id = "second"
[rule.threat.tactic]
name = "n"
`;

function textAt(path: TomlPath): string {
  const { start, end } = createTomlPositions(TOML).spanOf(path);
  return TOML.slice(start, end);
}

describe('createTomlPositions', () => {
  it.each<[string, TomlPath, string]>([
    ['a top-level value', ['title'], '"t"'],
    ['a value in a table', ['rule', 'tags'], '["a", 5]'],
    ['an item of a list', ['rule', 'tags', 1], '5'],
    ['a dotted key', ['rule', 'sub', 'key'], '1'],
    ['a value in inline tables', ['rule', 'inline', 'x', 'y'], "'z'"],
    ['a value in a list of tables', ['rule', 'threat', 1, 'id'], '"second"'],
    ['a value in a table below a list of tables', ['rule', 'threat', 1, 'tactic', 'name'], '"n"'],
    ['a table by its header', ['rule'], 'rule'],
    ['a table that a dotted key opens', ['rule', 'sub'], 'sub.key'],
    ['what is around a missing key', ['rule', 'threat', 1, 'missing'], 'rule.threat'],
    ['what is around a missing item', ['rule', 'tags', 7], '["a", 5]'],
    ['nothing', ['nothing', 'there'], ''],
  ])('finds %s', (_, path, text) => {
    expect(textAt(path)).toBe(text);
  });

  it.each<[string, TomlPath, string]>([
    ['of a value', ['rule', 'tags'], 'tags'],
    ['of a top-level value', ['title'], 'title'],
    ['at the end of a dotted one', ['rule', 'sub', 'key'], 'key'],
    ['in an inline table', ['rule', 'inline', 'x', 'y'], 'y'],
    ['of a table, in its header', ['rule', 'threat', 1, 'tactic'], 'tactic'],
    ['of a table that a dotted key opens', ['rule', 'sub'], 'key'],
    ['of nothing, so what is around it', ['rule', 'tags', 1], '5'],
  ])('finds the key %s', (_, path, text) => {
    const { start, end } = createTomlPositions(TOML).keySpanOf(path);
    expect(TOML.slice(start, end)).toBe(text);
  });

  it("prefers a value or a table's own header to keys and headers that go on", () => {
    const text = '[a.b.c]\nx = 1\n[a]\ny.z = 2\n[a.b]\n"c.d" = { e = [{ f = 3 }, { f.g = 4 }] }\n';
    const { spanOf } = createTomlPositions(text);
    const at = (...path: TomlPath): string => text.slice(spanOf(path).start, spanOf(path).end);
    expect([at('a'), at('a', 'b'), at('a', 'y'), at('a', 'b', 'c')]).toEqual(['a', 'a.b', 'y.z', 'a.b.c']);
    expect([at('a', 'b', 'c.d', 'e', 1, 'f', 'g'), at('a', 'b', 'c.d', 'e', 1, 'f')]).toEqual(['4', 'f.g']);
    expect([at('a', 'b', 'c.d', 'e', 0, 'f'), at('a', 'b', 'c.d', 'e', 2)]).toEqual(['3', '[{ f = 3 }, { f.g = 4 }]']);
  });

  it('finds something below each of 100,000 tables', () => {
    const text = '[[rule.threat]]\nid = "x"\n'.repeat(100_000);
    const { spanOf } = createTomlPositions(text);
    const found = Array.from({ length: 100_000 }, (_, index) => spanOf(['rule', 'threat', index, 'id']).start);
    expect(found.every((start, index) => start === index * 25 + 21)).toBe(true);
  });

  it('tells the form of a string, and that other values are none', () => {
    const positions = createTomlPositions("\ufeffa = '''\n😀'''\nb = \"x\"\nc = 1");
    expect(positions.stringAt(['a'])).toEqual({ span: { start: 5, end: 14 }, style: 'literal', multiline: true });
    expect(positions.stringAt(['b'])).toEqual({ span: { start: 19, end: 22 }, style: 'basic', multiline: false });
    expect(positions.stringAt(['c'])).toBeNull();
    expect(positions.stringAt(['d'])).toBeNull();
  });
});

describe('createTomlPositions of a text with long strings', () => {
  const LONG = 'ab'.repeat(200_000);
  it.each([
    ['basic', `"${LONG}\\""`],
    ['literal', `'${LONG}"#'`],
    ['multi-line basic', `"""\n${LONG}\n""\\""""""`],
    ['multi-line literal', `'''\n${LONG}''\n'''''`],
  ])('finds what stands around and behind a %s one', (_, written) => {
    const text = `\ufeff# don't "\nshort = "it's # no comment"\nlong = ${written} # a comment\n[rule]\nname = "n"\n`;
    const { spanOf, stringAt, comments } = createTomlPositions(text);
    const at = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
    expect(at(spanOf(['long']))).toBe(written);
    expect(at(stringAt(['long'])?.span ?? { start: 0, end: 0 })).toBe(written);
    expect(at(spanOf(['short']))).toBe(`"it's # no comment"`);
    expect(at(spanOf(['rule', 'name']))).toBe('"n"');
    expect(comments.map(({ span }) => at(span))).toEqual([`# don't "`, '# a comment']);
  });
});
