/**
 * Finds the lines of a piece of a file and, in each, the timestamp that orders it, as far as lines are written in the usual
 * way. Written in AssemblyScript, and compiled to WebAssembly by `scripts/build-assembly.js`.
 *
 * The memory belongs to `src/order/line-looker.ts`, which says what stands where. Vectors may reach beyond what is looked at.
 */

// Bytes.
const TAB: u32 = 0x09;
const LINE_BREAK: u32 = 0x0a;
const CARRIAGE_RETURN: u32 = 0x0d;
const SPACE: u32 = 0x20;
const QUOTE: u32 = 0x22;
const MINUS: u32 = 0x2d;
const POINT: u32 = 0x2e;
const ZERO: u32 = 0x30;
const COLON: u32 = 0x3a;
const UPPER_T: u32 = 0x54;
const UPPER_Z: u32 = 0x5a;
const BACKSLASH: u32 = 0x5c;
const LOWER_U: u32 = 0x75;

/** Where parts of `2024-05-31T12:34:56` begin. */
const MONTH: usize = 5;
const DAY: usize = 8;
const HOUR: usize = 11;
const MINUTE: usize = 14;
const SECOND: usize = 17;
const SECOND_LENGTH: usize = 19;

const MS_PER_DAY: i64 = 86_400_000;

/** Bytes that are compared at a time. */
const VECTOR_BYTES: usize = 16;

/** What is no number of two digits. */
const NO_NUMBER: u32 = 0xffff;

/** Address of the key, with the quote behind it but without the one in front. */
let key: usize = 0;
let keyLength: usize = 0;
/** Whether only `\u00` could hide a key, and no other `\u`. */
let isPlain: bool = false;
/** Whether a line of the same time as the one before may belong before it. */
let isStrict: bool = false;
let maxLineBytes: usize = 0;
let maxLines: i32 = 0;
/** Addresses of what is found of lines: their time in milliseconds and nanoseconds, their offset in the file, and their bytes. */
let milliseconds: usize = 0;
let nanoseconds: usize = 0;
let offsets: usize = 0;
let sizes: usize = 0;

/** What was found by the latest look. */
let stop: usize = 0;
let ordered: i32 = 0;
let withNanoseconds: bool = false;

/** The second that was read last, its first 16 bytes and its last 4, and what it is. */
let secondHead: v128 = i64x2.splat(0);
let secondTail: u32 = 0;
let secondMs: i64 = 0;

/** The time that `readInstant` has read. */
let instantMs: i64 = 0;
let instantNs: u32 = 0;

/** Says what is looked for, and where what is found goes, of `lines` lines at most. */
export function setUp(
  keyAt: usize,
  keyBytes: usize,
  plain: bool,
  strict: bool,
  lineBytes: usize,
  lines: i32,
  millisecondsAt: usize,
  nanosecondsAt: usize,
  offsetsAt: usize,
  sizesAt: usize,
): void {
  key = keyAt;
  keyLength = keyBytes;
  isPlain = plain;
  isStrict = strict;
  maxLineBytes = lineBytes;
  maxLines = lines;
  milliseconds = millisecondsAt;
  nanoseconds = nanosecondsAt;
  offsets = offsetsAt;
  sizes = sizesAt;
}

/** Where the latest look has stopped: where the line behind those that it found begins. */
export function stoppedAt(): usize {
  return stop;
}

/** How many of the lines that were found come before the first that is earlier than the one before it. */
export function orderedLines(): i32 {
  return ordered;
}

/** Whether any line that was found has nanoseconds beyond its milliseconds. */
export function hasNanoseconds(): bool {
  return withNanoseconds;
}

/**
 * Looks at the lines from `start`, where one begins, to `end`; `offset` is the place of `start` in the file. Stops before the first
 * line that does not end there, that is too long, or of which the timestamp cannot be told here. Gives how many there are before that.
 */
export function look(start: usize, end: usize, offset: f64): i32 {
  stop = start;
  ordered = 0;
  withNanoseconds = false;
  const first = i8x16.splat(load<u8>(key));
  const last = i8x16.splat(<u8>QUOTE);
  const lineBreak = i8x16.splat(<u8>LINE_BREAK);
  const backslash = i8x16.splat(<u8>BACKSLASH);
  const lowerU = i8x16.splat(<u8>LOWER_U);
  const toLast = keyLength - 1;
  let count = 0;
  let lineStart = start;
  /** Behind the key, once it was met in the line. */
  let keyEnd: usize = 0;
  for (let at = start; at < end; at += 2 * VECTOR_BYTES) {
    // Two vectors for one branch. Of a line break one byte tells, of the key its first and last, of an escape its first two.
    const bytes = v128.load(at);
    const hits = v128.or(
      v128.or(i8x16.eq(bytes, lineBreak), v128.and(i8x16.eq(bytes, first), i8x16.eq(v128.load(at + toLast), last))),
      v128.and(i8x16.eq(bytes, backslash), i8x16.eq(v128.load(at, 1), lowerU)),
    );
    const nextBytes = v128.load(at, VECTOR_BYTES);
    const nextHits = v128.or(
      v128.or(
        i8x16.eq(nextBytes, lineBreak),
        v128.and(i8x16.eq(nextBytes, first), i8x16.eq(v128.load(at + toLast, VECTOR_BYTES), last)),
      ),
      v128.and(i8x16.eq(nextBytes, backslash), i8x16.eq(v128.load(at, VECTOR_BYTES + 1), lowerU)),
    );
    if (!v128.any_true(v128.or(hits, nextHits))) continue;
    let mask: u32 = i8x16.bitmask(hits) | (i8x16.bitmask(nextHits) << 16);
    for (; mask != 0; mask &= mask - 1) {
      const place = at + ctz(mask);
      const byte = byteAt(place);
      if (byte == LINE_BREAK) {
        if (place >= end) return count;
        const lineEnd = place > lineStart && byteAt(place - 1) == CARRIAGE_RETURN ? place - 1 : place;
        if (lineEnd - lineStart > maxLineBytes || keyEnd == 0 || !readInstant(keyEnd)) return count;
        note(count, offset + <f64>(lineStart - start), <u32>(lineEnd - lineStart));
        count += 1;
        lineStart = place + 1;
        stop = lineStart;
        keyEnd = 0;
        if (count == maxLines) return count;
      } else if (byte == BACKSLASH) {
        // It may spell another key.
        if (!isPlain || (byteAt(place + 2) == ZERO && byteAt(place + 3) == ZERO)) return count;
      } else if (isKey(place)) {
        if (keyEnd != 0 || place == lineStart || byteAt(place - 1) != QUOTE) return count;
        keyEnd = place + keyLength;
      }
    }
  }
  return count;
}

/** Notes a line that has the time that was read last. */
function note(line: i32, offset: f64, bytes: u32): void {
  const atWord = (<usize>line) << 2;
  const atLong = (<usize>line) << 3;
  const ms = <f64>instantMs;
  store<f64>(milliseconds + atLong, ms);
  store<u32>(nanoseconds + atWord, instantNs);
  store<f64>(offsets + atLong, offset);
  store<u32>(sizes + atWord, bytes);
  if (instantNs != 0) withNanoseconds = true;
  if (ordered < line) return;
  if (line > 0) {
    const msBefore = load<f64>(milliseconds + atLong - 8);
    const nsBefore = load<u32>(nanoseconds + atWord - 4);
    if (ms < msBefore || (ms == msBefore && (instantNs < nsBefore || (instantNs == nsBefore && isStrict)))) return;
  }
  ordered = line + 1;
}

function byteAt(at: usize): u32 {
  return load<u8>(at);
}

/** Whether the key stands at a place. The first byte was compared already. */
function isKey(at: usize): bool {
  for (let index: usize = 1; index < keyLength; index += 1) if (byteAt(at + index) != byteAt(key + index)) return false;
  return true;
}

function skipBlanks(start: usize): usize {
  let at = start;
  while (byteAt(at) == SPACE || byteAt(at) == TAB) at += 1;
  return at;
}

/** Reads what follows a key, if it is a text like `2024-05-31T12:34:56.789Z` with none or up to nine digits of a fraction. */
function readInstant(afterKey: usize): bool {
  const colon = skipBlanks(afterKey);
  if (byteAt(colon) != COLON) return false;
  const quote = skipBlanks(colon + 1);
  if (byteAt(quote) != QUOTE) return false;
  const start = quote + 1;
  if (!isInSameSecond(start) && !readSecond(start)) return false;
  let at = start + SECOND_LENGTH;
  let fraction: u32 = 0;
  if (byteAt(at) == POINT) {
    at += 1;
    const firstDigit = at;
    for (let unit: u32 = 100_000_000; unit >= 1 && isDigit(byteAt(at)); unit /= 10) {
      fraction += (byteAt(at) - ZERO) * unit;
      at += 1;
    }
    if (at == firstDigit) return false;
  }
  if (byteAt(at) != UPPER_Z || byteAt(at + 1) != QUOTE) return false;
  instantMs = secondMs + <i64>(fraction / 1_000_000);
  instantNs = fraction % 1_000_000;
  return true;
}

/** Of many lines in a row, most have a time in the same second. */
function isInSameSecond(start: usize): bool {
  if (load<u32>(start + SECOND_LENGTH - 4) != secondTail) return false;
  return i8x16.all_true(i8x16.eq(v128.load(start), secondHead));
}

/** Reads `2024-05-31T12:34:56` with a year from 100 on; false for anything else. */
function readSecond(start: usize): bool {
  if (
    byteAt(start + MONTH - 1) != MINUS ||
    byteAt(start + DAY - 1) != MINUS ||
    byteAt(start + HOUR - 1) != UPPER_T ||
    byteAt(start + MINUTE - 1) != COLON ||
    byteAt(start + SECOND - 1) != COLON
  ) {
    return false;
  }
  const century = readTwoDigits(start);
  const yearOfCentury = readTwoDigits(start + 2);
  const month = readTwoDigits(start + MONTH);
  const day = readTwoDigits(start + DAY);
  const hour = readTwoDigits(start + HOUR);
  const minute = readTwoDigits(start + MINUTE);
  const second = readTwoDigits(start + SECOND);
  if (century == 0 || century > 99 || yearOfCentury > 99) return false;
  const year = century * 100 + yearOfCentury;
  if (month == 0 || month > 12 || day == 0 || day > daysInMonth(year, month)) return false;
  if (hour > 23 || minute > 59 || second > 59) return false;
  secondMs = <i64>daysSinceEpoch(year, month, day) * MS_PER_DAY + <i64>((hour * 60 + minute) * 60 + second) * 1000;
  secondHead = v128.load(start);
  secondTail = load<u32>(start + SECOND_LENGTH - 4);
  return true;
}

function isDigit(byte: u32): bool {
  return byte - ZERO <= 9;
}

function readTwoDigits(start: usize): u32 {
  const tens = byteAt(start) - ZERO;
  const units = byteAt(start + 1) - ZERO;
  return tens <= 9 && units <= 9 ? tens * 10 + units : NO_NUMBER;
}

function isLeapYear(year: u32): bool {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

function daysInMonth(year: u32, month: u32): u32 {
  if (month == 2) return isLeapYear(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/** Days since 1970-01-01, by years that begin in March: a leap day then is the last of its year. */
function daysSinceEpoch(year: u32, month: u32, day: u32): i32 {
  const marchYear = month > 2 ? year : year - 1;
  const monthFromMarch = month > 2 ? month - 3 : month + 9;
  const dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
  const leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400;
  return <i32>(marchYear * 365 + leapDays + dayOfYear) - 719_468;
}
