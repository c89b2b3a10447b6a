import { open } from 'node:fs/promises';
import { describeReadFailure } from '../sources/describe-read-failure.js';
import { ChunkMemory } from '../sources/chunk-memory.js';
import { fileVersion } from '../sources/file-version.js';
import type { ExternalSortLimits } from './external-sort.js';
import { endOfStretch, FileBlocks } from './file-blocks.js';
import { KeyedLine } from './keyed-line.js';
import type { LineTable } from './line-table.js';
import type { OrderContext } from './order-context.js';
import { sortSources } from './sort-sources.js';
import type { PositionedSource } from './source-plan.js';

const LINE_BREAK = 0x0a;

const BATCH_LINES = 512;

/** Most bytes of a batch, unless one line has more. */
const BATCH_BYTES = 1024 * 1024;

/** Between lines that follow each other are so many bytes at most. */
const BREAK_BYTES = 2;

/** Memory for a batch with what ends its lines. */
const CHUNK_BYTES = BATCH_BYTES + BREAK_BYTES * BATCH_LINES;

/**
 * Gives the lines of a file that is in no order in the order that a look at them has found, each read where it stands. A
 * file that was written to since then is sorted anew. With `recyclesMemory` the bytes of lines may change once the next ones are
 * asked for.
 */
export async function* readByPosition(
  positioned: PositionedSource,
  limits: ExternalSortLimits,
  context: OrderContext,
  recyclesMemory = false,
): AsyncGenerator<readonly KeyedLine[]> {
  const { source, sourceIndex, look, order, maxBlocks } = positioned;
  if (source.path === undefined || (await fileVersion(source.path)) !== look.version) {
    yield* sortSources([positioned], limits, context);
    return;
  }
  for (const problem of look.problems) context.onProblem(problem);
  const handle = await open(source.path, 'r');
  try {
    const memory = new ChunkMemory();
    memory.recycles = recyclesMemory;
    const reader = new LineCopier(new FileBlocks(handle.fd, maxBlocks), look.table, sourceIndex, memory);
    let bytesLeft = source.sizeBytes ?? 0;
    for (const { lines, bytes } of divide(look.table, order)) {
      if (context.signal?.aborted === true) return;
      const copied = copyOrReport(reader, lines, bytes, (detail) => {
        context.onProblem({ kind: 'truncated-input', source: source.name, line: lines[0] ?? 1, detail });
      });
      if (copied === null) return;
      // A line break follows each line.
      const bytesRead = Math.min(bytesLeft, bytes + lines.length);
      bytesLeft -= bytesRead;
      context.onRead(bytesRead);
      yield copied;
    }
    // Blank lines, line breaks of two bytes, and lines that are no events.
    context.onRead(bytesLeft);
  } finally {
    await handle.close();
  }
}

function copyOrReport(
  reader: LineCopier,
  lines: readonly number[],
  bytes: number,
  onFailure: (detail: string) => void,
): KeyedLine[] | null {
  try {
    return reader.copy(lines, bytes);
  } catch (error) {
    onFailure(describeReadFailure(error));
    return null;
  }
}

/** Copies lines from where they stand to one piece of memory. */
class LineCopier {
  constructor(
    private readonly blocks: FileBlocks,
    private readonly table: LineTable,
    private readonly sourceIndex: number,
    private readonly memory: ChunkMemory,
  ) {}

  /** `bytes` are those of the lines together. */
  copy(lines: readonly number[], bytes: number): KeyedLine[] {
    const memory =
      bytes > BATCH_BYTES ? Buffer.allocUnsafeSlow(bytes + BREAK_BYTES * lines.length) : this.memory.take(CHUNK_BYTES);
    const copied: KeyedLine[] = [];
    let at = 0;
    for (let index = 0; index < lines.length;) {
      const end = endOfStretch(lines, index);
      at = this.copyStretch(lines.slice(index, end), memory, at, copied);
      index = end;
    }
    return copied;
  }

  /** Copies lines that follow each other in the file, with what is between them, to a place in memory. Gives the place behind. */
  private copyStretch(lines: readonly number[], memory: Buffer, at: number, copied: KeyedLine[]): number {
    const { offset } = this.table.positionOf(lines[0] ?? 0);
    const last = this.table.positionOf(lines[lines.length - 1] ?? 0);
    const lineBytes = last.offset + last.lineBytes - offset;
    this.blocks.copy({ offset, lineBytes }, memory, at);
    for (const line of lines) {
      const timestamp = this.table.timestampOf(line);
      if (timestamp === null) throw new Error(`line ${line} is in the order, but not in the table`);
      const position = this.table.positionOf(line);
      const start = at + position.offset - offset;
      copied.push(new KeyedLine(timestamp, null, this.sourceIndex, line, memory, start, start + position.lineBytes));
    }
    // A line break between lines lets a scanner take many together.
    const end = at + lineBytes;
    memory[end] = LINE_BREAK;
    return end + 1;
  }
}

interface LineBatch {
  /** Numbers of lines. */
  readonly lines: readonly number[];
  /** Bytes of the lines together. */
  readonly bytes: number;
}

/** Divides lines that are in order into batches. */
function* divide(table: LineTable, order: Uint32Array): Generator<LineBatch> {
  let lines: number[] = [];
  let bytes = 0;
  for (const line of order) {
    const { lineBytes } = table.positionOf(line);
    if (lines.length >= BATCH_LINES || (lines.length > 0 && bytes + lineBytes > BATCH_BYTES)) {
      yield { lines, bytes };
      lines = [];
      bytes = 0;
    }
    lines.push(line);
    bytes += lineBytes;
  }
  if (lines.length > 0) yield { lines, bytes };
}
