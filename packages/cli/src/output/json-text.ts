import type { JsonObject } from '@eqlkit/engine';
import { encodeEvent } from '@eqlkit/stream';

/** What a terminal may act upon, or what turns the order of letters; JSON itself escapes the oldest of these only. */
const ACTIVE = /[\p{C}\u2028\u2029]/gu;

/** Data as JSON for people and programs, indented, with a line break at its end. Its strings hold no control character as it is. */
export function jsonText(data: unknown): string {
  const text = JSON.stringify(data, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value), 2);
  return `${text.replace(ACTIVE, escapeCharacter)}\n`;
}

/** Data as JSON on one line, without a line break at its end; integers keep all digits, and strings hold no control character as it is. */
export function jsonLine(data: JsonObject): string {
  return encodeEvent(data).replace(ACTIVE, escapeCharacter);
}

/** Line breaks stand between members, for within a string they are escaped already. */
function escapeCharacter(character: string): string {
  if (character === '\n') return character;
  return Array.from(character.split(''), (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}
