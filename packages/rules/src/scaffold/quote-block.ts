import { encodeTomlText } from '../toml/encode-toml-text.js';

/** A text of several lines as a TOML string: between `'''`, as it is, if it can stand there. */
export function quoteBlock(text: string): string {
  const literal = encodeTomlText(text, { style: 'literal', multiline: true });
  if (literal !== null) return `'''\n${literal}\n'''`;
  return `"""\n${encodeTomlText(text, { style: 'basic', multiline: true }) ?? ''}\n"""`;
}
