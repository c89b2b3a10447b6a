import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readLines, type ReadLinesOptions } from '../../src/lines/read-lines.js';
import type { EventSource } from '../../src/sources/event-source.js';
import { makeSource } from '../make-folder.js';

interface ReadLine {
  readonly text: string;
  readonly line: number;
  readonly offset: number | null;
}

async function linesOf(source: EventSource, options: Partial<ReadLinesOptions>): Promise<readonly ReadLine[]> {
  const lines: ReadLine[] = [];
  const reading = readLines(source, {
    ...options,
    onLine: (buffer, start, end, line, offset) =>
      lines.push({ text: buffer.toString('utf8', start, end), line, offset }),
    onProblem: (kind, line, detail) => expect.unreachable(`${kind} in line ${String(line)}: ${detail}`),
  });
  for await (const bytes of reading) expect(bytes).toBeGreaterThanOrEqual(0);
  return lines;
}

/** Some thousand lines of several lengths, one of them blank, with breaks of one and two bytes. */
const FILE = Array.from({ length: 3_000 }, (_, index) => {
  if (index === 7) return '  \n';
  return `{"@timestamp":${String(index)},"pad":"${'ü'.repeat((index * 7) % 90)}"}${index % 3 === 0 ? '\r\n' : '\n'}`;
}).join('');

describe('readLines', () => {
  it.each([64, 1_000, 70_000, undefined])(
    'gives the same lines from recycled memory, in chunks of %s bytes',
    async (chunkBytes) => {
      const source = await makeSource(`\ufeff${FILE}`);
      const size = chunkBytes === undefined ? {} : { chunkBytes };
      const lines = await linesOf(source, { ...size, recyclesMemory: true });
      expect(lines.map(({ text }) => text)).toEqual(
        FILE.split('\n').flatMap((text) => (text.trim() === '' ? [] : [text.trimEnd()])),
      );
      expect(lines).toEqual(await linesOf(source, size));
    },
  );

  it('says where each line stands in the file', async () => {
    const text = `\ufeff${FILE}`;
    const bytes = Buffer.from(text);
    for (const { text: line, offset } of await linesOf(await makeSource(text), { chunkBytes: 500 })) {
      const length = Buffer.byteLength(line);
      expect(bytes.toString('utf8', offset ?? -1, (offset ?? -1) + length)).toBe(line);
    }
  });

  it('knows no places in what is inflated, and in what is unwrapped', async () => {
    const inflated = await linesOf(await makeSource(gzipSync(FILE), 'events.gz'), {});
    const hits = await linesOf(await makeSource('{"_index":"i","_source":{"@timestamp":1}}\n'), {});
    expect([...inflated, ...hits].every(({ offset }) => offset === null)).toBe(true);
    expect(hits).toHaveLength(1);
  });
});
