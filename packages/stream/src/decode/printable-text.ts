const UNPRINTABLE = /[\p{C}\u2028\u2029]/gu;

/**
 * Makes foreign text safe for a terminal and a log line: control, formatting and unpaired characters become `?`, and
 * text of more than `maxLength` UTF-16 units is cut with an ellipsis.
 */
export function printableText(text: string, maxLength = Number.POSITIVE_INFINITY): string {
  const short = text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
  return short.replace(UNPRINTABLE, '?');
}
