import { locateOffset } from '@eqlkit/language';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseToml } from '../../src/toml/parse-toml.js';

/** Line, column and message of what is wrong with a text. */
function complaint(text: string): { line: number; column: number; message: string } {
  const { diagnostic } = parseToml(text);
  expect(diagnostic?.code).toBe('EQL4002');
  const { line, column } = locateOffset(text, diagnostic?.span.start ?? -1);
  return { line, column, message: diagnostic?.message ?? '' };
}

describe('parseToml', () => {
  it('reads plain data: dates as text, large integers exactly', () => {
    const { table } = parseToml('day = 2024-06-03\nat = 2024-06-03T01:02:03Z\nbig = 9223372036854775807\nsmall = 7');
    expect({ ...table }).toEqual({
      day: '2024-06-03',
      at: '2024-06-03T01:02:03.000Z',
      big: 9223372036854775807n,
      small: 7,
    });
  });

  it('keeps hostile keys as data', () => {
    const { table } = parseToml('[__proto__]\npolluted = true\n[constructor]\nprototype = 1\n[a.__proto__]\nb = 2');
    expect(Object.keys(table ?? {})).toEqual(['__proto__', 'constructor', 'a']);
    expect(JSON.stringify(table)).toBe(
      '{"__proto__":{"polluted":true},"constructor":{"prototype":1},"a":{"__proto__":{"b":2}}}',
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('points at the place of an error', () => {
    expect(complaint('a = 1\nb = nope\n')).toMatchObject({ line: 2, column: 5 });
    expect(complaint('a = 1\r\nb = 2\r\n  c = !\r\n')).toMatchObject({ line: 3, column: 7 });
    expect(complaint('😀 = 1').column).toBe(1);
    expect(complaint('a = 1\na = 2')).toMatchObject({ line: 2, column: 1 });
  });

  it('points at the end of a text that stops too early', () => {
    const text = 'a = [1,\n';
    expect(parseToml(text).diagnostic?.span.end).toBeLessThanOrEqual(text.length);
    expect(complaint("a = '''\nnever closed").message).toBe('The file is not valid TOML: this string is never closed.');
  });

  it.each([
    ['lists', `a = ${'['.repeat(20_000)}`],
    ['closed lists', `a = ${'['.repeat(200)}${']'.repeat(200)}`],
    ['inline tables', `a = ${'{b='.repeat(20_000)}`],
    ['dotted keys', `${'a.'.repeat(20_000)}a = 1`],
    ['headers', `[${'a.'.repeat(20_000)}a]`],
  ])('refuses %s nested too deeply', (_, text) => {
    expect(complaint(text).message).toMatch(/nest/u);
  });

  it('answers any text with data or a diagnostic inside it', () => {
    const token = fc.constantFrom(
      ...'[ ]|[[|]]|{|}|=|.|,|"|\'|"""|\'\'\'|\\|\\u12|\n|\r|\r\n|#|a|b|__proto__|1|-|+|_|:|2024-01-01|T|inf|nan|0x|true|\0|\ud800|\ufeff|😀'.split(
        '|',
      ),
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 40 }), (tokens) => {
        const text = tokens.join('');
        const { table, diagnostic } = parseToml(text);
        expect(table === null).toBe(diagnostic !== null);
        if (diagnostic === null) return;
        expect(diagnostic.span.start).toBeGreaterThanOrEqual(0);
        expect(diagnostic.span.end).toBeLessThanOrEqual(text.length);
        expect(diagnostic.span.end).toBeGreaterThanOrEqual(diagnostic.span.start);
      }),
      { numRuns: 2000 },
    );
  });
});
