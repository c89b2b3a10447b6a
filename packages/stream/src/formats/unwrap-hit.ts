import { prependMembers } from './prepend-members.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

const SOURCE_KEY = Buffer.from('"_source"');

/**
 * The text of the document in an Elasticsearch hit, `{"_index":…,"_id":…,"_source":{…}}`: its source, with `_index` and
 * `_id` in front. Null for any other text. Bytes stay as they are, so that every number keeps its digits.
 */
export function unwrapHit(line: Buffer): Buffer | null {
  if (!line.includes(SOURCE_KEY)) return null;
  const members = membersOf(line);
  const source = members.get('_source')?.trim();
  if (source === undefined || !source.startsWith('{')) return null;
  const address = ['_index', '_id'].flatMap((name) => {
    const value = members.get(name);
    return value === undefined ? [] : [`"${name}":${value.trim()}`];
  });
  return prependMembers(Buffer.from(address.join(','), 'latin1'), Buffer.from(source, 'latin1'));
}

/** The members of the object that a line is, their values as text, bytes as Latin-1 characters. */
function membersOf(line: Buffer): Map<string, string> {
  const members = new Map<string, string>();
  let depth = 0;
  let key: string | null = null;
  let valueStart = -1;
  let index = 0;
  const endMember = (end: number): void => {
    if (key !== null && valueStart !== -1) members.set(key, line.toString('latin1', valueStart, end));
    key = null;
    valueStart = -1;
  };
  while (index < line.length) {
    const byte = line[index];
    if (byte === QUOTE) {
      const end = endOfString(line, index);
      if (depth === 1 && key === null) key = line.toString('latin1', index + 1, end);
      index = end + 1;
      continue;
    }
    if (byte === COLON && depth === 1 && valueStart === -1) valueStart = index + 1;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (byte === COMMA && depth === 1) endMember(index);
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth -= 1;
      if (depth === 0) endMember(index);
    }
    index += 1;
  }
  return members;
}

/** Where the string that starts at an index has its closing quote; the end of the line if it has none. */
function endOfString(line: Buffer, start: number): number {
  for (let index = start + 1; index < line.length; index++) {
    if (line[index] === BACKSLASH) index += 1;
    else if (line[index] === QUOTE) return index;
  }
  return line.length;
}
