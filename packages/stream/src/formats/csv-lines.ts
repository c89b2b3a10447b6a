import { parse } from 'csv-parse';
import type { Chunk } from '../sources/read-chunks.js';

/** Longest record that is read, in bytes. */
const MAX_RECORD_BYTES = 64 * 1024 * 1024;

/**
 * Turns CSV with a header into lines, one JSON object for each record: cells are text, empty ones are left out, and a cell
 * that is a JSON list or object is that. The header's names are dotted paths of fields. Throws for text that is no CSV.
 */
export async function* csvLines(chunks: AsyncIterable<Chunk>, delimiter: string): AsyncGenerator<Chunk> {
  const parser = parse({
    columns: true,
    bom: true,
    delimiter,
    max_record_size: MAX_RECORD_BYTES,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  let lines: string[] = [];
  let failure: Error | null = null;
  let proceed = (): void => undefined;
  parser.on('data', (record: Readonly<Record<string, string>>) => lines.push(`${JSON.stringify(toEvent(record))}\n`));
  parser.on('end', () => {
    proceed();
  });
  parser.on('error', (error: Error) => {
    failure = error;
    proceed();
  });
  /** Acts on the parser and waits until it has called back, ended or failed. */
  const settled = (act: (done: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      proceed = resolve;
      act(resolve);
    });
  const take = (storedBytes: number): Chunk => {
    const bytes = Buffer.from(lines.join(''));
    lines = [];
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

function toEvent(record: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, cell]) => (cell === '' || name === '' ? [] : [[name, cellValue(cell)]])),
  );
}

/** Lists and objects come as JSON, as `eql query --output csv` writes them. */
function cellValue(cell: string): unknown {
  if (!cell.startsWith('[') && !cell.startsWith('{')) return cell;
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    return cell;
  }
}
