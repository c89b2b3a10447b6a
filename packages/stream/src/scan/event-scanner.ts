import { isUtf8 } from 'node:buffer';
import { compileFieldReader, type FieldReader, type JsonValue } from '@eqlkit/engine';
import { parseExactJson } from '../decode/big-integers.js';
import { ByteCache } from './byte-cache.js';
import { BytePrefilter, PREFILTER_BYTES, type FoundValue } from './byte-prefilter.js';
import { BufferWindow } from './buffer-window.js';
import type { ScannedPath } from './key-graph.js';
import {
  KIND_ATOM,
  KIND_ESCAPED_TEXT,
  KIND_IN_LIST,
  KIND_LIST,
  KIND_TEXT,
  MAX_UNESCAPED_BYTES,
  PLACE_RECORD,
  ScannerMemory,
  type MemoryViews,
} from './scanner-memory.js';

// Constants of this module, as imported ones would be looked up for every byte.
const TAB = 0x09;
const LINE_BREAK = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const LOWER_F = 0x66;
const LOWER_N = 0x6e;
const LOWER_T = 0x74;
const { foundIn, kind, start: startOf, end: endOf, from: fromOf, words: RECORD_WORDS } = PLACE_RECORD;

/** Numbers of events and objects stay in 32 bits; each event has fewer objects than bytes. */
const MAX_NUMBER = 2 ** 30;

const KEPT_TEXTS = 4096;
const KEPT_LISTS = 512;

/** No event has this number. */
const NO_EVENT = -1;

/**
 * Finds the values of some fields in the bytes of a JSON object without decoding the rest. Reads them in as many ways as
 * `compileFieldReader` does: nested, dotted, mixed, and through lists of objects.
 *
 * One scanner serves many lines in turn. What it accepts is JSON for `JSON.parse`, too, and what it gives is what would be
 * found in the parsed object; where a line is out of the ordinary, such as a key that occurs twice, it refuses.
 */
export class EventScanner {
  private readonly memory: ScannerMemory;
  private readonly texts = new ByteCache<string>(KEPT_TEXTS);
  private readonly lists = new ByteCache<readonly string[]>(KEPT_LISTS);
  private readonly restReaders = new Map<string, FieldReader>();
  /** Looks at the values of the line that was scanned last; null if that was not asked for. */
  readonly prefilter: BytePrefilter | null;
  private readonly window: BufferWindow;
  private views: MemoryViews;
  private hasHighBytes = false;
  /** Marks what was found in the line that was scanned last. */
  private eventNumber = NO_EVENT;

  constructor(
    private readonly paths: readonly ScannedPath[],
    { hasPrefilter = false }: { readonly hasPrefilter?: boolean } = {},
  ) {
    this.memory = new ScannerMemory(paths, hasPrefilter ? PREFILTER_BYTES : 0);
    this.views = this.memory.views;
    this.window = new BufferWindow(this.memory);
    this.prefilter = hasPrefilter ? new BytePrefilter(this.memory, (place) => this.recordOf(place)) : null;
  }

  /**
   * Scans the line in `buffer` from `start` to `end`. False if it has to be parsed instead: it is no JSON object, or out
   * of the ordinary. The line is copied, so the buffer may change afterwards; with `isBatch`, many lines are copied together, and
   * the buffer must not change before `endBatch`.
   */
  scan(buffer: Buffer, start: number, end: number, isBatch = false): boolean {
    const { memory } = this;
    const length = end - start;
    this.eventNumber = NO_EVENT;
    if (!memory.makeRoom(length)) return false;
    this.views = memory.views;
    const { code, root } = memory;
    const at =
      isBatch && isBreak(buffer[end]) ? this.window.find(buffer, start, end) : this.copyAlone(buffer, start, end);
    const found = code.scan(at, at + length, root);
    const number = Math.abs(found);
    if (number >= MAX_NUMBER || code.objects() >= MAX_NUMBER) return this.scanAnew(buffer, start, end);
    if (found === 0) return false;
    this.hasHighBytes = found < 0;
    if (this.hasHighBytes && !isUtf8(buffer.subarray(start, end))) return false;
    this.eventNumber = number;
    return true;
  }

  /** Lets the buffers of lines that were scanned as parts of a batch change. */
  endBatch(): void {
    this.window.close();
  }

  private copyAlone(buffer: Buffer, start: number, end: number): number {
    this.window.close();
    const { lineAt } = this.memory;
    buffer.copy(this.views.bytes, lineAt, start, end);
    return lineAt;
  }

  private scanAnew(buffer: Buffer, start: number, end: number): boolean {
    this.memory.forget();
    return this.scan(buffer, start, end);
  }

  /** Whether the line that was scanned last holds anything under the path at a place, be it null. */
  has(place: number): boolean {
    return this.views.words[this.memory.firstPlace + place * RECORD_WORDS + foundIn] === this.eventNumber;
  }

  private recordOf(place: number): FoundValue | null {
    if (!this.has(place)) return null;
    const { words } = this.views;
    const record = this.memory.firstPlace + place * RECORD_WORDS;
    return {
      record: record * 4,
      kind: words[record + kind] ?? 0,
      start: words[record + startOf] ?? 0,
      end: words[record + endOf] ?? 0,
    };
  }

  /** What the line that was scanned last holds under the path at a place. */
  read(place: number): JsonValue | undefined {
    const { words } = this.views;
    const record = this.memory.firstPlace + place * RECORD_WORDS;
    if (words[record + foundIn] !== this.eventNumber) return undefined;
    const start = words[record + startOf] ?? 0;
    const end = words[record + endOf] ?? 0;
    switch (words[record + kind]) {
      case KIND_TEXT:
        return this.readText(start + 1, end - 1, false);
      case KIND_ESCAPED_TEXT:
        return this.readText(start + 1, end - 1, true);
      case KIND_ATOM:
        return this.readAtom(start, end);
      case KIND_LIST:
        return this.readList(start, end);
      case KIND_IN_LIST:
        return this.readInList(place, words[record + fromOf] ?? 0, start, end);
      default:
        return this.parse(start, end);
    }
  }

  /** Reads a text without its quotes; `mayEscape` says that it may have escapes. */
  private readText(start: number, end: number, mayEscape: boolean): string {
    const { texts, views } = this;
    const known = texts.get(views.data, start, end);
    if (known !== undefined) return known;
    const text = mayEscape ? this.decodeEscaped(start, end) : views.bytes.toString(this.encoding, start, end);
    texts.set(views.data, start, end, text);
    return text;
  }

  private get encoding(): 'latin1' | 'utf8' {
    // Of bytes that are all ASCII, as most are, the former takes less time.
    return this.hasHighBytes ? 'utf8' : 'latin1';
  }

  private decodeEscaped(start: number, end: number): string {
    const { memory, views } = this;
    const { code, textAt } = memory;
    const bytes = end - start > MAX_UNESCAPED_BYTES ? -1 : code.unescape(start, end, textAt);
    if (bytes >= 0) return views.bytes.toString(this.encoding, textAt, textAt + bytes);
    return JSON.parse(views.bytes.toString('utf8', start - 1, end + 1)) as string;
  }

  private readAtom(start: number, end: number): JsonValue {
    const view = this.views.data;
    switch (view.getUint8(start)) {
      case LOWER_T:
        return true;
      case LOWER_F:
        return false;
      case LOWER_N:
        return null;
      default:
        return readShortInteger(view, start, end) ?? this.parse(start, end);
    }
  }

  /** Most lists hold nothing but texts. */
  private readList(start: number, end: number): JsonValue {
    const view = this.views.data;
    const known = this.lists.get(view, start, end);
    if (known !== undefined) return known;
    const values: string[] = [];
    let at = skipBlanks(view, start + 1);
    while (view.getUint8(at) === QUOTE) {
      const close = this.memory.code.skipText(at + 1);
      values.push(this.readText(at + 1, close - 1, true));
      at = skipBlanks(view, close);
      if (view.getUint8(at) !== COMMA) break;
      at = skipBlanks(view, at + 1);
    }
    if (at !== end - 1) return this.parse(start, end);
    this.lists.set(view, start, end, values);
    return values;
  }

  private readInList(place: number, from: number, start: number, end: number): JsonValue | undefined {
    const list = this.parse(start, end);
    if (!Array.isArray(list)) return undefined;
    const read = this.restReader(place, from);
    const values: JsonValue[] = [];
    for (const element of list as readonly JsonValue[]) {
      if (typeof element !== 'object' || element === null || Array.isArray(element)) continue;
      const value = read(element as Readonly<Record<string, JsonValue>>);
      if (value !== undefined) values.push(value);
    }
    return values.length === 0 ? undefined : values;
  }

  /** Reads the parts of a path from `from` on. */
  private restReader(place: number, from: number): FieldReader {
    const id = `${String(place)} ${String(from)}`;
    const known = this.restReaders.get(id);
    if (known !== undefined) return known;
    const reader = compileFieldReader(this.paths[place]?.parts.slice(from) ?? []);
    this.restReaders.set(id, reader);
    return reader;
  }

  private parse(start: number, end: number): JsonValue {
    return parseExactJson(this.views.bytes.toString('utf8', start, end));
  }
}

/** Whether a byte ends a line, so that another one may take its place. */
function isBreak(byte: number | undefined): boolean {
  return byte === LINE_BREAK || byte === CARRIAGE_RETURN;
}

function skipBlanks(view: DataView, start: number): number {
  let at = start;
  for (let byte = view.getUint8(at); byte <= SPACE; byte = view.getUint8(++at)) {
    if (byte !== SPACE && byte !== TAB && byte !== CARRIAGE_RETURN) break;
  }
  return at;
}

/** Digits of a whole number that surely fits. */
const SHORT_DIGITS = 15;

/** A whole number of few digits; null for anything else, such as a number with a fraction, or -0. */
function readShortInteger(view: DataView, start: number, end: number): number | null {
  const negative = view.getUint8(start) === MINUS;
  if (end - start > SHORT_DIGITS) return null;
  let value = 0;
  for (let at = negative ? start + 1 : start; at < end; at += 1) {
    const digit = view.getUint8(at) - ZERO;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  if (!negative) return value;
  return value === 0 ? null : -value;
}
