import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KeyedLine } from '../../src/order/keyed-line.js';
import type { Tiebreaker } from '../../src/order/order-key.js';
import { readRun, writeRun } from '../../src/order/run-file.js';
import { makeFolder } from '../make-folder.js';

async function* batchesOf(...batches: KeyedLine[][]): AsyncGenerator<KeyedLine[]> {
  for (const batch of batches) yield await Promise.resolve(batch);
}

/** A line amid others, as it is read. */
function keyed(line: number, text: string, tiebreaker: Tiebreaker = null, ms = -1_700_000_000_000): KeyedLine {
  const bytes = Buffer.from(`before\n${text}\nbehind`);
  return new KeyedLine({ ms, ns: 999_999 }, tiebreaker, 3, line, bytes, 7, bytes.length - 7);
}

function comparable({ timestamp, tiebreaker, sourceIndex, line, bytes, start, end }: KeyedLine) {
  return { timestamp, tiebreaker, sourceIndex, line, text: bytes.toString('utf8', start, end) };
}

describe('run files', () => {
  it('give back what was written, at any chunk size', async () => {
    const path = join(await makeFolder(), 'run');
    const lines = [
      keyed(1, '{"a":"ü"}'),
      keyed(2, '{}', 1.5),
      keyed(3, '{}', 'x\n"\u{1f600}'),
      keyed(4, '{}', 18446744073709551615n),
      keyed(2 ** 40, `{"a":"${'x'.repeat(3_000_000)}"}`, null, 0),
      keyed(5, ''),
      ...Array.from({ length: 2000 }, (_, index) => keyed(6 + index, `{"a":"${'y'.repeat(index)}"}`, index)),
    ];
    await writeRun(path, batchesOf(lines.slice(0, 2), [], lines.slice(2)));
    for (const chunkBytes of [1000, 10_000, 5_000_000]) {
      const read: KeyedLine[] = [];
      for await (const batch of readRun(path, chunkBytes)) read.push(...batch);
      expect(read.map(comparable)).toEqual(lines.map(comparable));
    }
  });

  it.skipIf(process.platform === 'win32')('can be read by their owner only', async () => {
    const path = join(await makeFolder(), 'run');
    await writeRun(path, batchesOf([]));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });
});
