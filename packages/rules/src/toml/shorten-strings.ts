/** A TOML text whose long strings are short, and the way back to the places in the text itself. */
export interface ShortenedToml {
  readonly text: string;
  /** The offset in the original of an offset in `text`; neither lies within a string that was shortened. */
  readonly originalOffset: (offset: number) => number;
}

/** The longest content of a string that stays, in UTF-16 units. */
const MAX_CONTENT_LENGTH = 10_000;

/** What a string may begin with, or a comment, in which quotes mean nothing. */
const OPENING = /["'#]/gu;

/** What ends a basic string or hides its end. */
const QUOTE_OR_ESCAPE = /["\\]/gu;

/** Shortens the contents of long strings. A text that is not TOML stays as it is from its first fault on. */
export function shortenTomlStrings(text: string): ShortenedToml {
  const parts: string[] = [];
  const cuts: { readonly at: number; readonly removed: number }[] = [];
  let copied = 0;
  let length = 0;
  const copyTo = (end: number): void => {
    parts.push(text.slice(copied, end));
    length += end - copied;
    copied = end;
  };
  for (let at = nextMatch(OPENING, text, 0); at !== -1;) {
    if (text[at] === '#') {
      at = nextMatch(OPENING, text, indexOrEnd(text, '\n', at));
      continue;
    }
    const string = stringFrom(text, at);
    if (string === null) break;
    if (string.contentEnd - string.contentStart > MAX_CONTENT_LENGTH) {
      copyTo(string.contentStart);
      parts.push('x');
      length += 1;
      cuts.push({ at: length, removed: string.contentEnd - string.contentStart - 1 });
      copied = string.contentEnd;
    }
    at = nextMatch(OPENING, text, string.end);
  }
  copyTo(text.length);
  return {
    text: parts.join(''),
    originalOffset: (offset) =>
      cuts.reduce((original, { at, removed }) => (at <= offset ? original + removed : original), offset),
  };
}

interface StringPlace {
  readonly contentStart: number;
  readonly contentEnd: number;
  /** Behind the closing quotes. */
  readonly end: number;
}

/** The string that begins at an offset; `null` if it does not end. */
function stringFrom(text: string, start: number): StringPlace | null {
  const quote = text[start] ?? '';
  const triple = text.startsWith(quote.repeat(3), start);
  const closing = quote.repeat(triple ? 3 : 1);
  const contentStart = start + closing.length;
  const found = quote === '"' ? closeOfBasic(text, closing, contentStart) : text.indexOf(closing, contentStart);
  if (found === -1) return null;
  if (!triple) return { contentStart, contentEnd: found, end: found + 1 };
  // Up to two quotes may stand right before the closing three.
  let end = found + 3;
  while (end < found + 5 && text[end] === quote) end += 1;
  return { contentStart, contentEnd: end - 3, end };
}

function closeOfBasic(text: string, closing: string, from: number): number {
  let at = nextMatch(QUOTE_OR_ESCAPE, text, from);
  while (at !== -1 && !text.startsWith(closing, at))
    at = nextMatch(QUOTE_OR_ESCAPE, text, at + (text[at] === '\\' ? 2 : 1));
  return at;
}

function nextMatch(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? -1;
}

function indexOrEnd(text: string, wanted: string, from: number): number {
  const at = text.indexOf(wanted, from);
  return at === -1 ? text.length : at;
}
