import { describe, expect, it } from 'vitest';
import { compileRegex } from '../../src/regex/compile-regex.js';
import { translateLuceneRegex } from '../../src/regex/translate-lucene-regex.js';

function matches(pattern: string, text: string, caseInsensitive = false): boolean {
  const compiled = compileRegex([pattern], { caseInsensitive, syntax: 'lucene' });
  if (!compiled.ok) throw new Error(`${pattern}: ${compiled.message}`);
  return compiled.test(text) === true;
}

describe('translateLuceneRegex', () => {
  it.each([
    // the whole value
    ['ab', 'ab', true],
    ['ab', 'xab', false],
    ['ab', 'abx', false],
    ['ab', 'ab\n', false],
    ['', '', true],
    ['', 'a', false],
    ['a|b', 'b', true],
    ['a|b', 'ab', false],
    ['(a|b)c', 'bc', true],
    ['a|ab', 'ab', true],
    // ^ and $ are plain
    ['^ab$', 'ab', false],
    ['^ab$', '^ab$', true],
    // any character
    ['a.c', 'a\nc', true],
    ['a.c', 'a😀c', true],
    ['a..c', 'a😀c', false],
    ['.*', '', true],
    ['.*b.*', 'a\r\nb\r\n', true],
    // repeats
    ['ab?c', 'ac', true],
    ['ab*c', 'abbbc', true],
    ['ab+c', 'ac', false],
    ['a{3}', 'aaa', true],
    ['a{3}', 'aaaa', false],
    ['a{2,}', 'aaaa', true],
    ['a{2,}', 'a', false],
    ['a{1,2}', 'aaa', false],
    ['a{0}', '', true],
    ['(ab){2}{2}', 'abababab', true],
    ['(ab){2}{2}', 'ababab', false],
    ['a.*?b', 'axxb', true],
    ['a.*?b', 'ab', true],
    ['ab+?c', 'ac', true],
    ['ab*+c', 'abbc', true],
    ['ab??c', 'ac', true],
    ['a?+b', 'aaab', true],
    // a repeat or a bar with nothing in front stands for itself
    ['*.exe', '*.exe', true],
    ['*.exe', 'a.exe', false],
    ['?', '?', true],
    ['{', '{', true],
    ['(|a)', '|a', true],
    ['(|a)', 'a', false],
    ['a||b', '|b', true],
    ['}', '}', true],
    // groups
    ['()', '', true],
    ['a()b', 'ab', true],
    ['(a(b|c)d)+', 'abdacd', true],
    // classes
    ['[abc]', 'b', true],
    ['[a-c]', 'd', false],
    ['[^a-c]', 'd', true],
    ['[^a-c]', '\n', true],
    ['[^a-c]', '😀', true],
    ['[-a]', '-', true],
    ['[a-z-_]', '-', true],
    ['[]a]', ']', true],
    ['[^]a]', ']', false],
    ['[\\]]', ']', true],
    ['[\\\\]', '\\', true],
    ['[a\\-z]', '-', true],
    ['[a\\-z]', 'c', false],
    ['[.*$^(]+', '.*$^(', true],
    ['["\']+', '"\'', true],
    ['[\\d_]+', '12_', true],
    ['[^\\s]+', 'a b', false],
    ['[^\\W]', '_', true],
    ['[&~@#<]+', '&~@#<', true],
    ['[ʰ-˿ᴬ-ᶻ]', 'ˀ', true],
    ['[!-\\/]', '+', true],
    ['[😀-😂]', '😁', true],
    // predefined classes
    ['\\d+', '123', true],
    ['\\d', '٣', false],
    ['\\D', 'x', true],
    ['\\D', '5', false],
    ['\\s+', ' \t\r\n', true],
    ['\\s', '\u00a0', false],
    ['\\S', 'x', true],
    ['\\w+', 'aZ_9', true],
    ['\\w', 'é', false],
    ['\\W', '-', true],
    // escapes
    ['\\.\\*\\?\\+\\(\\)\\[\\]\\{\\}\\|\\\\', '.*?+()[]{}|\\', true],
    ['\\"\\~\\&\\<\\>\\@\\#\\-\\_\\/', '"~&<>@#-_/', true],
    ['\\.', 'x', false],
    ['\\é\\😀', 'é😀', true],
    // quoted text
    ['"a.b*"', 'a.b*', true],
    ['"a.b*"', 'axb', false],
    ['"ab"+', 'abab', true],
    ['""', '', true],
    ['"\\d"', '\\d', true],
    // any and no string
    ['a@', 'a\nb', true],
    ['@', '', true],
    ['@b@', 'abc', true],
    ['#', '', false],
    ['a|#', 'a', true],
    ['a#', 'a', false],
    // numbers
    ['<1-20>', '7', true],
    ['<1-20>', '20', true],
    ['<1-20>', '21', false],
    ['<1-20>', '0', false],
    ['<1-20>', '007', true],
    ['<01-20>', '07', true],
    ['<01-20>', '7', false],
    ['<20-1>', '5', true],
    ['port <0-65535>', 'port 65535', true],
    ['port <0-65535>', 'port 65536', false],
    // patterns of published rules
    [
      '[C-Z]:\\\\Windows\\\\(System32|SysWOW64)\\\\[a-zA-Z0-9\\-\\_\\.]+\\.exe',
      'C:\\Windows\\System32\\a-b_c.1.exe',
      true,
    ],
    ['.*[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}.*', 'curl http://10.0.0.1/x', true],
    ['.*(%[0-9a-f]{2}.*){4,}.*', 'a%20b%21c%22d%23', true],
    ['.*(%[0-9a-f]{2}.*){4,}.*', 'a%20b%21c%22d', false],
  ])('%j on %j is %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it.each([
    ['abc', 'ABC', true],
    ['[a-c]+', 'AbC', true],
    ['[^a-c]', 'B', false],
    ['"AbC"', 'aBc', true],
    ['\\K', 'k', undefined],
    ['[A-z]', '_', true],
    ['k', '\u212a', false],
    ['é', 'É', false],
    ['[à-ü]', 'É', false],
    ['c:\\\\windows\\\\[a-z]+\\.exe', 'C:\\Windows\\NOTEPAD.EXE', true],
  ])('without regard to case: %j on %j is %s', (pattern, text, expected) => {
    if (expected === undefined) expect(translateLuceneRegex(pattern, true).ok).toBe(false);
    else expect(matches(pattern, text, true)).toBe(expected);
  });

  it.each([
    ['a~b', '~', 1],
    ['~(a)', '~', 0],
    ['a&b', '&', 1],
    ['.+&&.+', '&', 2],
    ['x(?=a)', '(?=', 1],
    ['(?!a)', '(?!', 0],
    ['(?<=a)', '(?<=', 0],
    ['(?<!a)', '(?<!', 0],
    ['(?:a)', '(?:', 0],
    ['(?i)a', '(?i', 0],
    ['(?P<n>a)', '(?P<', 0],
    ['(?<n>a)', '(?<', 0],
    ['(?', '(?', 0],
    ['(a)\\1', '\\1', 3],
    ['a\\b', '\\b', 1],
    ['a\\n', '\\n', 1],
    ['[\\t]', '\\t', 1],
    ['\\u0041', '\\u', 0],
    ['<name>', '<', 0],
    ['<1-x>', '<', 0],
  ])('refuses %j by the name %s', (pattern, operator, offset) => {
    const result = translateLuceneRegex(pattern);
    expect(result).toMatchObject({ ok: false, operator, offset });
    expect(result.ok ? '' : result.message).toContain(operator);
  });

  it.each([
    ['a(b', 1],
    ['a)b', 1],
    ['a|', 2],
    ['(a|)', undefined],
    ['[', 0],
    ['a[bc', 1],
    ['[]', 0],
    ['[a-]', undefined],
    ['[z-a]', 1],
    ['x"ab', 1],
    ['x<1-2', 1],
    ['<1-2147483648>', 0],
    ['a{', 1],
    ['a{x}', 1],
    ['a{1', 3],
    ['a{1,', 1],
    ['a{2,1}', 1],
    ['a{1001}', 1],
    ['a{99999999999999999999}', 1],
    ['(a{1,1000}){1,1000}', 11],
    [`${'('.repeat(201)}a${')'.repeat(201)}`, 200],
    ['a\\', 2],
    ['a'.repeat(2_001), 0],
  ])('refuses %j', (pattern, offset) => {
    const result = translateLuceneRegex(pattern);
    expect(result.ok).toBe(false);
    if (!result.ok && offset !== undefined) expect(result.offset).toBe(offset);
  });

  it.each([
    ['<0-99999999999999999999>', 'at most 2147483647'],
    ['<1-00000000002>', 'at most 10 digits'],
  ])('says what is wrong with the range of numbers %s', (pattern, said) => {
    const result = translateLuceneRegex(pattern);
    expect(result).toMatchObject({ ok: false, offset: 0 });
    expect(result).not.toHaveProperty('operator');
    expect(result.ok ? '' : result.message).toContain(said);
  });

  it('takes groups nested deeply, but not too deeply', () => {
    expect(matches(`${'('.repeat(200)}a${')'.repeat(200)}`, 'a')).toBe(true);
  });
});
