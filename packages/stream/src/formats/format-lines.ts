import type { Chunk } from '../sources/read-chunks.js';
import { csvLines } from './csv-lines.js';
import type { UnevenRecord } from './csv-record-writer.js';
import { detectFormat, DETECTION_BYTES, isTelling, type DetectedFormat } from './detect-format.js';
import type { EventFormat } from './event-format.js';
import { JsonFlattener } from './json-flattener.js';

/** Bytes of lines with one JSON object each, and the format that they had. */
export interface FormattedChunk extends Chunk {
  readonly format: EventFormat;
  /** The format that the source looks like, whatever was declared; null for none of them. */
  readonly lookedLike: EventFormat | null;
}

/**
 * Turns the bytes of a source into lines with one JSON object each. The format is recognised by the first bytes unless it
 * is declared. `onUneven` is called for records of CSV that do not fit the header. Throws for CSV that is none, and where JSON ends within a value, after all that precedes it.
 */
export async function* formatLines(
  chunks: AsyncGenerator<Chunk>,
  declared: EventFormat | undefined,
  onUneven: (record: UnevenRecord) => void,
): AsyncGenerator<FormattedChunk> {
  try {
    const { head, rest } = await readHead(chunks);
    const detected = detectFormat(Buffer.concat(head.map(({ bytes }) => bytes)), declared);
    const { format, lookedLike } = detected;
    for await (const chunk of convert(chain(head, rest), detected, onUneven)) yield { ...chunk, format, lookedLike };
  } finally {
    await chunks.return(undefined);
  }
}

/** Reads until there is enough to recognise the format by. */
async function readHead(chunks: AsyncGenerator<Chunk>): Promise<{ head: Chunk[]; rest: AsyncGenerator<Chunk> }> {
  const head: Chunk[] = [];
  let size = 0;
  while (size < DETECTION_BYTES) {
    let next: IteratorResult<Chunk, unknown>;
    try {
      next = await chunks.next();
    } catch (error) {
      // What precedes a failure is given before the failure is.
      if (!(error instanceof Error)) throw error;
      return { head, rest: failing(error) };
    }
    if (next.done === true) break;
    head.push(next.value);
    size += next.value.bytes.length;
    // Waiting for more than it takes would keep what comes through a pipe from being seen. Only the end of a line tells.
    if (hasLineBreak(next.value.bytes) && isTelling(Buffer.concat(head.map(({ bytes }) => bytes)))) break;
  }
  return { head, rest: chunks };
}

/** Throws when the next chunk is asked for. */
async function* failing(error: Error): AsyncGenerator<Chunk> {
  yield await Promise.reject<Chunk>(error);
}

function hasLineBreak(bytes: Buffer): boolean {
  return bytes.includes(0x0a) || bytes.includes(0x0d);
}

async function* chain(head: readonly Chunk[], rest: AsyncGenerator<Chunk>): AsyncGenerator<Chunk> {
  yield* head;
  yield* rest;
}

async function* convert(
  chunks: AsyncGenerator<Chunk>,
  detected: DetectedFormat,
  onUneven: (record: UnevenRecord) => void,
): AsyncGenerator<Chunk> {
  switch (detected.format) {
    case 'ndjson':
    case 'bulk':
      yield* chunks;
      return;
    case 'csv':
      yield* csvLines(chunks, detected.delimiter, onUneven);
      return;
    case 'json':
      yield* flattenJson(chunks, detected.isResponse);
  }
}

async function* flattenJson(chunks: AsyncGenerator<Chunk>, isResponse: boolean): AsyncGenerator<Chunk> {
  const flattener = new JsonFlattener(isResponse);
  for await (const { bytes, storedBytes } of chunks) yield { bytes: flattener.push(bytes), storedBytes };
  if (flattener.isUnfinished) throw new Error('the JSON ends within a value; what precedes it was read');
}
