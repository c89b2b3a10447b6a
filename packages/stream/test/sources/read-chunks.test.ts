import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readChunks } from '../../src/sources/read-chunks.js';
import { createRandom } from '../create-random.js';
import { makeFolder, makeSource } from '../make-folder.js';

type Input = Parameters<typeof readChunks>[0];

async function readAll(source: Input, options: { chunkBytes?: number; stdin?: Readable } = {}) {
  const pieces: Buffer[] = [];
  const failures: string[] = [];
  let storedBytes = 0;
  for await (const chunk of readChunks(source, { ...options, onFailure: (detail) => failures.push(detail) })) {
    pieces.push(chunk.bytes);
    storedBytes += chunk.storedBytes;
  }
  return { bytes: Buffer.concat(pieces), failures, storedBytes };
}

/** Hexadecimal digits, which compress to about half. */
function sampleBytes(size: number): Buffer {
  const random = createRandom(1);
  return Buffer.from(Array.from({ length: size }, () => random(16).toString(16)).join(''));
}

describe('readChunks', () => {
  it('reads a file in pieces', async () => {
    const bytes = sampleBytes(10_000);
    const source = await makeSource(bytes);
    expect(await readAll(source, { chunkBytes: 777 })).toEqual({ bytes, failures: [], storedBytes: 10_000 });
    expect(await readAll(source)).toEqual({ bytes, failures: [], storedBytes: 10_000 });
  });

  it('reads an empty file and one of a single byte', async () => {
    expect(await readAll(await makeSource(''))).toEqual({ bytes: Buffer.alloc(0), failures: [], storedBytes: 0 });
    expect((await readAll(await makeSource('x'))).bytes.toString()).toBe('x');
  });

  it('inflates gzip whatever the file is called', async () => {
    const bytes = sampleBytes(3_000_000);
    const compressed = gzipSync(bytes);
    const source = await makeSource(compressed, 'plain.ndjson');
    for (const chunkBytes of [1000, 1024 * 1024]) {
      const result = await readAll(source, { chunkBytes });
      expect(result.bytes.equals(bytes)).toBe(true);
      expect(result).toMatchObject({ failures: [], storedBytes: compressed.length });
    }
  });

  it('reads plain text called .gz', async () => {
    expect((await readAll(await makeSource('text', 'events.gz'))).bytes.toString()).toBe('text');
  });

  it('inflates all members of a gzip file, wherever they are cut', async () => {
    const members = Array.from({ length: 60 }, (_, index) => `line ${String(index)}\n`);
    const compressed = Buffer.concat(members.map((member) => gzipSync(member)));
    const source = await makeSource(compressed);
    for (const chunkBytes of [1, 7, 29, 30, 31, 4096]) {
      const result = await readAll(source, { chunkBytes });
      expect(result.bytes.toString()).toBe(members.join(''));
      expect(result).toMatchObject({ failures: [], storedBytes: compressed.length });
    }
  });

  it('gives what precedes an early end of gzip data', async () => {
    const bytes = sampleBytes(200_000);
    const compressed = gzipSync(bytes);
    for (const cut of [1, 8, 9, 100, 50_000, compressed.length - 20]) {
      const { bytes: read, failures } = await readAll(await makeSource(compressed.subarray(0, -cut)));
      expect(failures).toEqual(['the gzip data ends early; what precedes the end was read']);
      expect(bytes.subarray(0, read.length).equals(read)).toBe(true);
      const share = (compressed.length - cut) / compressed.length;
      // The last block of the data may hold back up to 64 KiB or so.
      expect(read.length).toBeGreaterThanOrEqual(Math.floor(share * bytes.length) - 70_000);
    }
  });

  it('gives what precedes damage in gzip data', async () => {
    const bytes = sampleBytes(1_000_000);
    const compressed = gzipSync(bytes);
    const middle = Math.floor(compressed.length / 2);
    compressed.fill(0xff, middle, middle + 100);
    const { bytes: read, failures } = await readAll(await makeSource(compressed));
    expect(failures).toEqual(['the gzip data is corrupt; what precedes the damage was read']);
    expect(read.length).toBeGreaterThan(300_000);
    expect(bytes.subarray(0, 300_000).equals(read.subarray(0, 300_000))).toBe(true);
  });

  it.each([40, 3000, 20_000, 500_000])('gives all of %d bytes before garbage or a wrong checksum', async (size) => {
    const bytes = sampleBytes(size);
    const compressed = gzipSync(bytes);
    const wrong = Buffer.from(compressed);
    wrong.writeUInt32LE(1, wrong.length - 8);
    for (const damaged of [Buffer.concat([compressed, Buffer.from('garbage')]), wrong]) {
      const result = await readAll(await makeSource(damaged));
      expect(result.failures).toEqual(['the gzip data is corrupt; what precedes the damage was read']);
      expect(result.bytes.equals(bytes)).toBe(true);
    }
    const long = await readAll(await makeSource(Buffer.concat([compressed, Buffer.alloc(3000, 'x')])));
    expect(long.bytes.length).toBeGreaterThan(size - 100);
  });

  it('reports padding after gzip data only if it is no zeros', async () => {
    const padded = await readAll(await makeSource(Buffer.concat([gzipSync('text'), Buffer.alloc(40_000)])));
    expect(padded).toMatchObject({ failures: [], bytes: Buffer.from('text') });
    const garbage = await readAll(await makeSource(Buffer.concat([gzipSync('text'), Buffer.from('garbage')])));
    expect(garbage.failures).toHaveLength(1);
  });

  it('reports a file that ends before its size, but not one that has grown', async () => {
    const file = await makeSource('{"a":1}\n');
    const shorter = await readAll({ ...file, sizeBytes: 9 });
    expect(shorter.bytes.toString()).toBe('{"a":1}\n');
    expect(shorter.failures).toEqual(['the file became shorter while it was read; what was left of it was read']);
    expect((await readAll({ ...file, sizeBytes: 7 })).failures).toEqual([]);
  });

  it('reports a file that is gone and one that is a folder', async () => {
    const folder = await makeFolder();
    const gone = { name: 'x', kind: 'file', path: join(folder, 'x'), sizeBytes: 1 } as const;
    expect((await readAll(gone)).failures).toEqual(['no such file']);
    expect((await readAll({ name: 'x', kind: 'file', path: folder })).failures).toEqual(['it is a folder']);
  });

  it('reads standard input of bytes or text, gzip too', async () => {
    const source = { name: 'stdin', kind: 'stdin' } as const;
    const byteWise = Readable.from(Array.from(gzipSync('tëxt'), (byte) => Buffer.from([byte])));
    expect((await readAll(source, { stdin: byteWise })).bytes.toString()).toBe('tëxt');
    expect((await readAll(source, { stdin: Readable.from(['të', 'xt']) })).bytes.toString()).toBe('tëxt');
  });

  it('passes on an error of standard input', async () => {
    const stdin = new Readable({
      read() {
        this.destroy(new Error('broken\u0007pipe'));
      },
    });
    expect((await readAll({ name: 'stdin', kind: 'stdin' }, { stdin })).failures).toEqual(['broken?pipe']);
  });
});
