import type { Scalar } from '../values/value.js';
import { parseTimestamp, type Timestamp } from './timestamp.js';

/** Named formats of Elasticsearch that `parseTimestamp` covers. */
const ISO_FORMATS =
  /^(?:strict_)?(?:date_optional_time(?:_nanos)?|date_time(?:_no_millis)?|date_hour_minute_second(?:_millis|_fraction)?|date|year_month_day|iso8601)$/u;

interface CompiledFormat {
  readonly regex: RegExp;
  readonly letters: readonly string[];
}

const compiled = new Map<string, CompiledFormat | null>();

/**
 * Reads a date that a document holds, by the formats of its mapping in turn. Without formats, those of
 * `parseTimestamp`. Understands Elasticsearch's ISO formats, `epoch_millis`, `epoch_second`, and patterns of the
 * letters y, M, d, H, m, s, S and X with literal text between them. Null if no format fits.
 */
export function parseFormattedDate(
  value: Exclude<Scalar, boolean>,
  formats: readonly string[] | undefined,
): Timestamp | null {
  if (formats === undefined) return parseTimestamp(value);
  for (const format of formats) {
    const timestamp = parseByFormat(value, format);
    if (timestamp !== null) return timestamp;
  }
  return null;
}

function parseByFormat(value: Exclude<Scalar, boolean>, format: string): Timestamp | null {
  const text = String(value);
  if (format === 'epoch_millis') return /^-?\d+(?:\.\d+)?$/u.test(text) ? parseTimestamp(Number(text)) : null;
  if (format === 'epoch_second') return /^-?\d+(?:\.\d+)?$/u.test(text) ? parseTimestamp(Number(text) * 1000) : null;
  if (ISO_FORMATS.test(format)) return typeof value === 'string' ? parseTimestamp(value) : null;
  const pattern = compileFormat(format);
  const match = pattern?.regex.exec(text);
  return pattern === null || match === null || match === undefined ? null : assemble(pattern.letters, match);
}

function compileFormat(format: string): CompiledFormat | null {
  const known = compiled.get(format);
  if (known !== undefined) return known;
  const letters: string[] = [];
  let source = '';
  for (const [part, letter = '', quoted] of format.matchAll(/([A-Za-z])\1*|'((?:[^']|'')*)'|[^A-Za-z']/gu)) {
    if (letter !== '' && 'yuMdHmsSX'.includes(letter)) {
      letters.push(letter);
      source +=
        letter === 'X' ? '(Z|[+-]\\d{2}(?::?\\d{2})?)' : `(\\d{${part.length}${part.length === 1 ? ',2' : ''}})`;
    } else {
      source += escapeText(quoted ?? part);
    }
  }
  const result = letters.length === 0 ? null : { regex: new RegExp(`^${source}$`, 'u'), letters };
  compiled.set(format, result);
  return result;
}

function escapeText(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}

/** Writes the parts of a date in ISO form and reads that. */
function assemble(letters: readonly string[], match: RegExpExecArray): Timestamp | null {
  const part = (letter: string, missing: string): string => {
    const index = letters.findIndex((candidate) => candidate === letter || (letter === 'y' && candidate === 'u'));
    return index === -1 ? missing : (match[index + 1] ?? missing);
  };
  const date = `${part('y', '1970').padStart(4, '0')}-${part('M', '01').padStart(2, '0')}-${part('d', '01').padStart(2, '0')}`;
  const time = `${part('H', '00').padStart(2, '0')}:${part('m', '00').padStart(2, '0')}:${part('s', '00').padStart(2, '0')}`;
  return parseTimestamp(`${date}T${time}.${part('S', '0')}${part('X', 'Z')}`);
}
