import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { ChunkMemory } from './chunk-memory.js';
import { describeReadFailure } from './describe-read-failure.js';
import type { EventSource } from './event-source.js';
import type { UnevenRecord } from '../formats/csv-record-writer.js';
import type { EventFormat } from '../formats/event-format.js';
import { formatLines, type FormattedChunk } from '../formats/format-lines.js';
import { gunzipChunks } from './gunzip-chunks.js';
import { unzstdChunks } from './unzstd-chunks.js';

/** How compressed data begins. */
const GZIP = Buffer.from([0x1f, 0x8b]);
const ZSTD = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
const MAGIC_BYTES = 4;

const DEFAULT_CHUNK_BYTES = 1024 * 1024;

/** Bytes of a source in the order they stand there, inflated where the source is compressed. */
export interface Chunk {
  readonly bytes: Buffer;
  /** How many bytes of the source, as stored, were read for this chunk. */
  readonly storedBytes: number;
  /** Whether the source holds these bytes as they are. */
  readonly isStored?: boolean;
}

/** How a source is read. */
export interface ReadChunksOptions {
  /** Bytes of one read from a file; 1 MiB if absent. */
  readonly chunkBytes?: number;
  /** Where standard input comes from; the standard input of the process if absent. */
  readonly stdin?: Readable;
  /** How events stand in the source; recognised by its first bytes if absent. */
  readonly format?: EventFormat;
  /** Ends the chunks early, as if the source ended there, once it is aborted. */
  readonly signal?: AbortSignal;
  /** Lets the bytes of a chunk change when the next one is asked for, where the file holds events as they are read. */
  readonly recyclesMemory?: boolean;
  /** Memory that is recycled: as many pieces as a `ChunkMemory` has, of `chunkBytes` each; made as needed if absent. */
  readonly chunkRing?: readonly Buffer[];
  /** Called at most once, when the source cannot be read on. The chunks then end. */
  onFailure(detail: string): void;
  /** Called for a record of CSV that has more or fewer cells than the header. */
  onUneven?(record: UnevenRecord): void;
}

/**
 * Reads a source as lines with one JSON object each, whatever its format. gzip and zstd are recognised by their first
 * bytes, in files and in standard input.
 */
export async function* readChunks(source: EventSource, options: ReadChunksOptions): AsyncGenerator<FormattedChunk> {
  const memory = new ChunkMemory(options.chunkRing);
  const chunks = formatLines(inflate(rawChunks(source, options, memory)), options.format, (record) => {
    options.onUneven?.(record);
  });
  const next = (): Promise<FormattedChunk | undefined> => nextChunk(chunks, options);
  // A file is read one chunk ahead, so that reading and inflating go on beside the consumer's work. Waiting for a pipe
  // could last for ever and would keep the consumer from leaving.
  const readsAhead = source.sizeBytes !== undefined;
  try {
    let ahead = next();
    for (let chunk = await ahead; chunk !== undefined; chunk = await ahead) {
      if (options.signal?.aborted === true) return;
      // Whatever else looks at bytes may keep some.
      memory.recycles = options.recyclesMemory === true && chunk.isStored === true && chunk.format === 'ndjson';
      if (readsAhead) ahead = next();
      yield chunk;
      if (!readsAhead) ahead = next();
    }
  } finally {
    await chunks.return(undefined);
  }
}

/** Only what happens while reading is a failure of the source; what the consumer throws is not caught here. */
async function nextChunk(
  chunks: AsyncGenerator<FormattedChunk>,
  options: ReadChunksOptions,
): Promise<FormattedChunk | undefined> {
  try {
    const result = await chunks.next();
    return result.done === true ? undefined : result.value;
  } catch (error) {
    options.onFailure(describeReadFailure(error));
    return undefined;
  }
}

function rawChunks(source: EventSource, options: ReadChunksOptions, memory: ChunkMemory): AsyncGenerator<Chunk> {
  if (source.path === undefined) return streamChunks(options.stdin ?? process.stdin);
  return wholeFileChunks(source.path, options.chunkBytes ?? DEFAULT_CHUNK_BYTES, source.sizeBytes ?? 0, memory);
}

/** Reads a file, which may have grown since its size was taken, but fails if it ends earlier. */
async function* wholeFileChunks(
  path: string,
  chunkBytes: number,
  sizeBytes: number,
  memory: ChunkMemory,
): AsyncGenerator<Chunk> {
  let bytesLeft = sizeBytes;
  for await (const chunk of readFileChunks(path, chunkBytes, memory)) {
    bytesLeft -= chunk.storedBytes;
    yield chunk;
  }
  if (bytesLeft > 0) throw new Error('the file became shorter while it was read; what was left of it was read');
}

/** Reads a file from start to end in pieces of at most `chunkBytes`, each in memory of its own unless it is recycled. */
export async function* readFileChunks(
  path: string,
  chunkBytes: number,
  memory = new ChunkMemory(),
): AsyncGenerator<Chunk> {
  const handle = await open(path, 'r');
  try {
    for (;;) {
      const { bytesRead, buffer } = await handle.read(memory.take(chunkBytes), 0, chunkBytes, null);
      if (bytesRead === 0) return;
      yield { bytes: buffer.subarray(0, bytesRead), storedBytes: bytesRead, isStored: true };
    }
  } finally {
    await handle.close();
  }
}

async function* streamChunks(stream: Readable): AsyncGenerator<Chunk> {
  for await (const data of stream as AsyncIterable<Buffer | string>) {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    yield { bytes, storedBytes: bytes.length };
  }
}

async function* inflate(chunks: AsyncGenerator<Chunk>): AsyncGenerator<Chunk> {
  try {
    let head: Buffer = Buffer.alloc(0);
    while (head.length < MAGIC_BYTES) {
      const next = await chunks.next();
      if (next.done === true) break;
      head = head.length === 0 ? next.value.bytes : Buffer.concat([head, next.value.bytes]);
    }
    const whole = prepend({ bytes: head, storedBytes: head.length, isStored: true }, chunks);
    if (GZIP.equals(head.subarray(0, GZIP.length))) yield* gunzipChunks(whole);
    else if (ZSTD.equals(head.subarray(0, ZSTD.length))) yield* unzstdChunks(whole);
    else yield* whole;
  } finally {
    await chunks.return(undefined);
  }
}

async function* prepend(first: Chunk, rest: AsyncGenerator<Chunk>): AsyncGenerator<Chunk> {
  yield first;
  yield* rest;
}
