import { parse, type Info } from 'csv-parse';
import type { Chunk } from '../sources/read-chunks.js';
import { CsvRecordWriter, HeaderError, type UnevenRecord } from './csv-record-writer.js';

/** Longest record that is read, in bytes. */
const MAX_RECORD_BYTES = 64 * 1024 * 1024;

/**
 * Turns CSV with a header into lines, one JSON object for each record: cells are text, empty ones are left out, and a cell
 * that is a JSON list or object is that. The header's names are dotted paths of fields. Blank lines stand for what was
 * left out, so that a record's line is that on which it begins in the source. `onUneven` is called for a record with
 * more or fewer cells than the header. Throws for text that is no CSV, and for a header that does not name each column.
 */
export async function* csvLines(
  chunks: AsyncIterable<Chunk>,
  delimiter: string,
  onUneven: (record: UnevenRecord) => void,
): AsyncGenerator<Chunk> {
  const writer = new CsvRecordWriter(onUneven);
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    max_record_size: MAX_RECORD_BYTES,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  let failure: Error | null = null;
  let proceed = (): void => undefined;
  parser.on('data', ({ record, info }: { record: readonly string[]; info: Info }) => {
    try {
      if (failure === null) writer.add(record, info.lines);
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
    }
  });
  parser.on('end', () => {
    proceed();
  });
  parser.on('error', (error: Error) => {
    failure ??= error;
    proceed();
  });
  /** Acts on the parser and waits until it has called back, ended or failed. */
  const settled = (act: (done: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      proceed = resolve;
      act(resolve);
    });
  const take = (storedBytes: number): Chunk => {
    const bytes = writer.take();
    if (failure instanceof HeaderError) throw failure;
    if (failure !== null) throw new Error(`this is no CSV: ${failure.message}`, { cause: failure });
    return { bytes, storedBytes };
  };
  try {
    for await (const { bytes, storedBytes } of chunks) {
      await settled((done) => {
        parser.write(bytes, () => {
          done();
        });
      });
      yield take(storedBytes);
    }
    await settled(() => {
      parser.end();
    });
    yield take(0);
  } finally {
    parser.destroy();
  }
}
