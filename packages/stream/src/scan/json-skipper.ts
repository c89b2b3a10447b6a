// Constants of this module, as imported ones would be looked up for every byte.
const TAB = 0x09;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const LOWER_A = 0x61;
const LOWER_E = 0x65;
const LOWER_F = 0x66;
const LOWER_N = 0x6e;
const LOWER_T = 0x74;
const LOWER_U = 0x75;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** For what is no JSON, or is left to a full parser: any place below zero. */
const REFUSED = -1;

/** Nesting that is scanned; a full parser is asked about anything deeper. */
const MAX_DEPTH = 100;

/** Whether a byte is `"`, `\`, a control character, or not ASCII: what the inside of a plain text does not have. */
const SPECIAL = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === QUOTE || byte === BACKSLASH || byte >= 0x80 ? 1 : 0,
);

/** Whether a byte makes an escape with the backslash before it; `u` needs four digits more. */
const ESCAPES = Uint8Array.from({ length: 256 }, (_, byte) =>
  '"\\/bfnrt'.includes(String.fromCharCode(byte)) ? 1 : 0,
);

/**
 * Skips JSON values in bytes and checks their syntax as strictly as `JSON.parse`.
 *
 * The bytes must have a line break behind their end, and three bytes more: then no method looks further. A line break
 * within is refused, as it cannot be in a line.
 */
export class JsonSkipper {
  /** Set to true by the first byte beyond ASCII. */
  hasHighBytes = false;
  private readonly closers = new Uint8Array(MAX_DEPTH);

  /** Skips the text whose opening quote is before `start`; gives the place behind the closing one, or less than 0 for no JSON. */
  skipText(view: DataView, start: number): number {
    let at = start;
    for (;;) {
      while (isPlain(view.getInt32(at, true))) at += 4;
      let byte = view.getUint8(at);
      while (SPECIAL[byte] === 0) byte = view.getUint8(++at);
      if (byte === QUOTE) return at + 1;
      if (byte >= 0x80) {
        this.hasHighBytes = true;
        at += 1;
      } else {
        if (byte !== BACKSLASH) return REFUSED;
        at = ESCAPES[view.getUint8(at + 1)] === 1 ? at + 2 : skipUnicodeEscape(view, at + 1);
        if (at < 0) return REFUSED;
      }
    }
  }

  /** Skips any value that starts at `start`; gives the place behind it, or less than 0 for no JSON. */
  skipValue(view: DataView, start: number): number {
    const byte = view.getUint8(start);
    if (byte === QUOTE) return this.skipText(view, start + 1);
    if (byte === OPEN_BRACE) return this.skipContainer(view, start + 1, CLOSE_BRACE);
    if (byte === OPEN_BRACKET) return this.skipContainer(view, start + 1, CLOSE_BRACKET);
    return skipAtom(view, start, byte);
  }

  /** Skips an object or list from behind its opening bracket. */
  private skipContainer(view: DataView, start: number, closer: number): number {
    const { closers } = this;
    let depth = 0;
    let expected = closer;
    closers[0] = closer;
    let at = skipBlanks(view, start);
    let byte = view.getUint8(at);
    // Only right behind an opening bracket may the closing one come instead of a value.
    let mayClose = true;
    for (;;) {
      if (!mayClose || byte !== expected) {
        if (expected === CLOSE_BRACE) {
          at = this.skipKey(view, at, byte);
          if (at < 0) return REFUSED;
          byte = view.getUint8(at);
        }
        if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
          depth += 1;
          if (depth >= MAX_DEPTH) return REFUSED;
          expected = byte === OPEN_BRACE ? CLOSE_BRACE : CLOSE_BRACKET;
          closers[depth] = expected;
          byte = view.getUint8(++at);
          if (byte <= SPACE) byte = view.getUint8((at = skipBlanks(view, at)));
          mayClose = true;
          continue;
        }
        at = byte === QUOTE ? this.skipText(view, at + 1) : skipAtom(view, at, byte);
        if (at < 0) return REFUSED;
        byte = view.getUint8(at);
        if (byte <= SPACE) byte = view.getUint8((at = skipBlanks(view, at)));
      }
      // Behind a value: brackets close until a comma brings the next one.
      while (byte === expected) {
        at += 1;
        depth -= 1;
        if (depth < 0) return at;
        expected = closers[depth] ?? 0;
        byte = view.getUint8(at);
        if (byte <= SPACE) byte = view.getUint8((at = skipBlanks(view, at)));
      }
      if (byte !== COMMA) return REFUSED;
      byte = view.getUint8(++at);
      if (byte <= SPACE) byte = view.getUint8((at = skipBlanks(view, at)));
      mayClose = false;
    }
  }

  /** Skips a key, its colon and the blanks around it. */
  private skipKey(view: DataView, start: number, byte: number): number {
    if (byte !== QUOTE) return REFUSED;
    let at = this.skipText(view, start + 1);
    if (at < 0) return REFUSED;
    if (view.getUint8(at) !== COLON) at = skipBlanks(view, at);
    if (view.getUint8(at) !== COLON) return REFUSED;
    return view.getUint8(at + 1) <= SPACE ? skipBlanks(view, at + 1) : at + 1;
  }
}

/** Whether none of the four bytes of a word is special: each term sets the top bit of a byte that is. */
function isPlain(word: number): boolean {
  const quotes = word ^ 0x22222222;
  const backslashes = word ^ 0x5c5c5c5c;
  const special =
    ((quotes - 0x01010101) & ~quotes) |
    ((backslashes - 0x01010101) & ~backslashes) |
    ((word - 0x20202020) & ~word) |
    word;
  return (special & 0x80808080) === 0;
}

/** Skips the `u` behind a backslash and its four digits. */
function skipUnicodeEscape(view: DataView, start: number): number {
  if (view.getUint8(start) !== LOWER_U) return REFUSED;
  for (let at = start + 1; at <= start + 4; at += 1) if (!isHexDigit(view.getUint8(at))) return REFUSED;
  return start + 5;
}

function isHexDigit(byte: number): boolean {
  const lower = byte | 0x20;
  return isDigit(byte) || (lower >= LOWER_A && lower <= LOWER_F);
}

/** Skips blanks, but no line break. */
export function skipBlanks(view: DataView, start: number): number {
  let at = start;
  for (;;) {
    const byte = view.getUint8(at);
    if (byte > SPACE || (byte !== SPACE && byte !== TAB && byte !== CARRIAGE_RETURN)) return at;
    at += 1;
  }
}

const TRUE = Buffer.from('true');
const FALSE = Buffer.from('false');
const NULL = Buffer.from('null');

/** Skips a number, `true`, `false` or `null` that starts with `byte`. */
function skipAtom(view: DataView, start: number, byte: number): number {
  if (byte === LOWER_T) return skipWord(view, start, TRUE);
  if (byte === LOWER_F) return skipWord(view, start, FALSE);
  if (byte === LOWER_N) return skipWord(view, start, NULL);
  return skipNumber(view, start);
}

function skipWord(view: DataView, start: number, word: Uint8Array): number {
  for (let index = 0; index < word.length; index += 1) {
    if (view.getUint8(start + index) !== word[index]) return REFUSED;
  }
  return start + word.length;
}

/** Skips a number; one with leading zeros, without digits before or behind its point, or in its exponent is none. */
function skipNumber(view: DataView, start: number): number {
  const first = view.getUint8(start) === MINUS ? start + 1 : start;
  let at = view.getUint8(first) === ZERO ? first + 1 : skipDigits(view, first);
  if (at >= 0 && view.getUint8(at) === POINT) at = skipDigits(view, at + 1);
  if (at === REFUSED || (view.getUint8(at) | 0x20) !== LOWER_E) return at;
  const sign = view.getUint8(at + 1);
  return skipDigits(view, sign === PLUS || sign === MINUS ? at + 2 : at + 1);
}

function skipDigits(view: DataView, start: number): number {
  let at = start;
  while (isDigit(view.getUint8(at))) at += 1;
  return at === start ? REFUSED : at;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}
