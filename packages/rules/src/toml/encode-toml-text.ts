import type { TomlStringPlace } from './toml-positions.js';

/** Escapes that have a letter. */
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

/**
 * Spells a piece of text for the inside of a TOML string of the given form. `null` if that form cannot hold it: a
 * literal string has no escapes.
 */
export function encodeTomlText(text: string, form: Pick<TomlStringPlace, 'style' | 'multiline'>): string | null {
  if (/\p{Surrogate}/u.test(text)) return null;
  if (form.style === 'basic') {
    // In a multi-line string tabs, line feeds and up to two quotes together stand for themselves; a quote at either end
    // could join others into a delimiter.
    const special = form.multiline
      ? /^"|"(?="")|"$|[\\\u0000-\u0008\u000b-\u001f\u007f]/gu
      : /["\\\u0000-\u001f\u007f]/gu;
    return text.replace(special, escapeCharacter);
  }
  const forbidden = form.multiline
    ? /^'|'$|'''|[\u0000-\u0008\u000b-\u001f\u007f]/u
    : /['\u0000-\u0008\u000a-\u001f\u007f]/u;
  return forbidden.test(text) ? null : text;
}

function escapeCharacter(character: string): string {
  return SHORT_ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
