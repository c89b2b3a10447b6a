/** How much of a text a message repeats, in UTF-16 units. */
const SHOWN_LENGTH = 80;

/** A text of a rule file between quotes, cut short if it is long, for a message. */
export function quoteText(text: string): string {
  return JSON.stringify(text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}…`);
}
