import { Decompress } from 'fzstd';
import type { Chunk } from './read-chunks.js';
import { MAX_WINDOW_BYTES, ZstdFrameWalker } from './zstd-frame-walker.js';

/**
 * Compressed bytes handed over at a time. Four bytes may stand for a block of 128 KiB, so that small pieces bound the
 * memory that a hostile file can take.
 */
const INPUT_BYTES = 1024;

const WINDOW_MESSAGE = `the zstd data needs a window of more than ${String(MAX_WINDOW_BYTES)} bytes to be decompressed`;

/** Output is passed on in pieces of about this size. */
const OUTPUT_BYTES = 1024 * 1024;

/**
 * Decompresses zstd data of one or more frames. Everything that precedes damage is yielded before the generator throws.
 * A frame whose window is larger than 128 MiB is refused.
 */
export async function* unzstdChunks(compressed: AsyncIterable<Chunk>): AsyncGenerator<Chunk> {
  let output: Uint8Array[] = [];
  let outputBytes = 0;
  let storedBytes = 0;
  const decoder = new Decompress((bytes) => {
    // The decoder goes on to use its buffer.
    output.push(bytes.slice());
    outputBytes += bytes.length;
  });
  const walker = new ZstdFrameWalker();
  const take = (): Chunk => {
    const chunk = { bytes: Buffer.concat(output), storedBytes };
    output = [];
    outputBytes = 0;
    storedBytes = 0;
    return chunk;
  };
  let failure: unknown = null;
  for await (const { bytes } of compressed) {
    for (let start = 0; start < bytes.length && failure === null; start += INPUT_BYTES) {
      const input = bytes.subarray(start, start + INPUT_BYTES);
      storedBytes += input.length;
      failure = attempt(() => {
        const safeBytes = walker.push(input);
        decoder.push(input.subarray(0, safeBytes));
        if (safeBytes < input.length) throw new Error(WINDOW_MESSAGE);
      });
      if (outputBytes >= OUTPUT_BYTES) yield take();
    }
    yield take();
    if (failure !== null) throw explain(failure);
  }
  failure = attempt(() => {
    decoder.push(new Uint8Array(0), true);
  });
  yield take();
  if (failure !== null) throw explain(failure);
}

function attempt(act: () => void): unknown {
  try {
    act();
    return null;
  } catch (error) {
    return error;
  }
}

function explain(failure: unknown): Error {
  const message = failure instanceof Error ? failure.message : String(failure);
  if (message === WINDOW_MESSAGE) return new Error(message);
  const reason = message === 'unexpected EOF' ? 'ends early' : 'is corrupt';
  return new Error(`the zstd data ${reason}; what precedes it was read`, { cause: failure });
}
