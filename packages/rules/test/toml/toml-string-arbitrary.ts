import fc from 'fast-check';

/** A TOML string written by hand, so to say, with where each unit of its decoded text stands in it. */
export interface WrittenTomlString {
  readonly source: string;
  readonly decoded: string;
  /** Offsets into the source, one for each UTF-16 unit of the decoded text. */
  readonly starts: readonly number[];
}

interface Piece {
  readonly source: string;
  readonly decoded: string;
  /** Offset in the piece's source of the part that stands for the text. */
  readonly textAt?: number;
}

const raw = (text: string): Piece => ({ source: text, decoded: text });
const visible = fc.constantFrom('a', 'Z', '=', 'ß', '漢', '😀', '#').map(raw);
const blank = fc.constantFrom(' ', '\t').map(raw);
const newline = fc.constantFrom('\n', '\r\n').map(raw);

const escape = fc.constantFrom<Piece>(
  { source: '\\"', decoded: '"' },
  { source: '\\\\', decoded: '\\' },
  { source: '\\n', decoded: '\n' },
  { source: '\\r', decoded: '\r' },
  { source: '\\t', decoded: '\t' },
  { source: '\\b', decoded: '\b' },
  { source: '\\f', decoded: '\f' },
  { source: '\\e', decoded: '\u001b' },
  { source: '\\x41', decoded: 'A' },
  { source: '\\u00e9', decoded: 'é' },
  { source: '\\U00006F22', decoded: '漢' },
  { source: '\\U0001F600', decoded: '😀' },
);

/** A line-ending backslash swallows all white space that follows, so a visible character ends it. */
const lineEnd = fc
  .tuple(
    fc.constantFrom('', ' ', '\t '),
    fc.constantFrom('\n', '\r\n', '\n\n', '\r\n \t\r\n'),
    fc.constantFrom('', '  '),
  )
  .map(([before, breaks, after]): Piece => {
    const swallowed = `\\${before}${breaks}${after}`;
    return { source: `${swallowed}x`, decoded: 'x', textAt: swallowed.length };
  });

const doubleQuotes = fc.constantFrom('"a', '""b').map(raw);
const singleQuotes = fc.constantFrom("'a", "''b").map(raw);

/** Strings of all four forms. */
export const tomlStrings: fc.Arbitrary<WrittenTomlString> = fc.oneof(
  write('"', fc.oneof(visible, blank, escape, fc.constant(raw("'"))), false),
  write("'", fc.oneof(visible, blank, fc.constantFrom('"', '\\').map(raw)), false),
  write('"""', fc.oneof(visible, blank, newline, escape, lineEnd, doubleQuotes), true),
  write("'''", fc.oneof(visible, blank, newline, singleQuotes, fc.constant(raw('\\'))), true),
);

function write(delimiter: string, piece: fc.Arbitrary<Piece>, multiline: boolean): fc.Arbitrary<WrittenTomlString> {
  const opening = multiline ? fc.constantFrom('', '\n', '\r\n') : fc.constant('');
  return fc.tuple(opening, fc.array(piece, { maxLength: 30 })).map(([wanted, pieces]) => {
    // A newline right behind the delimiter would be trimmed.
    const trimmed = wanted === '' && /^\r?\n/u.test(pieces[0]?.source ?? '') ? '\n' : wanted;
    let source = delimiter + trimmed;
    let decoded = '';
    const starts: number[] = [];
    for (const { source: pieceSource, decoded: pieceDecoded, textAt = 0 } of pieces) {
      const isRaw = pieceSource.slice(textAt) === pieceDecoded;
      for (let unit = 0; unit < pieceDecoded.length; unit += 1) {
        starts.push(source.length + textAt + (isRaw ? unit : 0));
      }
      source += pieceSource;
      decoded += pieceDecoded;
    }
    return { source: source + delimiter, decoded, starts };
  });
}
