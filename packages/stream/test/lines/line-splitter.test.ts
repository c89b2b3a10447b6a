import { describe, expect, it } from 'vitest';
import { LineSplitter } from '../../src/lines/line-splitter.js';

/** Splits text that arrives in chunks of the given size. */
function split(text: string | Buffer, chunkBytes: number, maxLineBytes = 1000): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter(
    {
      onLine: (buffer, start, end, line) => lines.push(`${String(line)}:${buffer.toString('utf8', start, end)}`),
      onTooLong: (line) => lines.push(`${String(line)}!`),
    },
    maxLineBytes,
  );
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    const chunk = Buffer.from(bytes.subarray(start, start + chunkBytes));
    splitter.push(chunk);
    // Whoever reads may use the memory again.
    chunk.fill('?');
  }
  splitter.finish();
  return lines;
}

describe.each([1, 2, 3, 5, 100])('LineSplitter with chunks of %i bytes', (chunkBytes) => {
  it('splits at LF and CRLF and takes a last line without either', () => {
    expect(split('a\nbc\r\n\nü😀x\n\r\nlast', chunkBytes)).toEqual(['1:a', '2:bc', '3:', '4:ü😀x', '5:', '6:last']);
  });

  it('finds no line after the last line break', () => {
    expect(split('a\n', chunkBytes)).toEqual(['1:a']);
    expect(split('', chunkBytes)).toEqual([]);
  });

  it('drops a byte-order mark at the start only', () => {
    expect(split('\ufeffa\n\ufeffb\n', chunkBytes)).toEqual(['1:a', '2:\ufeffb']);
  });

  it('reports lines that are too long, and goes on', () => {
    expect(split('1234\n12345\n1234567\n12\n123456', chunkBytes, 5)).toEqual(['1:1234', '2:12345', '3!', '4:12', '5!']);
  });

  it('leaves a carriage return within a line', () => {
    expect(split('a\rb\n', chunkBytes)).toEqual(['1:a\rb']);
  });
});
