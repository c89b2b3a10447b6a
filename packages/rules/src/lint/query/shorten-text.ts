/** Longest expression that a message repeats whole, in UTF-16 units. */
const SHOWN_LENGTH = 80;

/** A piece of a query for a message. */
export function shortenText(text: string): string {
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}…`;
}
