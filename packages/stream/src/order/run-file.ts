import { open, type FileHandle } from 'node:fs/promises';
import { readFileChunks } from '../sources/read-chunks.js';
import { KeyedLine } from './keyed-line.js';
import type { Tiebreaker } from './order-key.js';

/**
 * What stands before a line in a run, little-endian: milliseconds and line number as doubles, nanoseconds, source index,
 * length of the tiebreaker and length of the line as 32-bit integers. Then come the tiebreaker, the line, and a break.
 */
const HEADER = { ms: 0, line: 8, ns: 16, sourceIndex: 20, tiebreakerBytes: 24, lineBytes: 28, length: 32 } as const;

const NEWLINE = 0x0a;
const WRITE_BYTES = 1024 * 1024;
const NOTHING = Buffer.alloc(0);

/** Writes sorted lines to a new file. Throws if the disk is full or the folder cannot be written. */
export async function writeRun(path: string, batches: AsyncIterable<readonly KeyedLine[]>): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    const writer = new RunWriter(handle);
    for await (const batch of batches) {
      for (const line of batch) {
        if (!writer.add(line)) await writer.addSlowly(line);
      }
    }
    await writer.flush();
  } finally {
    await handle.close();
  }
}

class RunWriter {
  private readonly buffer = Buffer.allocUnsafeSlow(WRITE_BYTES);
  private used = 0;

  constructor(private readonly handle: FileHandle) {}

  /** Takes a line if there is room for it. */
  add(line: KeyedLine): boolean {
    const tiebreaker = encodeTiebreaker(line.tiebreaker);
    const { sizeBytes } = line;
    const end = this.used + HEADER.length + tiebreaker.length + sizeBytes + 1;
    if (end > WRITE_BYTES) return false;
    const { buffer, used } = this;
    writeHeader(buffer, used, line, tiebreaker.length);
    tiebreaker.copy(buffer, used + HEADER.length);
    line.bytes.copy(buffer, used + HEADER.length + tiebreaker.length, line.start, line.end);
    buffer[end - 1] = NEWLINE;
    this.used = end;
    return true;
  }

  /** Takes a line after making room, or writes it at once if it is longer than all the room there is. */
  async addSlowly(line: KeyedLine): Promise<void> {
    await this.flush();
    if (this.add(line)) return;
    const tiebreaker = encodeTiebreaker(line.tiebreaker);
    const header = Buffer.alloc(HEADER.length);
    writeHeader(header, 0, line, tiebreaker.length);
    const pieces = [header, tiebreaker, line.bytes.subarray(line.start, line.end), Buffer.of(NEWLINE)];
    await this.handle.appendFile(Buffer.concat(pieces));
  }

  /** Writes what was taken. */
  async flush(): Promise<void> {
    await this.handle.appendFile(this.buffer.subarray(0, this.used));
    this.used = 0;
  }
}

function writeHeader(buffer: Buffer, at: number, line: KeyedLine, tiebreakerBytes: number): void {
  buffer.writeDoubleLE(line.timestamp.ms, at + HEADER.ms);
  buffer.writeDoubleLE(line.line, at + HEADER.line);
  buffer.writeUInt32LE(line.timestamp.ns, at + HEADER.ns);
  buffer.writeUInt32LE(line.sourceIndex, at + HEADER.sourceIndex);
  buffer.writeUInt32LE(tiebreakerBytes, at + HEADER.tiebreakerBytes);
  buffer.writeUInt32LE(line.sizeBytes, at + HEADER.lineBytes);
}

/** Reads the lines that {@link writeRun} has written, `chunkBytes` at a time. */
export async function* readRun(path: string, chunkBytes: number): AsyncGenerator<readonly KeyedLine[]> {
  let pieces: Buffer[] = [];
  let pieceBytes = 0;
  let neededBytes = 1;
  for await (const { bytes } of readFileChunks(path, chunkBytes)) {
    pieces.push(bytes);
    pieceBytes += bytes.length;
    if (pieceBytes < neededBytes) continue;
    const data = pieces.length === 1 ? bytes : Buffer.concat(pieces, pieceBytes);
    const { lines, end, missingBytes } = readLinesOf(data);
    pieces = [data.subarray(end)];
    pieceBytes = data.length - end;
    neededBytes = pieceBytes + missingBytes;
    yield lines;
  }
}

/** The whole lines in a piece of a run, where the next one starts, and how many bytes it lacks at least. */
function readLinesOf(data: Buffer): { lines: KeyedLine[]; end: number; missingBytes: number } {
  const lines: KeyedLine[] = [];
  let at = 0;
  for (;;) {
    if (data.length - at < HEADER.length) return { lines, end: at, missingBytes: 1 };
    const tiebreakerBytes = data.readUInt32LE(at + HEADER.tiebreakerBytes);
    const textAt = at + HEADER.length + tiebreakerBytes;
    const textEnd = textAt + data.readUInt32LE(at + HEADER.lineBytes);
    if (textEnd >= data.length) return { lines, end: at, missingBytes: textEnd + 1 - data.length };
    const timestamp = { ms: data.readDoubleLE(at + HEADER.ms), ns: data.readUInt32LE(at + HEADER.ns) };
    const tiebreaker = decodeTiebreaker(data.subarray(at + HEADER.length, textAt));
    const sourceIndex = data.readUInt32LE(at + HEADER.sourceIndex);
    lines.push(
      new KeyedLine(timestamp, tiebreaker, sourceIndex, data.readDoubleLE(at + HEADER.line), data, textAt, textEnd),
    );
    at = textEnd + 1;
  }
}

/** As JSON; a bigint as a list of its digits. */
function encodeTiebreaker(tiebreaker: Tiebreaker): Buffer {
  if (tiebreaker === null) return NOTHING;
  return Buffer.from(JSON.stringify(typeof tiebreaker === 'bigint' ? [String(tiebreaker)] : tiebreaker));
}

function decodeTiebreaker(bytes: Buffer): Tiebreaker {
  if (bytes.length === 0) return null;
  const stored = JSON.parse(bytes.toString()) as string | number | [string];
  return Array.isArray(stored) ? BigInt(stored[0]) : stored;
}
