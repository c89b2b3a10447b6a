import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readEvents } from '../src/read-events.js';
import { collectRead } from './collect-events.js';
import { makeSource } from './make-folder.js';

const STDIN = { name: 'stdin', kind: 'stdin' } as const;

function eventLine(id: number, more: Record<string, unknown> = {}): string {
  return JSON.stringify({ '@timestamp': 1_700_000_000_000 + id, event: { category: 'process' }, id, ...more });
}

describe('readEvents', () => {
  it('gives events in the order of the file, with their lines', async () => {
    const source = await makeSource(`${eventLine(3)}\n\n  \t\n${eventLine(1)}\n${eventLine(2)}\n`);
    const { records, problems, bytesRead } = await collectRead(source);
    expect(records.map(({ event, line }) => [event['id'], line])).toEqual([
      [3, 1],
      [1, 4],
      [2, 5],
    ]);
    expect(records[0]).toMatchObject({
      source: 'events.ndjson',
      timestamp: { ms: 1_700_000_000_003, ns: 0 },
      sizeBytes: eventLine(3).length,
    });
    expect(problems).toEqual([]);
    expect(bytesRead).toBe(source.sizeBytes);
  });

  it('reads CRLF, a byte-order mark and a last line without a line break', async () => {
    const source = await makeSource(`\ufeff${eventLine(1)}\r\n${eventLine(2)}\r\n\r\n${eventLine(3)}`);
    const { records, problems } = await collectRead(source);
    expect(records.map(({ event }) => event['id'])).toEqual([1, 2, 3]);
    expect(problems).toEqual([]);
  });

  it('counts each kind of problem and goes on', async () => {
    const lines = [
      '{"broken',
      '[1]',
      '{"event":{"category":"x"}}',
      '{"@timestamp":1}',
      'x'.repeat(300),
      Buffer.concat([
        Buffer.from('{"@timestamp":2,"event.category":"x","a":"'),
        Buffer.from([0xe9]),
        Buffer.from('"}'),
      ]),
      eventLine(7),
    ];
    const content = Buffer.concat(lines.map((line) => Buffer.concat([Buffer.from(line), Buffer.from('\n')])));
    const { records, problems } = await collectRead(await makeSource(content), { maxLineBytes: 200 });
    expect(problems.map(({ kind, line }) => [kind, line])).toEqual([
      ['invalid-json', 1],
      ['not-an-object', 2],
      ['missing-timestamp', 3],
      ['missing-category', 4],
      ['line-too-long', 5],
      ['invalid-utf8', 6],
    ]);
    expect(problems.every(({ source, detail }) => source === 'events.ndjson' && detail !== '')).toBe(true);
    expect(records.map(({ line }) => line)).toEqual([4, 6, 7]);
  });

  it('explains a JSON array and pretty-printed JSON where lines are declared', async () => {
    const pretty = JSON.stringify([{ a: 1 }], null, 2);
    const lines = { format: 'ndjson' } as const;
    const [first] = (await collectRead(await makeSource(pretty), lines)).problems;
    expect(first?.detail).toBe('events must be one JSON object per line, not a JSON array');
    const [spread] = (await collectRead(await makeSource(JSON.stringify({ a: 1 }, null, 2)), lines)).problems;
    expect(spread?.detail).toBe('events must be one JSON object per line, not spread over lines (jq -c . converts it)');
  });

  it('counts what precedes an early end of gzip data, and nothing of the line that was cut', async () => {
    const random = Array.from({ length: 3000 }, (_, id) => eventLine(id, { noise: String(Math.sin(id)) })).join('\n');
    const compressed = gzipSync(random);
    const { records, problems } = await collectRead(await makeSource(compressed.subarray(0, compressed.length / 2)));
    expect(records.length).toBeGreaterThan(100);
    expect(records.map(({ event }) => event['id'])).toEqual(records.map((_, index) => index));
    expect(problems).toEqual([
      {
        kind: 'truncated-input',
        source: 'events.ndjson',
        line: records.length + 1,
        detail: 'the gzip data ends early; what precedes the end was read',
      },
    ]);
  });

  it('reads an event of 10 MB', async () => {
    const text = 'wörd '.repeat(2_000_000);
    const source = await makeSource(`${eventLine(1)}\n${eventLine(2, { text })}\n${eventLine(3)}\n`);
    const { records, problems } = await collectRead(source);
    expect(records.map(({ event }) => event['id'])).toEqual([1, 2, 3]);
    expect(records[1]?.event['text'] === text).toBe(true);
    expect(records[1]?.sizeBytes).toBeGreaterThan(10_000_000);
    expect(problems).toEqual([]);
  });

  it('reads an event of 10 MB that holds a big integer', async () => {
    const line = `{"@timestamp":1,"event.category":"x","text":"${'word '.repeat(2_000_000)}","n":12345678901234567890}`;
    const { records } = await collectRead(await makeSource(line));
    expect(records[0]?.event['n']).toBe(12345678901234567890n);
  });

  it.each([1024 * 1024, 1000, 7])('joins lines and characters that cross chunks of %i bytes', async (chunkBytes) => {
    const count = chunkBytes > 100_000 ? 30_000 : 300;
    const lines = Array.from({ length: count }, (_, id) => eventLine(id, { text: 'ä€😀'.repeat(id % 9) }));
    const { records, problems, batchCount } = await collectRead(await makeSource(lines.join('\n')), { chunkBytes });
    expect(records.map(({ event }) => JSON.stringify(event))).toEqual(lines);
    expect(problems).toEqual([]);
    expect(batchCount).toBeGreaterThan(2);
  });

  it('reads the standard input of a real pipe', async () => {
    const script = `for (let id = 0; id < 5000; id++) console.log(JSON.stringify({ '@timestamp': id, 'event.category': 'é', id }))`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const { records, problems } = await collectRead(STDIN, { stdin: child.stdout });
    expect(records.map(({ event }) => event['id'])).toEqual(records.map((_, index) => index));
    expect(records).toHaveLength(5000);
    expect(records[0]?.source).toBe('stdin');
    expect(problems).toEqual([]);
  });

  it('delivers events of a pipe as they come, and lets go of it when the loop is left', async () => {
    const child = spawn(process.execPath, ['-e', `console.log('${eventLine(1)}'); setInterval(() => {}, 1000)`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const { records } of readEvents(STDIN, { stdin: child.stdout, onProblem: () => undefined })) {
      expect(records).toHaveLength(1);
      break;
    }
    expect(child.stdout.destroyed).toBe(true);
    child.kill();
  });

  it('throws what onProblem throws, and closes the source', async () => {
    const stdin = Readable.from([Buffer.from('nonsense\n')]);
    const reading = async () => {
      const batches = readEvents(STDIN, {
        stdin,
        onProblem: () => {
          throw new Error('enough');
        },
      });
      for await (const batch of batches) expect(batch.records).toEqual([]);
    };
    await expect(reading()).rejects.toThrow('enough');
    expect(stdin.destroyed).toBe(true);
  });
});
