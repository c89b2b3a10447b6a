import type { IToken } from 'chevrotain';
import { createDiagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import type { NumberLiteralNode, StringLiteralNode } from './ast.js';
import { spanOfToken } from './token-span.js';
import { QuestionString, RawString, SingleQuotedString } from './tokens.js';

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

const UNICODE_ESCAPE = /\\u\{([0-9A-Fa-f]{2,8})\}/uy;
const UINT64_MAX = 2n ** 64n - 1n;

/** Reads a string token; a wrong escape is reported and stands for itself. */
export function readStringToken(
  token: IToken,
  oldStrings: boolean,
  report: (d: Diagnostic) => void,
): StringLiteralNode {
  const span = spanOfToken(token);
  const image = token.image;
  const node = (value: string, raw: boolean): StringLiteralNode => ({ kind: 'string-literal', value, raw, span });

  switch (token.tokenType) {
    case RawString:
      return node(image.slice(3, -3), true);
    case QuestionString: {
      const value = image.slice(2, -1);
      if (!oldStrings) {
        report(
          createDiagnostic(
            'EQL1006',
            `The string form ?${image.charAt(1)}…${image.charAt(1)} is not part of this dialect`,
            span,
            {
              help: 'Write a raw string in triple quotes: """…""".',
              fix: {
                title: 'Use triple quotes',
                span,
                replacement: value.includes('"""') ? quoteString(value) : `"""${value}"""`,
                safe: true,
              },
            },
          ),
        );
      }
      return node(value, true);
    }
    case SingleQuotedString: {
      const value = unescape(image, span.start, report);
      if (!oldStrings) {
        report(
          createDiagnostic('EQL1006', 'Strings in single quotes are not part of this dialect', span, {
            help: 'Write the string in double quotes.',
            fix: { title: 'Use double quotes', span, replacement: quoteString(value), safe: true },
          }),
        );
      }
      return node(value, false);
    }
    default:
      return node(unescape(image, span.start, report), false);
  }
}

/** Resolves the escapes of a quoted string's image; `offset` is where the image begins in the source. */
function unescape(image: string, offset: number, report: (d: Diagnostic) => void): string {
  const content = image.slice(1, -1);
  if (!content.includes('\\')) return content;
  let result = '';
  let from = 0;
  for (let at = content.indexOf('\\'); at !== -1; at = content.indexOf('\\', from)) {
    result += content.slice(from, at);
    const { text, length } = readEscape(content, at, offset + 1, report);
    result += text;
    from = at + length;
  }
  return result + content.slice(from);
}

function readEscape(
  content: string,
  at: number,
  contentOffset: number,
  report: (d: Diagnostic) => void,
): { text: string; length: number } {
  const next = content.charAt(at + 1);
  const simple = Object.hasOwn(SIMPLE_ESCAPES, next) ? SIMPLE_ESCAPES[next] : undefined;
  if (simple !== undefined) return { text: simple, length: 2 };
  const start = contentOffset + at;
  if (next === 'u') {
    UNICODE_ESCAPE.lastIndex = at;
    const match = UNICODE_ESCAPE.exec(content);
    const digits = match?.[1];
    if (match === null || digits === undefined) {
      report(
        createDiagnostic('EQL1005', 'A Unicode escape is \\u{…} with two to eight hexadecimal digits', {
          start,
          end: start + 2,
        }),
      );
      return { text: '\\u', length: 2 };
    }
    const codePoint = Number.parseInt(digits, 16);
    if (codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff)) {
      report(
        createDiagnostic('EQL1005', `U+${digits.toUpperCase()} is not a Unicode character`, {
          start,
          end: start + match[0].length,
        }),
      );
      return { text: '\ufffd', length: match[0].length };
    }
    return { text: String.fromCodePoint(codePoint), length: match[0].length };
  }
  const escape = `\\${String.fromCodePoint(content.codePointAt(at + 1) ?? 0x5c)}`;
  report(
    createDiagnostic(
      'EQL1004',
      `Unknown escape sequence ${escape}`,
      { start, end: start + escape.length },
      {
        help: 'Double the backslash to mean a backslash, or write the string in triple quotes, where nothing is escaped.',
        fix: { title: 'Double the backslash', span: { start, end: start + 1 }, replacement: '\\\\' },
      },
    ),
  );
  return { text: escape, length: escape.length };
}

/** The shortest quoted form of a text. */
export function quoteString(value: string): string {
  const escaped = value.replace(/[\\"]|[\p{Cc}\u2028\u2029]/gu, (char) => {
    switch (char) {
      case '\\':
        return '\\\\';
      case '"':
        return '\\"';
      case '\n':
        return '\\n';
      case '\r':
        return '\\r';
      case '\t':
        return '\\t';
      case '\b':
        return '\\b';
      case '\f':
        return '\\f';
      default:
        return `\\u{${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}}`;
    }
  });
  return `"${escaped}"`;
}

/** Reads an integer or decimal token: integers up to 64 bits keep their value, larger ones are doubles. */
export function readNumberToken(token: IToken, integer: boolean): NumberLiteralNode {
  const span = spanOfToken(token);
  const value = Number(token.image);
  if (!integer) return { kind: 'number-literal', value, integer: false, span };
  if (Number.isSafeInteger(value)) return { kind: 'number-literal', value, integer: true, span };
  // Twenty digits hold every 64-bit integer; longer ones need no BigInt to be found too large.
  const exact = token.image.replace(/^0+/u, '').length <= 20 ? BigInt(token.image) : UINT64_MAX + 1n;
  return exact <= UINT64_MAX
    ? { kind: 'number-literal', value: exact, integer: true, span }
    : { kind: 'number-literal', value, integer: false, span };
}
