import type { TomlStringPlace } from './toml-positions.js';

/** Where each UTF-16 unit of a decoded TOML string comes from. */
export interface TomlStringMap {
  /** Offset in the TOML text of each unit or of the escape that stands for it; one more for the end of the string. */
  readonly starts: readonly number[];
  /** Offset in the TOML text behind each unit or its escape. */
  readonly ends: readonly number[];
}

/** Walks a string of a valid TOML text, from delimiter to delimiter. */
export function mapTomlString(text: string, place: TomlStringPlace): TomlStringMap {
  const { start, end } = contentOf(text, place);
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = start; at < end;) {
    const { length, units } =
      place.style === 'basic' && text[at] === '\\' ? measureEscape(text, at) : { length: 1, units: 1 };
    for (let unit = 0; unit < units; unit += 1) {
      starts.push(at);
      ends.push(at + length);
    }
    at += length;
  }
  starts.push(end);
  return { starts, ends };
}

/** The part between the delimiters, without the newline that may follow an opening `"""` or `'''`. */
function contentOf(text: string, { span, multiline }: TomlStringPlace): { start: number; end: number } {
  if (!multiline) return { start: span.start + 1, end: span.end - 1 };
  let start = span.start + 3;
  if (text.startsWith('\r\n', start)) start += 2;
  else if (text[start] === '\n') start += 1;
  return { start, end: span.end - 3 };
}

/** How long the escape at an offset is, and how many units it stands for: none for a line-ending backslash. */
function measureEscape(text: string, at: number): { length: number; units: number } {
  switch (text.charAt(at + 1)) {
    case 'x':
      return { length: 4, units: 1 };
    case 'u':
      return { length: 6, units: 1 };
    case 'U':
      return { length: 10, units: Number.parseInt(text.slice(at + 2, at + 10), 16) > 0xffff ? 2 : 1 };
    case ' ':
    case '\t':
    case '\r':
    case '\n': {
      let end = at + 1;
      while (' \t\r\n'.includes(text.charAt(end)) && end < text.length) end += 1;
      return { length: end - at, units: 0 };
    }
    default:
      return { length: 2, units: 1 };
  }
}
