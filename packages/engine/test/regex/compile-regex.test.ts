import { describe, expect, it } from 'vitest';
import { compileRegex, type RegexOptions } from '../../src/regex/compile-regex.js';

const LUCENE: RegexOptions = { caseInsensitive: false, syntax: 'lucene' };
const JAVA: RegexOptions = { caseInsensitive: false, syntax: 'java' };
const PYTHON: RegexOptions = { caseInsensitive: true, syntax: 'python' };

function test(patterns: readonly string[], text: string, options: RegexOptions): boolean {
  const compiled = compileRegex(patterns, options);
  if (!compiled.ok) throw new Error(compiled.message);
  return compiled.test(text) === true;
}

describe('compileRegex', () => {
  it('takes a list as alternatives', () => {
    expect(test(['ab', 'c+'], 'ccc', LUCENE)).toBe(true);
    expect(test(['ab', 'c|d'], 'abd', LUCENE)).toBe(false);
    expect(test(['x', 'net1\\s+'], 'NET1 user', PYTHON)).toBe(true);
    expect(test([], '', LUCENE)).toBe(false);
  });

  it.each([
    ['net1\\s+localgroup\\s+.*?', 'net1  localgroup admins', true],
    ['.*?net1\\s+\\w+\\s+.*?', 'C:\\net1 USER /add', true],
    ['net', 'NETWORK', true],
    ['net', 'a net', false],
    ['net$', 'network', false],
    ['^net', 'network', true],
    ['a.c', 'a\nc', false],
    ['a(?:b|c)d', 'acd', true],
    ['(?P<name>a)b', 'ab', true],
    ['(?i)A', 'a', true],
    ['[]a]+', 'a]', true],
    ['\\bcmd\\b', 'cmd.exe', true],
    ['[localgrup]{4,15}', 'group', true],
    ['', 'anything', true],
    ['a{,', 'a{,', true],
  ])("in Python's syntax %j on %j is %s", (pattern, text, expected) => {
    expect(test([pattern], text, PYTHON)).toBe(expected);
  });

  it("minds case in Python's syntax if told so", () => {
    expect(test(['net'], 'NET', { ...PYTHON, caseInsensitive: false })).toBe(false);
  });

  it.each([
    ['(?=a)b', '(?='],
    ['a(?!b)', '(?!'],
    ['(?<=a)b', '(?<='],
    ['(a)\\1', '\\1'],
    ['a(?#note)', '(?#'],
    ['(?P<n>a)(?P=n)', '(?P='],
    ['a\\Z', '\\Z'],
    ['\\Qa', '\\Q'],
  ])("refuses %j in Python's syntax by name", (pattern, operator) => {
    const offset = pattern.indexOf(operator);
    expect(compileRegex(['ok', pattern], PYTHON)).toMatchObject({ ok: false, patternIndex: 1, offset, operator });
  });

  it.each([
    ['a)(b', 1],
    ['(a', 0],
    ['a[b', 1],
    ['[]', 0],
    ['a\\', 1],
    ['*a', 0],
    ['a{,3}', 1],
    ['a**', 1],
    ['a{1001}', undefined],
    ['(a{1,1000}){1,1000}', undefined],
    ['(((a{100}){100}){100}){100}', undefined],
    ['(?:(x{30}){30}){3}', undefined],
    ['a'.repeat(2_001), 0],
    [`${'('.repeat(300)}a${')'.repeat(300)}`, 200],
  ])("refuses %j in Python's syntax", (pattern, offset) => {
    const result = compileRegex(['[\\](]', pattern], PYTHON);
    expect(result).toMatchObject({ ok: false, patternIndex: 1 });
    if (!result.ok && offset !== undefined) expect(result.offset).toBe(offset);
  });

  it.each([
    ['^ab$', 'ab', true],
    ['a.c', 'abc', true],
    ['a.c', 'a\nc', false],
    ['(?s)a.c', 'a\nc', true],
    ['(?i)ab', 'AB', true],
    ['ab', 'AB', false],
    ['ab', 'abc', false],
    ['ab', 'xab', false],
    ['\\w+\\b', 'word', true],
    ['a|b', 'b', true],
  ])("matches the whole text in Java's syntax: %j with %j", (pattern, text, expected) => {
    expect(test([pattern], text, JAVA)).toBe(expected);
  });

  it("refuses look-around and back-references in Java's syntax by name", () => {
    expect(compileRegex(['(?=a)b'], JAVA)).toMatchObject({ ok: false, operator: '(?=' });
    expect(compileRegex(['(a)\\1'], JAVA)).toMatchObject({ ok: false, operator: '\\1' });
  });

  it('tells which pattern of a list is wrong, and where', () => {
    expect(compileRegex(['ok', 'a~'], LUCENE)).toMatchObject({ ok: false, patternIndex: 1, offset: 1, operator: '~' });
  });

  it('bounds the size of a whole list', () => {
    const patterns = Array.from({ length: 5 }, () => 'a{500}');
    expect(compileRegex(patterns.slice(0, 3), LUCENE).ok).toBe(true);
    expect(compileRegex(patterns, LUCENE)).toMatchObject({ ok: false, patternIndex: 4 });
  });

  describe('on inputs made to take long', () => {
    const text = `${'a'.repeat(100_000)}!`;

    it.each([
      ['(a+)+', LUCENE, false],
      ['(a+)+.', LUCENE, true],
      ['(a|aa)+', LUCENE, false],
      ['(.*a){20}!', LUCENE, true],
      ['([a-z]*)*', LUCENE, false],
      ['(a+)+$', PYTHON, false],
      ['(a|a?)+!$', PYTHON, true],
      ['(x+x+)+y', PYTHON, false],
    ])('decides %j', (pattern, options, expected) => {
      expect(test([pattern], text, options)).toBe(expected);
    });

    it.each([
      ['.*[a-c].{985}[d]', 8_000, 8_200],
      ['.*[a-c].{100}[d]', 70_000, 80_000],
      ['(a+)+b', 100_000, 2_000_000],
    ])('looks at texts as long as %j allows', (pattern, short, long) => {
      const compiled = compileRegex([pattern], LUCENE);
      if (!compiled.ok) throw new Error(compiled.message);
      expect(compiled.test('a'.repeat(short))).toBe(false);
      expect(compiled.test('a'.repeat(long))).toBeNull();
    });

    it('refuses expressions that compile to too much', () => {
      expect(compileRegex(['(.?){1,900}z'], LUCENE)).toMatchObject({ ok: false, patternIndex: 0 });
    });

    it.each([LUCENE, PYTHON])('refuses repeats of repeats in %o', (options) => {
      expect(compileRegex(['(a{1,1000}){1,1000}'], options).ok).toBe(false);
      expect(compileRegex(['((((.{9}){9}){9}){9}){9}'], options).ok).toBe(false);
      expect(compileRegex([Array.from({ length: 300 }, () => '.{0,900}').join('')], options).ok).toBe(false);
    });
  });
});
