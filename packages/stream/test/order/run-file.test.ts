import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRun, writeRun, type RunEntry } from '../../src/order/run-file.js';
import { makeFolder } from '../make-folder.js';

async function* batchesOf(...batches: RunEntry[][]): AsyncGenerator<RunEntry[]> {
  for (const batch of batches) yield await Promise.resolve(batch);
}

function entry(line: number, text: string, rest: Partial<RunEntry> = {}): RunEntry {
  const timestamp = { ms: -1_700_000_000_000, ns: 999_999 };
  return { timestamp, tiebreaker: null, sourceIndex: 3, line, text: Buffer.from(text), ...rest };
}

/** Large buffers are compared as text: that is what vitest does fast. */
function comparable({ text, ...key }: RunEntry) {
  return { ...key, text: text.toString() };
}

describe('run files', () => {
  it('give back what was written, at any chunk size', async () => {
    const path = join(await makeFolder(), 'run');
    const entries = [
      entry(1, '{"a":"ü"}'),
      entry(2, '{}', { tiebreaker: 1.5 }),
      entry(3, '{}', { tiebreaker: 'x\n"\u{1f600}' }),
      entry(4, '{}', { tiebreaker: 18446744073709551615n }),
      entry(2 ** 40, `{"a":"${'x'.repeat(3_000_000)}"}`, { timestamp: { ms: 0, ns: 0 } }),
    ];
    await writeRun(path, batchesOf(entries.slice(0, 2), [], entries.slice(2)));
    for (const chunkBytes of [10_000, 5_000_000]) {
      const read: RunEntry[] = [];
      for await (const batch of readRun(path, chunkBytes)) read.push(...batch);
      expect(read.map(comparable)).toEqual(entries.map(comparable));
    }
  });

  it.skipIf(process.platform === 'win32')('can be read by their owner only', async () => {
    const path = join(await makeFolder(), 'run');
    await writeRun(path, batchesOf([]));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });
});
