/** Characters of the shortest part that an index looks for. */
export const GRAM_LENGTH = 4;

/** `GRAM_LENGTH` ASCII characters as one 32-bit number. */
export type Gram = number;

/** The grams of a text, one for each place where one begins. */
export function gramsOf(text: string): readonly Gram[] {
  const grams: Gram[] = [];
  let gram = 0;
  for (let end = 0; end < text.length; end += 1) {
    gram = addToGram(gram, text.charCodeAt(end));
    if (end >= GRAM_LENGTH - 1) grams.push(gram);
  }
  return grams;
}

/** Moves a gram on by a character. */
export function addToGram(gram: Gram, code: number): Gram {
  return (gram << 8) | (code & 0xff);
}
