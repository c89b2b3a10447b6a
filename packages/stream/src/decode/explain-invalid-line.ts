const ONE_PER_LINE = 'events must be one JSON object per line';

/**
 * What is wrong with a line that holds no JSON object, given its bytes, its text and the parser's own message. Knows
 * the usual wrong file formats and names the cure.
 */
export function explainInvalidLine(bytes: Buffer, text: string, parserMessage: string): string {
  if (looksLikeUtf16(bytes)) return 'the text looks like UTF-16; events must be UTF-8 (iconv -f UTF-16 -t UTF-8)';
  const trimmed = text.trim();
  if (trimmed.startsWith('[')) return `${ONE_PER_LINE}, not a JSON array (jq -c '.[]' converts it)`;
  if (trimmed === '{') return `${ONE_PER_LINE}, not spread over lines (jq -c . converts it)`;
  return parserMessage;
}

function looksLikeUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0;
}
