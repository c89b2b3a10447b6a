/**
 * Finds the values of some fields in the bytes of a JSON object, and checks the syntax of all of it as strictly as
 * `JSON.parse`. Written in AssemblyScript, and compiled to WebAssembly by `scripts/build-scanner.js`.
 *
 * The memory belongs to `src/scan/scanner-memory.ts`, which says what stands where and writes the graph of keys. Behind a
 * line stands a line break, which is refused wherever it is met, so that nothing looks further; vectors may reach beyond.
 */

import { byteAt, hashRun, headOf, tailOf } from './bytes';

// Bytes.
const TAB: u32 = 0x09;
const CARRIAGE_RETURN: u32 = 0x0d;
const SPACE: u32 = 0x20;
const QUOTE: u32 = 0x22;
const PLUS: u32 = 0x2b;
const COMMA: u32 = 0x2c;
const MINUS: u32 = 0x2d;
const POINT: u32 = 0x2e;
const ZERO: u32 = 0x30;
const COLON: u32 = 0x3a;
const OPEN_BRACKET: u32 = 0x5b;
const BACKSLASH: u32 = 0x5c;
const CLOSE_BRACKET: u32 = 0x5d;
const LOWER_A: u32 = 0x61;
const LOWER_B: u32 = 0x62;
const LOWER_E: u32 = 0x65;
const LOWER_F: u32 = 0x66;
const LOWER_N: u32 = 0x6e;
const LOWER_R: u32 = 0x72;
const LOWER_T: u32 = 0x74;
const LOWER_U: u32 = 0x75;
const SLASH: u32 = 0x2f;
const OPEN_BRACE: u32 = 0x7b;
const CLOSE_BRACE: u32 = 0x7d;
const LINE_BREAK: u32 = 0x0a;

// How a value that was found is decoded; as in `src/scan/scanner-memory.ts`.
export const KIND_TEXT: i32 = 0;
export const KIND_ATOM: i32 = 1;
export const KIND_LIST: i32 = 2;
export const KIND_IN_LIST: i32 = 3;
export const KIND_OBJECT: i32 = 4;
export const KIND_ESCAPED_TEXT: i32 = 5;

// Where things stand in records of the memory, in bytes; as in `src/scan/scanner-memory.ts`.
export const PLACE_FOUND_IN: usize = 0;
export const PLACE_KIND: usize = 4;
export const PLACE_START: usize = 8;
export const PLACE_END: usize = 12;
const PLACE_FROM: usize = 16;
export const PLACE_BYTES: usize = 20;
const NODE_SLOTS: usize = 0;
const NODE_MASK: usize = 4;
const NODE_OPEN: usize = 8;
const NODE_OPEN_COUNT: usize = 12;
const SLOT_HEAD: usize = 0;
const SLOT_TAIL: usize = 8;
const SLOT_LENGTH: usize = 16;
const SLOT_KEY: usize = 20;
const SLOT_EDGE: usize = 24;
const SLOT_BYTES: usize = 32;
const EDGE_SEEN_IN: usize = 0;
const EDGE_PLACES: usize = 4;
const EDGE_PLACE_COUNT: usize = 8;
const EDGE_NEXT: usize = 12;

/** For what is no JSON, or is left to a full parser. No place in the memory is 0. */
const REFUSED: usize = 0;

/** Nesting that is scanned; a full parser is asked about anything deeper. */
const MAX_DEPTH: i32 = 100;

/** Address of the records of places. */
export let places: usize = 0;
/** Address of room for a text whose escapes are resolved. */
export let room: usize = 0;
/** Of the line that was scanned last. */
export let eventNumber: i32 = 0;
let objectNumber: i32 = 0;
/** Whether that line has bytes beyond ASCII. */
export let hasHighBytes: bool = false;
/** Whether the text that was skipped last has an escape. */
let hasEscapes: bool = false;

/** Says where the records of places stand, and where there is room for a text, and that no event was scanned yet. */
export function reset(placesAt: usize, roomAt: usize): void {
  places = placesAt;
  room = roomAt;
  eventNumber = 0;
  objectNumber = 0;
}

/** How many objects were scanned since `reset`. */
export function objects(): i32 {
  return objectNumber;
}

/**
 * Scans the line from `start` to `end`. Gives the number of the event, which marks the places that were found; its
 * negative if there are bytes beyond ASCII, of which nothing is known; 0 for a line that is left to a full parser.
 */
export function scan(start: usize, end: usize, root: usize): i32 {
  eventNumber += 1;
  hasHighBytes = false;
  store<u8>(end, LINE_BREAK);
  const open = skipBlanks(start);
  if (byteAt(open) != OPEN_BRACE) return 0;
  const close = scanObject(open + 1, root);
  if (close == REFUSED || close > end || skipBlanks(close) < end) return 0;
  return hasHighBytes ? -eventNumber : eventNumber;
}

/** The place behind the closing quote of a text whose opening one is before `start`, or 0 for no JSON. */
export function skipText(start: usize): usize {
  let at = start;
  hasEscapes = false;
  while (true) {
    const special = specialBytes(at);
    if (special == 0) {
      at += 16;
      continue;
    }
    at += ctz(special);
    const byte = byteAt(at);
    if (byte == QUOTE) return at + 1;
    if (byte >= 0x80) {
      hasHighBytes = true;
      at += 1;
    } else {
      if (byte != BACKSLASH) return REFUSED;
      hasEscapes = true;
      at = skipEscape(at + 1);
      if (at == REFUSED) return REFUSED;
    }
  }
}

/**
 * Writes the text between `start` and `end`, which was skipped before, to `target` with its escapes resolved. Gives how many
 * bytes it then has; -1 if there is an escape of four digits, which is left to a full parser.
 */
export function unescape(start: usize, end: usize, target: usize): i32 {
  let to = target;
  for (let at = start; at < end; at += 1) {
    let byte = byteAt(at);
    if (byte == BACKSLASH) {
      at += 1;
      byte = byteAt(at);
      if (byte == LOWER_U) return -1;
      if (byte == LOWER_B) byte = 0x08;
      else if (byte == LOWER_T) byte = TAB;
      else if (byte == LOWER_N) byte = LINE_BREAK;
      else if (byte == LOWER_F) byte = 0x0c;
      else if (byte == LOWER_R) byte = CARRIAGE_RETURN;
    }
    store<u8>(to, byte);
    to += 1;
  }
  return <i32>(to - target);
}

/** Which of sixteen bytes are `"`, `\`, control characters, or not ASCII: a bit for each. */
function specialBytes(at: usize): u32 {
  const bytes = v128.load(at);
  const special = v128.or(
    v128.or(i8x16.eq(bytes, i8x16.splat(0x22)), i8x16.eq(bytes, i8x16.splat(0x5c))),
    // Bytes beyond ASCII are less than nothing.
    i8x16.lt_s(bytes, i8x16.splat(0x20)),
  );
  return i8x16.bitmask(special);
}

/** Skips blanks, but no line break. */
export function skipBlanks(start: usize): usize {
  let at = start;
  while (true) {
    const byte = byteAt(at);
    if (byte > SPACE || (byte != SPACE && byte != TAB && byte != CARRIAGE_RETURN)) return at;
    at += 1;
  }
}

/** Skips what follows a backslash. */
function skipEscape(at: usize): usize {
  switch (byteAt(at)) {
    case QUOTE:
    case BACKSLASH:
    case SLASH:
    case LOWER_B:
    case LOWER_F:
    case LOWER_N:
    case LOWER_R:
    case LOWER_T:
      return at + 1;
    case LOWER_U:
      for (let digit = at + 1; digit <= at + 4; digit += 1) if (!isHexDigit(byteAt(digit))) return REFUSED;
      return at + 5;
    default:
      return REFUSED;
  }
}

function isHexDigit(byte: u32): bool {
  const lower = byte | 0x20;
  return isDigit(byte) || (lower >= LOWER_A && lower <= LOWER_F);
}

function isDigit(byte: u32): bool {
  return byte - ZERO <= 9;
}

/** Scans an object from behind its opening brace; gives the place behind the closing one. */
function scanObject(start: usize, node: usize): usize {
  const object = ++objectNumber;
  let at = skipBlanks(start);
  if (byteAt(at) == CLOSE_BRACE) return at + 1;
  while (true) {
    if (byteAt(at) != QUOTE) return REFUSED;
    const keyStart = at + 1;
    const keyEnd = endOfPlainKey(keyStart);
    if (keyEnd == REFUSED || byteAt(keyEnd + 1) != COLON) return REFUSED;
    at = skipBlanks(keyEnd + 2);
    const edge = findEdge(node, keyStart, keyEnd - keyStart);
    if (edge == 0) at = skipValue(at, 1);
    else {
      // Of equal keys the last one counts: that is left to the parser.
      if (load<i32>(edge, EDGE_SEEN_IN) == object) return REFUSED;
      store<i32>(edge, object, EDGE_SEEN_IN);
      at = scanValue(at, edge);
    }
    if (at == REFUSED) return REFUSED;
    at = skipBlanks(at);
    const byte = byteAt(at);
    if (byte == CLOSE_BRACE) return at + 1;
    if (byte != COMMA) return REFUSED;
    at = skipBlanks(at + 1);
  }
}

/** The place of the quote behind a key; 0 for a key with an escape, which may spell anything, or beyond ASCII. */
function endOfPlainKey(start: usize): usize {
  let at = start;
  while (true) {
    const special = specialBytes(at);
    if (special == 0) {
      at += 16;
      continue;
    }
    at += ctz(special);
    return byteAt(at) == QUOTE ? at : REFUSED;
  }
}

/** The edge of a key that leads on from a node; 0 for a key that does not matter. */
function findEdge(node: usize, start: usize, length: usize): usize {
  const head = headOf(start, length);
  const tail = tailOf(start, length);
  const mask = load<u32>(node, NODE_MASK);
  const slots = <usize>load<u32>(node, NODE_SLOTS);
  let index = hashRun(head, tail, length) & mask;
  while (true) {
    const slot = slots + <usize>index * SLOT_BYTES;
    const edge = <usize>load<u32>(slot, SLOT_EDGE);
    if (edge == 0) return 0;
    if (
      load<u64>(slot, SLOT_HEAD) == head &&
      load<u64>(slot, SLOT_TAIL) == tail &&
      <usize>load<u32>(slot, SLOT_LENGTH) == length &&
      (length <= 16 || areEqual(start, <usize>load<u32>(slot, SLOT_KEY), length))
    ) {
      return edge;
    }
    index = (index + 1) & mask;
  }
}

function areEqual(one: usize, other: usize, length: usize): bool {
  for (let at: usize = 8; at < length; at += 8) if (load<u64>(one + at - 8) != load<u64>(other + at - 8)) return false;
  // The end was compared already.
  return true;
}

/** Scans a value that belongs to paths, and notes where it stands. */
function scanValue(start: usize, edge: usize): usize {
  const byte = byteAt(start);
  const next = <usize>load<u32>(edge, EDGE_NEXT);
  if (byte == QUOTE) {
    const textEnd = skipText(start + 1);
    return note(edge, hasEscapes ? KIND_ESCAPED_TEXT : KIND_TEXT, start, textEnd);
  }
  if (byte == OPEN_BRACE) {
    return note(edge, KIND_OBJECT, start, next == 0 ? skipValue(start, 1) : scanObject(start + 1, next));
  }
  const end = skipValue(start, 1);
  if (byte != OPEN_BRACKET) return note(edge, KIND_ATOM, start, end);
  if (next != 0 && end != REFUSED && !noteInList(next, start, end)) return REFUSED;
  return note(edge, KIND_LIST, start, end);
}

function note(edge: usize, kind: i32, start: usize, end: usize): usize {
  if (end == REFUSED) return REFUSED;
  const list = <usize>load<u32>(edge, EDGE_PLACES);
  const count = load<i32>(edge, EDGE_PLACE_COUNT);
  for (let index = 0; index < count; index += 1) {
    if (notePlace(load<u32>(list + ((<usize>index) << 2)), kind, start, end) == 0) return REFUSED;
  }
  return end;
}

function noteInList(node: usize, start: usize, end: usize): bool {
  const open = <usize>load<u32>(node, NODE_OPEN);
  const count = load<i32>(node, NODE_OPEN_COUNT);
  for (let index = 0; index < count; index += 1) {
    const pair = open + ((<usize>index) << 3);
    const record = notePlace(load<u32>(pair), KIND_IN_LIST, start, end);
    if (record == 0) return false;
    store<i32>(record, load<i32>(pair, 4), PLACE_FROM);
  }
  return true;
}

/** The record of a place; 0 if it was found before, under another spelling: what then counts is left to the parser. */
function notePlace(place: u32, kind: i32, start: usize, end: usize): usize {
  const record = places + <usize>place * PLACE_BYTES;
  if (load<i32>(record, PLACE_FOUND_IN) == eventNumber) return 0;
  store<i32>(record, eventNumber, PLACE_FOUND_IN);
  store<i32>(record, kind, PLACE_KIND);
  store<u32>(record, <u32>start, PLACE_START);
  store<u32>(record, <u32>end, PLACE_END);
  return record;
}

/** Skips any value that starts at `start`; gives the place behind it. */
function skipValue(start: usize, depth: i32): usize {
  const byte = byteAt(start);
  if (byte == QUOTE) return skipText(start + 1);
  if (byte == OPEN_BRACE) return skipObject(start + 1, depth);
  if (byte == OPEN_BRACKET) return skipList(start + 1, depth);
  if (byte == LOWER_T) return load<u32>(start) == 0x65757274 ? start + 4 : REFUSED;
  if (byte == LOWER_F) return load<u32>(start + 1) == 0x65736c61 ? start + 5 : REFUSED;
  if (byte == LOWER_N) return load<u32>(start) == 0x6c6c756e ? start + 4 : REFUSED;
  return skipNumber(start);
}

/** Skips an object from behind its opening brace. */
function skipObject(start: usize, depth: i32): usize {
  if (depth > MAX_DEPTH) return REFUSED;
  let at = skipBlanks(start);
  if (byteAt(at) == CLOSE_BRACE) return at + 1;
  while (true) {
    if (byteAt(at) != QUOTE) return REFUSED;
    at = skipText(at + 1);
    if (at == REFUSED) return REFUSED;
    at = skipBlanks(at);
    if (byteAt(at) != COLON) return REFUSED;
    at = skipValue(skipBlanks(at + 1), depth + 1);
    if (at == REFUSED) return REFUSED;
    at = skipBlanks(at);
    const byte = byteAt(at);
    if (byte == CLOSE_BRACE) return at + 1;
    if (byte != COMMA) return REFUSED;
    at = skipBlanks(at + 1);
  }
}

/** Skips a list from behind its opening bracket. */
function skipList(start: usize, depth: i32): usize {
  if (depth > MAX_DEPTH) return REFUSED;
  let at = skipBlanks(start);
  if (byteAt(at) == CLOSE_BRACKET) return at + 1;
  while (true) {
    at = skipValue(at, depth + 1);
    if (at == REFUSED) return REFUSED;
    at = skipBlanks(at);
    const byte = byteAt(at);
    if (byte == CLOSE_BRACKET) return at + 1;
    if (byte != COMMA) return REFUSED;
    at = skipBlanks(at + 1);
  }
}

/** Skips a number; one with leading zeros, without digits before or behind its point, or in its exponent is none. */
function skipNumber(start: usize): usize {
  const first = byteAt(start) == MINUS ? start + 1 : start;
  let at = byteAt(first) == ZERO ? first + 1 : skipDigits(first);
  if (at != REFUSED && byteAt(at) == POINT) at = skipDigits(at + 1);
  if (at == REFUSED || (byteAt(at) | 0x20) != LOWER_E) return at;
  const sign = byteAt(at + 1);
  return skipDigits(sign == PLUS || sign == MINUS ? at + 2 : at + 1);
}

function skipDigits(start: usize): usize {
  let at = start;
  while (isDigit(byteAt(at))) at += 1;
  return at == start ? REFUSED : at;
}
