import type { Span } from '@eqlkit/language';
import { parseTOML, type AST } from 'toml-eslint-parser';
import { shortenTomlStrings } from './shorten-strings.js';

/** The way to a value: names of keys and positions in lists. */
export type TomlPath = readonly (string | number)[];

/** A string value in a TOML text. */
export interface TomlStringPlace {
  /** With its delimiters. */
  readonly span: Span;
  readonly style: 'basic' | 'literal';
  readonly multiline: boolean;
}

/** Where the values of a TOML text stand. */
export interface TomlPositions {
  /** The value at a path, or the key that names a table; failing that, the nearest thing around it. */
  readonly spanOf: (path: TomlPath) => Span;
  /** The last part of the key or header that names what is at a path; where there is none, as `spanOf`. */
  readonly keySpanOf: (path: TomlPath) => Span;
  /** The string at a path, or `null` if there is none. */
  readonly stringAt: (path: TomlPath) => TomlStringPlace | null;
  /** The comments of the file itself; those inside a query are text to TOML. */
  readonly comments: readonly { readonly span: Span }[];
}

/** A value or table header, and what it is. */
interface Place {
  readonly span: Span;
  readonly value: AST.TOMLContentNode | null;
  /** The key that ends at the path; an item of a list has none. */
  readonly key: Span | null;
}

const START: Span = { start: 0, end: 0 };

/**
 * Finds places in a TOML text. This parses the text a second time, so make one only when something has to be pointed
 * at. Where the parser that knows positions refuses the text, every place is its start.
 */
export function createTomlPositions(text: string): TomlPositions {
  const bomLength = text.startsWith('\ufeff') ? 1 : 0;
  // The parser overflows the stack at a string of some 125,000 characters.
  const shortened = shortenTomlStrings(text.slice(bomLength));
  const { body, comments } = parseBody(shortened.text);
  const shift = (span: Span): Span => ({
    start: shortened.originalOffset(span.start) + bomLength,
    end: shortened.originalOffset(span.end) + bomLength,
  });
  const spanOf = (path: TomlPath): Span => {
    for (let length = path.length; length > 0; length -= 1) {
      const place = findInBody(body, path.slice(0, length));
      if (place !== null) return shift(place.span);
    }
    return START;
  };
  return {
    spanOf,
    keySpanOf: (path) => {
      const key = findInBody(body, path)?.key ?? null;
      return key === null ? spanOf(path) : shift(key);
    },
    stringAt: (path) => {
      const value = findInBody(body, path)?.value ?? null;
      if (value?.type !== 'TOMLValue' || value.kind !== 'string') return null;
      return { span: shift(spanOfNode(value)), style: value.style, multiline: value.multiline };
    },
    comments: comments.map((comment) => ({ span: shift(spanOfNode(comment)) })),
  };
}

function parseBody(text: string): Pick<AST.TOMLProgram, 'comments'> & Pick<AST.TOMLTopLevelTable, 'body'> {
  try {
    // The parser trips over this one key; a name of the same length keeps every position.
    const program = parseTOML(text.replaceAll('__proto__', '__pr0to__'), { tomlVersion: '1.1' });
    return { body: program.body[0].body, comments: program.comments };
  } catch {
    return { body: [], comments: [] };
  }
}

function findInBody(body: AST.TOMLTopLevelTable['body'], path: TomlPath): Place | null {
  let header: Place | null = null;
  for (const node of body) {
    if (node.type === 'TOMLKeyValue') {
      const found = findInKeyValue(node, path);
      if (isValue(found)) return found;
      header ??= found;
    } else if (startsWith(path, node.resolvedKey)) {
      const rest = path.slice(node.resolvedKey.length);
      if (rest.length === 0) return placeOfKey(node.key);
      const found = findInKeyValues(node.body, rest);
      if (isValue(found)) return found;
      header ??= found;
    } else if (startsWith(node.resolvedKey, path)) {
      header ??= placeOfKey(node.key);
    }
  }
  return header;
}

function findInKeyValues(nodes: readonly AST.TOMLKeyValue[], path: TomlPath): Place | null {
  let header: Place | null = null;
  for (const node of nodes) {
    const found = findInKeyValue(node, path);
    if (isValue(found)) return found;
    header ??= found;
  }
  return header;
}

/** The value at a path, or the dotted key that opens a table at it (with `value` null). */
function findInKeyValue(node: AST.TOMLKeyValue, path: TomlPath): Place | null {
  const keys = node.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value));
  if (path.length === keys.length && startsWith(path, keys)) {
    return { ...placeOfKey(node.key), span: spanOfNode(node.value), value: node.value };
  }
  if (startsWith(path, keys)) return findInValue(node.value, path.slice(keys.length));
  return startsWith(keys, path) ? placeOfKey(node.key) : null;
}

/** A table that a key or a header opens, seen at that key. */
function placeOfKey(key: AST.TOMLKey): Place {
  const last = key.keys.at(-1);
  return { span: spanOfNode(key), value: null, key: last === undefined ? null : spanOfNode(last) };
}

function findInValue(node: AST.TOMLContentNode, path: TomlPath): Place | null {
  const [first] = path;
  if (first === undefined) return { span: spanOfNode(node), value: node, key: null };
  if (node.type === 'TOMLInlineTable') return findInKeyValues(node.body, path);
  if (node.type !== 'TOMLArray' || typeof first !== 'number') return null;
  const element = node.elements[first];
  return element === undefined ? null : findInValue(element, path.slice(1));
}

function isValue(place: Place | null): place is Place {
  return place !== null && place.value !== null;
}

function startsWith(path: TomlPath, prefix: TomlPath): boolean {
  return prefix.length <= path.length && prefix.every((part, index) => part === path[index]);
}

function spanOfNode(node: { readonly range: readonly [number, number] }): Span {
  return { start: node.range[0], end: node.range[1] };
}
