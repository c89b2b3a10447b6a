import { createGunzip, type Gunzip } from 'node:zlib';
import type { Chunk } from './read-chunks.js';

const OUTPUT_BYTES = 1024 * 1024;

/**
 * Compressed bytes handed over at a time. zlib drops the output of the write that fails, so small writes lose little of
 * a damaged file; and since gzip inflates at most a thousandfold, they bound the memory that a hostile file can take.
 */
const INPUT_BYTES = 16 * 1024;

/**
 * How the end of the data is handed over: most files that are damaged have garbage or a wrong checksum there, and many
 * are so small that it is all they have. Each write costs some 20 µs, so not everything can be written like this.
 */
const TAIL: readonly { readonly beforeEnd: number; readonly pieceBytes: number }[] = [
  { beforeEnd: INPUT_BYTES, pieceBytes: 256 },
  { beforeEnd: 4096, pieceBytes: 16 },
  { beforeEnd: 64, pieceBytes: 1 },
];

/**
 * Inflates gzip data of one or more members. What precedes damage is yielded before the generator throws, but
 * for what the last write before it held: up to 16 KiB of compressed data, next to none at the end. The error is zlib's,
 * whose `code` is `Z_BUF_ERROR` where the data ends early.
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
    for await (const pieces of cutForInflating(compressed)) {
      for (const input of pieces) {
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

/** Cuts compressed data into what is written at a time. Lags behind by the tail, since only the end of the data tells where it is. */
async function* cutForInflating(compressed: AsyncIterable<Chunk>): AsyncGenerator<Iterable<Buffer>> {
  let held = Buffer.alloc(0);
  for await (const { bytes } of compressed) {
    const known = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    const safe = Math.max(0, known.length - INPUT_BYTES);
    yield piecesOf(known.subarray(0, safe), INPUT_BYTES);
    // A copy: whoever reads may use the buffer again.
    held = Buffer.from(known.subarray(safe));
  }
  for (const [index, { beforeEnd, pieceBytes }] of TAIL.entries()) {
    const end = held.length - (TAIL[index + 1]?.beforeEnd ?? 0);
    yield piecesOf(held.subarray(Math.max(0, held.length - beforeEnd), Math.max(0, end)), pieceBytes);
  }
}

function* piecesOf(bytes: Buffer, pieceBytes: number): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += pieceBytes) yield bytes.subarray(start, start + pieceBytes);
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
