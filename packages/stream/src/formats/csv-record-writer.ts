import { parseExactJson } from '../decode/big-integers.js';
import { encodeJson } from '../decode/encode-event.js';

/** A record with more or fewer cells than the header has names. */
export interface UnevenRecord {
  /** One-based line on which it begins. */
  readonly line: number;
  /** For people: how many cells there are, and what of them is left out. */
  readonly detail: string;
}

/** What is wrong with a header: line, column and cure. */
export class HeaderError extends Error {}

/** So many blank lines between two records are counted. */
const MAX_BLANK_LINES = 1_000_000;

/** Cells that are left out are shown up to this number, each up to this length in UTF-16 units. */
const SHOWN_CELLS = 3;
const SHOWN_LENGTH = 40;

/** Writes the records of CSV as lines of JSON; the first one is the header. */
export class CsvRecordWriter {
  private header: readonly string[] | null = null;
  private lines: string[] = [];
  private written = 0;
  /** How many lines the parser has counted that are none: it takes CRLF within quotes for two. */
  private overcounted = 0;

  constructor(private readonly onUneven: (record: UnevenRecord) => void) {}

  /** Takes a record and the line on which it ends as the parser counts. Throws for a header that is none. */
  add(record: readonly string[], parsedLines: number): void {
    let breaks = 0;
    for (const cell of record) {
      if (!cell.includes('\n') && !cell.includes('\r')) continue;
      for (const [found] of cell.matchAll(/\r\n|[\r\n]/gu)) {
        breaks += 1;
        this.overcounted += found.length - 1;
      }
    }
    const line = Math.max(this.written + 1, parsedLines - this.overcounted - breaks);
    if (this.header === null) {
      checkHeader(record, line);
      this.header = record;
      return;
    }
    this.lines.push('\n'.repeat(Math.min(line - this.written - 1, MAX_BLANK_LINES)), toLine(this.header, record));
    this.written = line;
    if (record.length !== this.header.length) this.report(this.header.length, record, line);
  }

  /** The lines since the last time. */
  take(): Buffer {
    const bytes = Buffer.from(this.lines.join(''));
    this.lines = [];
    return bytes;
  }

  private report(names: number, record: readonly string[], line: number): void {
    const left = record.slice(names).filter((cell) => cell !== '');
    if (record.length > names && left.length === 0) return;
    const quoted = left.slice(0, SHOWN_CELLS).map((cell) => JSON.stringify(cell.slice(0, SHOWN_LENGTH)));
    const shown = left.length === 0 ? '' : `; left out: ${quoted.join(', ')}${left.length > SHOWN_CELLS ? ', …' : ''}`;
    const cells = record.length === 1 ? '1 cell' : `${String(record.length)} cells`;
    this.onUneven({ line, detail: `${cells} where the header has ${String(names)} names${shown}` });
  }
}

function checkHeader(names: readonly string[], line: number): void {
  // Names of fields hold no braces; JSON that is read as CSV begins with one, or with a list of objects.
  if (/^\s*(?:\[\s*)?\{/u.test(names[0] ?? '')) throw new Error('its first line is JSON');
  const places = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    const column = index + 1;
    const place = `line ${String(line)}, column ${String(column)}`;
    if (name.trim() === '') throw new HeaderError(`${place} has no name; give it one, or take the column out`);
    const earlier = places.get(name);
    if (earlier !== undefined) {
      throw new HeaderError(
        `${place}: the name ${JSON.stringify(name)} is that of column ${String(earlier)}, too; rename one of the two`,
      );
    }
    places.set(name, column);
  }
}

function toLine(header: readonly string[], record: readonly string[]): string {
  const members: string[] = [];
  for (const [index, name] of header.entries()) {
    const cell = record[index] ?? '';
    if (cell !== '') members.push(`${JSON.stringify(name)}:${cellJson(cell)}`);
  }
  return `{${members.join(',')}}\n`;
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
