/**
 * Looks at values that `scan` has found, where they stand. `src/scan/byte-prefilter.ts` writes what is looked up here, and says
 * what it is for.
 */
import { byteAt, hashRun, headOf, tailOf } from './bytes';
import {
  eventNumber,
  hasHighBytes,
  KIND_ATOM,
  KIND_ESCAPED_TEXT,
  KIND_IN_LIST,
  KIND_LIST,
  KIND_OBJECT,
  KIND_TEXT,
  PLACE_BYTES,
  PLACE_END,
  PLACE_FOUND_IN,
  PLACE_KIND,
  PLACE_START,
  places,
  room,
  skipBlanks,
  skipText,
  unescape,
} from './scan-line';

const MINUS: u32 = 0x2d;
const ZERO: u32 = 0x30;
const QUOTE: u32 = 0x22;
const COMMA: u32 = 0x2c;
const CLOSE_BRACKET: u32 = 0x5d;
const UPPER_A: u32 = 0x41;
const LOWER_F: u32 = 0x66;
const LOWER_N: u32 = 0x6e;
const LOWER_T: u32 = 0x74;

// Where things stand in records of the memory, in bytes; as in `src/scan/byte-prefilter.ts`.
const NODE_NUMBER: usize = 0;
const NODE_PLACE: usize = 4;
const NODE_ABSENT: usize = 8;
const NODE_SLOTS: usize = 12;
const NODE_MASK: usize = 16;
const NODE_OTHER: usize = 20;
const NODE_PROBE: usize = 24;
const SLOT_HASH: usize = 0;
const SLOT_LENGTH: usize = 4;
const SLOT_VALUE: usize = 8;
const SLOT_NEXT: usize = 12;
const SLOT_BYTES: usize = 16;
const PROBE_PLACE: usize = 0;
const PROBE_TEXTS: usize = 4;
const PROBE_TEXT_MASK: usize = 8;
const PROBE_GRAMS: usize = 12;
const PROBE_GRAM_SHIFT: usize = 16;
const PROBE_BYTES: usize = 20;

/** The place of a node behind which events do not part. */
const NO_PLACE: i32 = -1;

/** Longest value by which a node is found, in bytes. */
const MAX_VALUE_BYTES: usize = 256;

/** Longest text whose escapes are resolved, in bytes. */
const MAX_UNESCAPED_BYTES: usize = 4096;

/** Digits of a whole number whose text is what stands in the line. */
const MAX_DIGITS: usize = 15;

const GRAM_BYTES: i32 = 4;

/** As in `GramTable` of the engine, though nothing depends on that. */
const GRAM_MIXER: u32 = 0x9e3779b1;

const EVERY_BYTE: u64 = 0x0101010101010101;

/**
 * Follows the scanned line from a node to the next ones, as far as its values are known there. Gives the number of the node
 * where it ends.
 */
export function follow(start: usize): i32 {
  let node = start;
  while (true) {
    const place = load<i32>(node, NODE_PLACE);
    if (place == NO_PLACE) break;
    const record = places + <usize>place * PLACE_BYTES;
    let next: usize;
    if (load<i32>(record, PLACE_FOUND_IN) != eventNumber) next = <usize>load<u32>(node, NODE_ABSENT);
    else {
      const kind = load<i32>(record, PLACE_KIND);
      // What these come to depends on more than on the bytes.
      if (kind == KIND_IN_LIST || kind == KIND_OBJECT) break;
      next = findNext(node, <usize>load<u32>(record, PLACE_START), <usize>load<u32>(record, PLACE_END));
      if (next == 0) {
        const other = <usize>load<u32>(node, NODE_OTHER);
        if (other != 0 && !mayHold(node + NODE_PROBE, record)) next = other;
      }
    }
    if (next == 0) break;
    node = next;
  }
  return load<i32>(node, NODE_NUMBER);
}

/** The hash by which a node is found behind another one for the value between two places. */
export function hashValue(start: usize, end: usize): u32 {
  const length = end - start;
  let mixed: u64 = tailOf(start, length);
  // Paths often agree in how they begin and end.
  for (let at = start; at < end; at += 8) mixed = rotl(mixed ^ headOf(at, end - at), 29) * 0x9e3779b97f4a7c15;
  return hashRun(mixed, 0, length);
}

/** The node behind another one for a value; 0 if it is not known. */
function findNext(node: usize, start: usize, end: usize): usize {
  const length = end - start;
  if (length > MAX_VALUE_BYTES) return 0;
  const hash = hashValue(start, end);
  const slots = <usize>load<u32>(node, NODE_SLOTS);
  const mask = load<u32>(node, NODE_MASK);
  let index = hash & mask;
  while (true) {
    const slot = slots + <usize>index * SLOT_BYTES;
    const next = <usize>load<u32>(slot, SLOT_NEXT);
    if (next == 0) return 0;
    if (
      load<u32>(slot, SLOT_HASH) == hash &&
      <usize>load<u32>(slot, SLOT_LENGTH) == length &&
      isRun(<usize>load<u32>(slot, SLOT_VALUE), start, length)
    ) {
      return next;
    }
    index = (index + 1) & mask;
  }
}

/** Whether the same bytes stand at two places. */
function isRun(known: usize, start: usize, length: usize): bool {
  if (headOf(known, length) != headOf(start, length)) return false;
  for (let at: usize = 8; at < length; at += 8) {
    const from = at + 8 <= length ? at : length - 8;
    if (load<u64>(known + from) != load<u64>(start + from)) return false;
  }
  return true;
}

/**
 * Asks the scanned line about fields, of which there are `count` records at `probes`: writes the numbers of those that may hold
 * what is looked for to `target`, and gives how many these are.
 */
export function sift(probes: usize, count: i32, target: usize): i32 {
  let sifted: i32 = 0;
  for (let index: i32 = 0; index < count; index += 1) {
    const probe = probes + <usize>index * PROBE_BYTES;
    const record = places + <usize>load<u32>(probe, PROBE_PLACE) * PLACE_BYTES;
    if (load<i32>(record, PLACE_FOUND_IN) != eventNumber) continue;
    if (!mayHold(probe, record)) continue;
    store<i32>(target + ((<usize>sifted) << 2), index);
    sifted += 1;
  }
  return sifted;
}

/** Whether what was found at a place, of which this is the record, may be what a probe is for. */
export function mayHold(probe: usize, record: usize): bool {
  const start = <usize>load<u32>(record, PLACE_START);
  const end = <usize>load<u32>(record, PLACE_END);
  const kind = load<i32>(record, PLACE_KIND);
  if (kind == KIND_TEXT) return mayBe(probe, start + 1, end - 1);
  if (kind == KIND_ESCAPED_TEXT) return mayBeEscaped(probe, start + 1, end - 1);
  if (kind == KIND_ATOM) return mayBeAtom(probe, start, end);
  return kind == KIND_LIST ? mayBeInList(probe, start) : true;
}

/** Whether the text between two places may be, or have within, one that is looked for. */
function mayBe(probe: usize, start: usize, end: usize): bool {
  // Of letters beyond ASCII some become other ones when case does not matter.
  if (hasHighBytes && isBeyondAscii(start, end)) return true;
  const texts = <usize>load<u32>(probe, PROBE_TEXTS);
  if (texts != 0) {
    const bit = hashFolded(start, end) & load<u32>(probe, PROBE_TEXT_MASK);
    if (hasBit(texts, bit)) return true;
  }
  const grams = <usize>load<u32>(probe, PROBE_GRAMS);
  return grams != 0 && hasGram(grams, load<u32>(probe, PROBE_GRAM_SHIFT), start, end);
}

function mayBeEscaped(probe: usize, start: usize, end: usize): bool {
  if (end - start > MAX_UNESCAPED_BYTES) return true;
  const bytes = unescape(start, end, room);
  return bytes < 0 || mayBe(probe, room, room + <usize>bytes);
}

/** A value that is no text is looked for by the text that spells it. */
function mayBeAtom(probe: usize, start: usize, end: usize): bool {
  const first = byteAt(start);
  if (first == LOWER_N) return false;
  if (first == LOWER_T || first == LOWER_F) return mayBe(probe, start, end);
  if (first == MINUS || end - start > MAX_DIGITS) return true;
  for (let at = start; at < end; at += 1) if (byteAt(at) - ZERO > 9) return true;
  return mayBe(probe, start, end);
}

function mayBeInList(probe: usize, start: usize): bool {
  let at = skipBlanks(start + 1);
  while (byteAt(at) == QUOTE) {
    const close = skipText(at + 1);
    // Texts without an escape come out as they are.
    if (mayBeEscaped(probe, at + 1, close - 1)) return true;
    at = skipBlanks(close);
    if (byteAt(at) != COMMA) break;
    at = skipBlanks(at + 1);
  }
  return byteAt(at) != CLOSE_BRACKET;
}

function isBeyondAscii(start: usize, end: usize): bool {
  for (let at = start; at < end; at += 1) if (byteAt(at) >= 0x80) return true;
  return false;
}

/** A hash of the text between two places that is the same for all spellings with other case, as far as they are ASCII. */
export function hashFolded(start: usize, end: usize): u32 {
  const length = end - start;
  return hashRun(fold(headOf(start, length)), fold(tailOf(start, length)), length);
}

/** Makes small letters of the capitals among eight bytes of ASCII. */
function fold(bytes: u64): u64 {
  const fromA = bytes + (0x80 - <u64>UPPER_A) * EVERY_BYTE;
  const behindZ = bytes + (0x80 - <u64>UPPER_A - 26) * EVERY_BYTE;
  return bytes | (((fromA ^ behindZ) & (0x80 * EVERY_BYTE)) >> 2);
}

function hasBit(bits: usize, bit: u32): bool {
  return ((load<u8>(bits + ((<usize>bit) >> 3)) >> (<u8>(bit & 7))) & 1) != 0;
}

function hasGram(grams: usize, shift: u32, start: usize, end: usize): bool {
  let gram: u32 = 0;
  let count: i32 = 0;
  for (let at = start; at < end; at += 1) {
    const byte = byteAt(at);
    gram = (gram << 8) | (byte - UPPER_A < 26 ? byte | 0x20 : byte);
    count += 1;
    if (count >= GRAM_BYTES && hasBit(grams, (gram * GRAM_MIXER) >> shift)) return true;
  }
  return false;
}
