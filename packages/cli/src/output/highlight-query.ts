import { classifyTokens, type TokenClass } from '@eqlkit/language';
import { outColors } from './colors.js';

/** Colours a query, whole or in the making, for standard output; its text stays the same. */
export function highlightQuery(text: string): string {
  let shown = '';
  let at = 0;
  for (const { class: kind, span } of classifyTokens(text)) {
    shown += text.slice(at, span.start) + color(kind, text.slice(span.start, span.end));
    at = span.end;
  }
  return shown + text.slice(at);
}

function color(kind: TokenClass, text: string): string {
  switch (kind) {
    case 'keyword':
      return outColors.magenta(text);
    case 'function':
      return outColors.blue(text);
    case 'string':
      return outColors.green(text);
    case 'number':
      return outColors.cyan(text);
    case 'comment':
      return outColors.dim(text);
    case 'unclosed':
      return outColors.yellow(text);
    case 'unknown':
      return outColors.red(text);
    case 'name':
    case 'punctuation':
      return text;
  }
}
