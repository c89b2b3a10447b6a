import { parse } from 'csv-parse';
import { parseExactJson } from '../decode/big-integers.js';
import { encodeJson } from '../decode/encode-event.js';
import type { Chunk } from '../sources/read-chunks.js';

/** Longest record that is read, in bytes. */
const MAX_RECORD_BYTES = 64 * 1024 * 1024;

/** Names of fields hold no braces; JSON that is read as CSV begins with one, or with a list of objects. */
function checkHeader(names: string[]): string[] {
  if (/^\s*(?:\[\s*)?\{/u.test(names[0] ?? '')) throw new Error('its first line is JSON');
  return names;
}

/**
 * Turns CSV with a header into lines, one JSON object for each record: cells are text, empty ones are left out, and a cell
 * that is a JSON list or object is that. The header's names are dotted paths of fields. Throws for text that is no CSV.
 */
export async function* csvLines(chunks: AsyncIterable<Chunk>, delimiter: string): AsyncGenerator<Chunk> {
  const parser = parse({
    columns: checkHeader,
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
  parser.on('data', (record: Readonly<Record<string, string>>) => lines.push(`${toLine(record)}\n`));
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

function toLine(record: Readonly<Record<string, string>>): string {
  const members = Object.entries(record).flatMap(([name, cell]) =>
    cell === '' || name === '' ? [] : [`${JSON.stringify(name)}:${cellJson(cell)}`],
  );
  return `{${members.join(',')}}`;
}

/** A cell as JSON on one line. Lists and objects come as JSON, as `eql query --output csv` writes them. */
function cellJson(cell: string): string {
  if (cell.startsWith('[') || cell.startsWith('{')) {
    try {
      return encodeJson(parseExactJson(cell));
    } catch {
      // It is no JSON, or nested too deeply to be read: then it is text.
    }
  }
  return JSON.stringify(cell);
}
