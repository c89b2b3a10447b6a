import { isUtf8 } from 'node:buffer';
import { compileFieldReader, type FieldReader, type JsonValue } from '@eqlkit/engine';
import { parseExactJson } from '../decode/big-integers.js';
import { JsonSkipper, skipBlanks } from './json-skipper.js';
import {
  buildKeyGraph,
  collectEdges,
  type KeyEdge,
  type KeyNode,
  type KnownKey,
  type ScannedPath,
} from './key-graph.js';
import { TextCache } from './text-cache.js';

// Constants of this module, as imported ones would be looked up for every byte.
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const LOWER_F = 0x66;
const LOWER_N = 0x6e;
const LOWER_T = 0x74;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** How a value that was found is decoded. */
const KIND_TEXT = 0;
const KIND_ATOM = 1;
const KIND_LIST = 2;
const KIND_IN_LIST = 3;
const KIND_OBJECT = 4;

/** The place behind what is left to a full parser. */
const REFUSED = -1;

/** Numbers of events and objects stay small integers, which JavaScript engines store in place. */
const MAX_NUMBER = 2 ** 30;

/** Bytes behind a line that may be looked at: a line break, and what comes with it where four bytes are read at once. */
const PADDING = Buffer.from('\n\0\0\0');

/**
 * Finds the values of some fields in the bytes of a JSON object without decoding the rest. Reads them in as many ways as
 * `compileFieldReader` does: nested, dotted, mixed, and through lists of objects.
 *
 * One scanner serves many lines in turn. What it accepts is JSON for `JSON.parse`, too, and what it gives is what would be
 * found in the parsed object; where a line is out of the ordinary, such as a key that occurs twice, it refuses.
 */
export class EventScanner {
  private readonly root: KeyNode;
  private readonly edges: readonly KeyEdge[];
  private readonly skipper = new JsonSkipper();
  private readonly cache = new TextCache();
  /** For each path the number of the event in which it was found last, and there the kind and place of its value. */
  private readonly foundIn: Int32Array;
  private readonly kinds: Uint8Array;
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  /** For a path that leads into a list: how many of its parts led there. */
  private readonly froms: Int32Array;
  private readonly restReaders = new Map<string, FieldReader>();
  private bytes: Buffer = PADDING;
  private view = viewOf(PADDING);
  private eventNumber = 0;
  private objectNumber = 0;

  constructor(private readonly paths: readonly ScannedPath[]) {
    this.root = buildKeyGraph(paths);
    this.edges = collectEdges(this.root);
    this.foundIn = new Int32Array(paths.length);
    this.kinds = new Uint8Array(paths.length);
    this.starts = new Int32Array(paths.length);
    this.ends = new Int32Array(paths.length);
    this.froms = new Int32Array(paths.length);
  }

  /**
   * Scans the line in `buffer` from `start` to `end`. False if it has to be parsed instead: it is no JSON object, or out
   * of the ordinary. The bytes must not change as long as values are read.
   */
  scan(buffer: Buffer, start: number, end: number): boolean {
    this.beginEvent();
    const padded =
      end + PADDING.length <= buffer.length && (buffer[end] === NEWLINE || buffer[end] === CARRIAGE_RETURN);
    if (!padded) return this.scanPadded(Buffer.concat([buffer.subarray(start, end), PADDING]), 0, end - start);
    return this.scanPadded(buffer, start, end);
  }

  private beginEvent(): void {
    this.skipper.hasHighBytes = false;
    this.eventNumber += 1;
    if (this.eventNumber < MAX_NUMBER && this.objectNumber < MAX_NUMBER) return;
    this.eventNumber = 1;
    this.objectNumber = 0;
    this.foundIn.fill(0);
    for (const edge of this.edges) edge.seenIn = 0;
  }

  private scanPadded(bytes: Buffer, start: number, end: number): boolean {
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.view = viewOf(bytes);
    }
    const { view } = this;
    const open = skipBlanks(view, start);
    if (view.getUint8(open) !== OPEN_BRACE) return false;
    const close = this.scanObject(view, open + 1, this.root);
    if (close < 0 || close > end || skipBlanks(view, close) < end) return false;
    return !this.skipper.hasHighBytes || isUtf8(bytes.subarray(start, end));
  }

  /** Scans an object from behind its opening brace; gives the place behind the closing one. */
  private scanObject(view: DataView, start: number, node: KeyNode): number {
    const objectNumber = ++this.objectNumber;
    let at = skipBlanks(view, start);
    if (view.getUint8(at) === CLOSE_BRACE) return at + 1;
    let key = node.start;
    let byte = view.getUint8(at);
    for (;;) {
      if (byte !== QUOTE) return REFUSED;
      // The objects of a kind mostly have the same keys in the same order.
      const next = key.guessNext(view, at + 1) ?? this.lookUpKey(view, at + 1, node, key);
      if (next === null) return REFUSED;
      key = next;
      at += 1 + key.length;
      if (view.getUint8(at) <= SPACE) at = skipBlanks(view, at);
      const { edge } = key;
      if (edge === null) at = this.skipper.skipValue(view, at);
      else {
        // Of equal keys the last one counts: that is left to the parser.
        if (edge.seenIn === objectNumber) return REFUSED;
        edge.seenIn = objectNumber;
        at = this.scanValue(view, at, edge);
      }
      if (at < 0) return REFUSED;
      byte = view.getUint8(at);
      if (byte <= SPACE) byte = view.getUint8((at = skipBlanks(view, at)));
      if (byte === CLOSE_BRACE) return at + 1;
      if (byte !== COMMA) return REFUSED;
      byte = view.getUint8(++at);
      if (byte <= SPACE) byte = view.getUint8((at = skipBlanks(view, at)));
    }
  }

  /** Finds out which key stands at a place, and that it follows another one. Null if the line is to be parsed. */
  private lookUpKey(view: DataView, start: number, node: KeyNode, before: KnownKey): KnownKey | null {
    const end = this.skipper.skipText(view, start) - 1;
    // Blanks before the colon are rare.
    if (end < start || view.getUint8(end + 1) !== COLON) return null;
    const key = node.lookUp(view, this.bytes, start, end);
    if (key !== null) before.follow(key);
    return key;
  }

  /** Scans a value that belongs to paths, and notes where it stands. */
  private scanValue(view: DataView, start: number, edge: KeyEdge): number {
    const byte = view.getUint8(start);
    if (byte === QUOTE) return this.note(edge, KIND_TEXT, start, this.skipper.skipText(view, start + 1));
    if (byte === OPEN_BRACE) {
      const end =
        edge.next === null ? this.skipper.skipValue(view, start) : this.scanObject(view, start + 1, edge.next);
      return this.note(edge, KIND_OBJECT, start, end);
    }
    const end = this.skipper.skipValue(view, start);
    if (byte !== OPEN_BRACKET) return this.note(edge, KIND_ATOM, start, end);
    if (edge.next !== null && !this.noteInList(edge.next, start, end)) return REFUSED;
    return this.note(edge, KIND_LIST, start, end);
  }

  private note(edge: KeyEdge, kind: number, start: number, end: number): number {
    const { places } = edge;
    for (let index = 0; index < places.length; index += 1) {
      if (!this.notePlace(places[index] ?? 0, kind, start, end)) return REFUSED;
    }
    return end;
  }

  private noteInList(next: KeyNode, start: number, end: number): boolean {
    for (const { place, from } of next.open) {
      if (!this.notePlace(place, KIND_IN_LIST, start, end)) return false;
      this.froms[place] = from;
    }
    return true;
  }

  /** False if the path was found before, under another spelling: what then counts is left to the parser. */
  private notePlace(place: number, kind: number, start: number, end: number): boolean {
    if (this.foundIn[place] === this.eventNumber) return false;
    this.foundIn[place] = this.eventNumber;
    this.kinds[place] = kind;
    this.starts[place] = start;
    this.ends[place] = end;
    return true;
  }

  /** Whether the line that was scanned last holds anything under the path at a place, be it null. */
  has(place: number): boolean {
    return this.foundIn[place] === this.eventNumber;
  }

  /** What the line that was scanned last holds under the path at a place. */
  read(place: number): JsonValue | undefined {
    if (this.foundIn[place] !== this.eventNumber) return undefined;
    const start = this.starts[place] ?? 0;
    const end = this.ends[place] ?? 0;
    switch (this.kinds[place]) {
      case KIND_TEXT:
        return this.readText(start + 1, end - 1);
      case KIND_ATOM:
        return this.readAtom(start, end);
      case KIND_LIST:
        return this.readList(start, end);
      case KIND_IN_LIST:
        return this.readInList(place, start, end);
      default:
        return this.parse(start, end);
    }
  }

  private readText(start: number, end: number): string {
    return this.cache.get(this.view, this.bytes, start, end, this.skipper.hasHighBytes ? 'utf8' : 'latin1');
  }

  private readAtom(start: number, end: number): JsonValue {
    const { view } = this;
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
    const { view } = this;
    const values: string[] = [];
    let at = skipBlanks(view, start + 1);
    while (view.getUint8(at) === QUOTE) {
      const close = this.skipper.skipText(view, at + 1);
      values.push(this.readText(at + 1, close - 1));
      at = skipBlanks(view, close);
      if (view.getUint8(at) !== COMMA) break;
      at = skipBlanks(view, at + 1);
    }
    return at === end - 1 ? values : this.parse(start, end);
  }

  private readInList(place: number, start: number, end: number): JsonValue | undefined {
    const list = this.parse(start, end);
    if (!Array.isArray(list)) return undefined;
    const read = this.restReader(place, this.froms[place] ?? 0);
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
    return parseExactJson(this.bytes.toString('utf8', start, end));
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
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
