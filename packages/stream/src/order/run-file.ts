import { open } from 'node:fs/promises';
import { LineSplitter } from '../lines/line-splitter.js';
import { readFileChunks } from '../sources/read-chunks.js';
import type { OrderKey, Tiebreaker } from './order-key.js';

/** A raw line with its place in the order. */
export interface RunEntry extends OrderKey {
  readonly text: Buffer;
}

/** The key as it stands in a run: milliseconds, nanoseconds, source index, line, tiebreaker. */
type StoredKey = [ms: number, ns: number, sourceIndex: number, line: number, tiebreaker: StoredTiebreaker];

/** A bigint is stored as a list of its digits. */
type StoredTiebreaker = Exclude<Tiebreaker, bigint> | [string];

const LINE_BREAK = Buffer.from('\n');
const WRITE_BYTES = 1024 * 1024;

/**
 * Writes sorted entries to a new file: for each a line with its key and a line with its text. Throws if the disk is full
 * or the folder cannot be written.
 */
export async function writeRun(path: string, batches: AsyncIterable<readonly RunEntry[]>): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    let pieces: Buffer[] = [];
    let pieceBytes = 0;
    for await (const batch of batches) {
      for (const entry of batch) {
        const key = encodeKey(entry);
        pieces.push(key, entry.text, LINE_BREAK);
        pieceBytes += key.length + entry.text.length + LINE_BREAK.length;
        if (pieceBytes < WRITE_BYTES) continue;
        await handle.appendFile(Buffer.concat(pieces, pieceBytes));
        pieces = [];
        pieceBytes = 0;
      }
    }
    await handle.appendFile(Buffer.concat(pieces, pieceBytes));
  } finally {
    await handle.close();
  }
}

/** Reads the entries that {@link writeRun} has written, `chunkBytes` at a time. */
export async function* readRun(path: string, chunkBytes: number): AsyncGenerator<RunEntry[]> {
  let entries: RunEntry[] = [];
  let key: OrderKey | undefined;
  const splitter = new LineSplitter(
    {
      onLine: (buffer, start, end) => {
        if (key === undefined) {
          key = decodeKey(buffer.toString('utf8', start, end));
          return;
        }
        entries.push({ ...key, text: buffer.subarray(start, end) });
        key = undefined;
      },
      onTooLong: () => undefined,
    },
    Number.POSITIVE_INFINITY,
  );
  for await (const { bytes } of readFileChunks(path, chunkBytes)) {
    splitter.push(bytes);
    yield entries;
    entries = [];
  }
}

function encodeKey({ timestamp, sourceIndex, line, tiebreaker }: OrderKey): Buffer {
  const stored: StoredTiebreaker = typeof tiebreaker === 'bigint' ? [String(tiebreaker)] : tiebreaker;
  const key: StoredKey = [timestamp.ms, timestamp.ns, sourceIndex, line, stored];
  return Buffer.from(`${JSON.stringify(key)}\n`);
}

function decodeKey(text: string): OrderKey {
  const [ms, ns, sourceIndex, line, stored] = JSON.parse(text) as StoredKey;
  const tiebreaker = Array.isArray(stored) ? BigInt(stored[0]) : stored;
  return { timestamp: { ms, ns }, tiebreaker, sourceIndex, line };
}
