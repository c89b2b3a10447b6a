import { encodeTomlText } from './encode-toml-text.js';
import type { TomlStringPlace } from './toml-positions.js';

type TomlStringForm = Pick<TomlStringPlace, 'style' | 'multiline'>;

/**
 * Writes a query as a TOML string, in the form that the file has it in if that can hold it: a query of several lines
 * needs a multi-line string, and a literal one cannot hold everything. In a multi-line string the query begins and ends
 * on lines of its own.
 *
 * @param newline - The line break of the file.
 */
export function writeTomlQuery(query: string, form: TomlStringForm, newline: string): string {
  const multiline = form.multiline || query.includes('\n');
  const style = multiline && !form.multiline ? 'literal' : form.style;
  const written = writeString(query, { style, multiline }, newline);
  return written ?? writeString(query, { style: 'basic', multiline }, newline) ?? fail();
}

function writeString(query: string, form: TomlStringForm, newline: string): string | null {
  const encoded = encodeTomlText(form.multiline ? `\n${query}\n` : query, form);
  if (encoded === null) return null;
  const quote = form.style === 'basic' ? '"' : "'";
  const delimiter = form.multiline ? quote.repeat(3) : quote;
  return delimiter + (newline === '\n' ? encoded : encoded.replaceAll('\n', newline)) + delimiter;
}

function fail(): never {
  throw new Error('The query holds half a surrogate pair, which no TOML file can have given it.');
}
