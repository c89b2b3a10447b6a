/**
 * How two texts are made comparable without regard to case.
 *
 * - `none`: not at all.
 * - `ascii`: only A to Z become a to z; what Elasticsearch does for case-insensitive terms on fields.
 * - `unicode`: every letter is lower-cased, independent of any language; for function results and for `~` functions.
 */
export type CaseFolding = 'none' | 'ascii' | 'unicode';

const NON_ASCII = /[^\0-\x7f]/u;
const ASCII_CAPITALS = /[A-Z]+/gu;

/**
 * Folds a text for comparison. The result always has as many UTF-16 units as the text, so a position found in the
 * folded text is a position in the original.
 */
export function foldCase(text: string, folding: CaseFolding): string {
  switch (folding) {
    case 'none':
      return text;
    case 'ascii':
      return foldAscii(text);
    case 'unicode':
      return foldUnicode(text);
  }
}

function foldAscii(text: string): string {
  const lower = text.toLowerCase();
  if (lower === text || !NON_ASCII.test(text)) return lower;
  return text.replace(ASCII_CAPITALS, (capitals) => capitals.toLowerCase());
}

/**
 * Two letters do not lower-case on their own terms: a dotted capital I becomes two characters, and a capital sigma
 * depends on what follows it. Both are folded to one fixed letter, else a pattern and the text it is part of differ.
 */
function foldUnicode(text: string): string {
  let lower = text.toLowerCase();
  if (lower.length !== text.length) lower = text.replaceAll('\u0130', 'i').toLowerCase();
  return lower.includes('\u03c2') ? lower.replaceAll('\u03c2', '\u03c3') : lower;
}
