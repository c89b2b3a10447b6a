/*
 * Scanners for the tokens that regular expressions read badly: strings and comments may be megabytes long, and block
 * comments nest. Each returns the offset behind the token, or -1 if no such token begins at `start`.
 */

/** A quoted string on one line, without its end if the line ends first. `\` takes the next character with it. */
export function scanQuoted(text: string, start: number, quote: string): { end: number; closed: boolean } {
  let at = start + 1;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === quote) return { end: at + 1, closed: true };
    if (char === '\n' || char === '\r') break;
    at += char === '\\' && at + 1 < text.length && !isLineBreak(text.charAt(at + 1)) ? 2 : 1;
  }
  return { end: at, closed: false };
}

/** A raw string `"""…"""` on one line. Up to two further quotes right before the end belong to the content. */
export function scanRawString(text: string, start: number): { end: number; closed: boolean } {
  const close = text.indexOf('"""', start + 3);
  const broken = findLineBreak(text, start, close);
  if (broken !== -1) return { end: broken, closed: false };
  if (close === -1) return { end: text.length, closed: false };
  let end = close + 3;
  for (let extra = 0; extra < 2 && text.charAt(end) === '"'; extra += 1) end += 1;
  return { end, closed: true };
}

/** A string without escapes between `quote`s, for `?"…"`. */
export function scanUnescaped(text: string, start: number, quote: string): { end: number; closed: boolean } {
  const close = text.indexOf(quote, start + 1);
  const broken = findLineBreak(text, start, close);
  if (broken !== -1) return { end: broken, closed: false };
  return close === -1 ? { end: text.length, closed: false } : { end: close + 1, closed: true };
}

/** A block comment; inner ones nest. */
export function scanBlockComment(text: string, start: number): { end: number; closed: boolean } {
  let depth = 1;
  let at = start + 2;
  let nextOpen = text.indexOf('/*', at);
  let nextClose = text.indexOf('*/', at);
  while (nextClose !== -1) {
    if (nextOpen !== -1 && nextOpen < nextClose) {
      depth += 1;
      at = nextOpen + 2;
      nextOpen = text.indexOf('/*', at);
      if (nextClose < at) nextClose = text.indexOf('*/', at);
    } else {
      depth -= 1;
      at = nextClose + 2;
      if (depth === 0) return { end: at, closed: true };
      nextClose = text.indexOf('*/', at);
      if (nextOpen !== -1 && nextOpen < at) nextOpen = text.indexOf('/*', at);
    }
  }
  return { end: text.length, closed: false };
}

function isLineBreak(char: string): boolean {
  return char === '\n' || char === '\r';
}

/** The first line break before `end`, or before the end of the text if that is -1; -1 if there is none. */
function findLineBreak(text: string, start: number, end: number): number {
  // Not to the end of the line: a megabyte of short strings on one line would be read over and over.
  const limit = end === -1 ? text.length : end;
  for (let at = start; at < limit; at += 1) if (isLineBreak(text.charAt(at))) return at;
  return -1;
}
