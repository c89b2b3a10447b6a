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
  const lineEnd = findLineEnd(text, start);
  const close = text.indexOf('"""', start + 3);
  if (close === -1 || close + 3 > lineEnd) return { end: lineEnd, closed: false };
  let end = close + 3;
  for (let extra = 0; extra < 2 && text.charAt(end) === '"'; extra += 1) end += 1;
  return { end, closed: true };
}

/** A string without escapes between `quote`s, for `?"…"`. */
export function scanUnescaped(text: string, start: number, quote: string): { end: number; closed: boolean } {
  const lineEnd = findLineEnd(text, start);
  const close = text.indexOf(quote, start + 1);
  if (close === -1 || close >= lineEnd) return { end: lineEnd, closed: false };
  return { end: close + 1, closed: true };
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

function findLineEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) if (isLineBreak(text.charAt(at))) return at;
  return text.length;
}
