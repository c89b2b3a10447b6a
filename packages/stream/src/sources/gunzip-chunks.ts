import { createGunzip, type Gunzip } from 'node:zlib';
import type { Chunk } from './read-chunks.js';

const OUTPUT_BYTES = 1024 * 1024;

/**
 * Compressed bytes handed over at a time. zlib drops the output of the write that fails, so small writes lose little of
 * a damaged file; and since gzip inflates at most a thousandfold, they bound the memory that a hostile file can take.
 */
const INPUT_BYTES = 16 * 1024;

/**
 * Inflates gzip data of one or more members. Everything that precedes damage is yielded before the generator throws
 * zlib's error, whose `code` is `Z_BUF_ERROR` where the data ends early.
 */
export async function* gunzipChunks(compressed: AsyncIterable<Chunk>): AsyncGenerator<Chunk> {
  const gunzip = createGunzip({ chunkSize: OUTPUT_BYTES });
  let output: Buffer[] = [];
  let storedBytes = 0;
  gunzip.on('data', (bytes: Buffer) => output.push(bytes));
  // `settled` listens only while it waits; an error at any other time must not become an uncaught one.
  gunzip.on('error', () => undefined);
  const take = (): Chunk[] => {
    const chunks = output.map((bytes, index) => ({ bytes, storedBytes: index === 0 ? storedBytes : 0 }));
    if (output.length > 0) storedBytes = 0;
    output = [];
    return chunks;
  };

  try {
    for await (const { bytes } of compressed) {
      for (let start = 0; start < bytes.length; start += INPUT_BYTES) {
        const input = bytes.subarray(start, start + INPUT_BYTES);
        storedBytes += input.length;
        const failure = await settled(gunzip, (done) => gunzip.write(input, done));
        yield* take();
        if (failure !== null) throw failure;
      }
    }
    // Only an end without input asks zlib to finish, so that data ending early cannot take output with it.
    const failure = await settled(gunzip, () => gunzip.end());
    yield* take();
    if (failure !== null) throw failure;
    yield { bytes: Buffer.alloc(0), storedBytes };
  } finally {
    gunzip.destroy();
  }
}

/** Acts on the stream and waits until it has called back, ended or failed. All its output has then been emitted. */
async function settled(gunzip: Gunzip, act: (done: () => void) => void): Promise<Error | null> {
  if (gunzip.readableEnded) return null;
  const failure = await new Promise<Error | null>((resolve) => {
    const settle = (error?: Error | null): void => {
      gunzip.off('error', settle).off('end', settle);
      resolve(error ?? null);
    };
    gunzip.on('error', settle).on('end', settle);
    act(settle);
  });
  // In flowing mode each read emits its bytes as `data`.
  while (gunzip.read() !== null);
  return failure;
}
