import { locateOffset } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';

describe('locateOffset', () => {
  it('finds line and column of every offset', () => {
    const text = 'a\n\nbc\r\nd';
    const found = Array.from({ length: text.length + 2 }, (_, offset) => locateOffset(text, offset));
    expect(found.map(({ line, column }) => `${line}:${column}`)).toEqual([
      ...['1:1', '1:2', '2:1', '3:1', '3:2', '3:3', '3:4', '4:1', '4:2', '4:2'],
    ]);
    expect(found.map(({ lineText }) => lineText)).toEqual(['a', 'a', '', 'bc', 'bc', 'bc', 'bc', 'd', 'd', 'd']);
    expect(locateOffset(text, -1)).toEqual({ line: 1, column: 1, lineText: 'a' });
  });

  it('goes from one text to another and back', () => {
    expect(locateOffset('a\nb', 2).line).toBe(2);
    expect(locateOffset('abc', 2)).toEqual({ line: 1, column: 3, lineText: 'abc' });
    expect(locateOffset('a\nb', 2).lineText).toBe('b');
    expect(locateOffset('', 0)).toEqual({ line: 1, column: 1, lineText: '' });
  });

  it('finds the places of many diagnostics in a long text', () => {
    const text = 'a\n'.repeat(200_000);
    let sum = 0;
    for (let offset = 0; offset < text.length; offset += 2) sum += locateOffset(text, offset).line;
    expect(sum).toBe((200_000 * 200_001) / 2);
  });
});
