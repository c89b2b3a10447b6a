const ONE_PER_LINE = 'events must be one JSON object per line';

/**
 * What is wrong with a line that holds no JSON object, given its bytes, its text and the parser's own message. Knows
 * the usual wrong file formats and names the cure.
 */
export function explainInvalidLine(bytes: Buffer, text: string, parserMessage: string): string {
  if (looksLikeUtf16(bytes)) return 'the text looks like UTF-16; events must be UTF-8 (iconv -f UTF-16 -t UTF-8)';
  const trimmed = text.trim();
  if (trimmed.startsWith('[')) return `${ONE_PER_LINE}, not a JSON array`;
  if (bytes.includes(0)) return `${ONE_PER_LINE}, not binary data`;
  if (trimmed === '{') return `${ONE_PER_LINE}, not spread over lines (jq -c . converts it)`;
  // The parser's words tell little about a line that is no object at all.
  return trimmed.startsWith('{')
    ? parserMessage
    : `${ONE_PER_LINE}, and this line begins with ${JSON.stringify(trimmed.slice(0, 20))}`;
}

/**
 * A byte-order mark, or every other byte of the beginning zero and those between them text: a line of UTF-16 may begin with
 * the second half of LF. Binary data has such zeros, too, but between them what no text has.
 */
function looksLikeUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const start = bytes.subarray(0, 32);
  if (start.length <= 3) return false;
  const halves = [start.filter((_, index) => index % 2 === 0), start.filter((_, index) => index % 2 === 1)];
  return halves.some((high, place) => {
    const low = halves[1 - place] ?? high;
    const zeros = high.filter((byte) => byte === 0).length;
    return zeros * 1.25 > high.length && low.filter((byte) => !isTextByte(byte)).length <= 1;
  });
}

function isTextByte(byte: number): boolean {
  return byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
