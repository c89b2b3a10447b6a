import type { Span } from '@eqlkit/language';
import { parseTOML, type AST } from 'toml-eslint-parser';
import { shortenTomlStrings } from './shorten-strings.js';
import { spanOfNode, TomlPlaceTree, type TomlPlace } from './toml-place-tree.js';

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
  let places: TomlPlaceTree | undefined;
  const findPlace = (path: TomlPath): TomlPlace | null => (places ??= new TomlPlaceTree(body)).find(path);
  const shift = (span: Span): Span => ({
    start: shortened.originalOffset(span.start) + bomLength,
    end: shortened.originalOffset(span.end) + bomLength,
  });
  const spanOf = (path: TomlPath): Span => {
    for (let length = path.length; length > 0; length -= 1) {
      const place = findPlace(path.slice(0, length));
      if (place !== null) return shift(place.span);
    }
    return START;
  };
  return {
    spanOf,
    keySpanOf: (path) => {
      const key = findPlace(path)?.key ?? null;
      return key === null ? spanOf(path) : shift(key);
    },
    stringAt: (path) => {
      const value = findPlace(path)?.value ?? null;
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
