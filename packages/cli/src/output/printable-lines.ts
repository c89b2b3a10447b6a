import { printableText } from '@eqlkit/stream';

/** Makes foreign text of several lines safe for a terminal; line breaks stay, a tab becomes two blanks. */
export function printableLines(text: string): string {
  return text
    .split(/\r\n|\r|\n/u)
    .map((line) => printableText(line.replaceAll('\t', '  ')))
    .join('\n');
}
