/**
 * The words of a command line that is still being written, as bash would split and unquote them; the last is the one at
 * the end, empty behind a blank. Nothing is expanded and nothing is run.
 */
export function splitTyped(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote: '"' | "'" | null = null;
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (quote === null && /\s/u.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (character === quote) {
      quote = null;
    } else if (quote === null && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (character === '\\' && quote !== "'") {
      at += 1;
      // Within double quotes a backslash stands for itself before what is nothing special.
      const isKept = quote === '"' && !/["\\$`]/u.test(line.charAt(at));
      word = (word ?? '') + (isKept ? '\\' : '') + line.charAt(at);
    } else {
      word = (word ?? '') + character;
    }
  }
  return [...words, word ?? ''];
}
