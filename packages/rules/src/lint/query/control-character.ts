import { type Span, type StringLiteralNode } from '@eqlkit/language';
import type { Finding, LintedQuery, QueryLint } from '../lint.js';

/** `"C:\temp"`, in which `\t` is a tab: to TOML if the query stands in a basic string, to EQL otherwise. */
export const controlCharacter: QueryLint = {
  scope: 'query',
  code: 'EQL5020',
  *check(linted) {
    for (const node of linted.expressions) {
      if (node.kind !== 'string-literal' || !/[\b\t\n\f\r\u001b]/u.test(node.value)) continue;
      yield* findTomlEscapes(node, linted);
      if (!node.raw && looksLikePath(node.value)) yield* findOwnEscapes(node, linted);
    }
  },
};

/** What the escapes that have a letter stand for. `\e` is TOML's alone. */
const CHARACTERS: Readonly<Record<string, string>> = {
  b: 'a backspace',
  t: 'a tab',
  n: 'a line feed',
  f: 'a form feed',
  r: 'a carriage return',
  e: 'an escape character',
};

/** Characters that are there only because TOML read a backslash, before EQL could. */
function* findTomlEscapes({ span, raw }: StringLiteralNode, { query, sourceOf }: LintedQuery): Iterable<Finding> {
  for (const match of query.text.slice(span.start, span.end).matchAll(/[\b\t\n\f\r\u001b]/gu)) {
    const at = { start: span.start + match.index, end: span.start + match.index + 1 };
    const letter = /^\\([btnfre])$/u.exec(sourceOf(at))?.[1];
    if (letter === undefined) continue;
    yield describe(
      at,
      letter,
      `TOML makes ${CHARACTERS[letter] ?? ''} of "\\${letter}" before EQL reads this text`,
      raw,
    );
  }
}

/** EQL's own escapes. Only in a path are they surely no tabs and line feeds that are meant. */
function* findOwnEscapes({ span }: StringLiteralNode, { query }: LintedQuery): Iterable<Finding> {
  for (const match of query.text.slice(span.start, span.end).matchAll(/\\(.)/gsu)) {
    const [, letter = ''] = match;
    if (!/[btnfr]/u.test(letter)) continue;
    const at = { start: span.start + match.index, end: span.start + match.index + 2 };
    yield describe(at, letter, `"\\${letter}" is ${CHARACTERS[letter] ?? ''}, not a backslash and ${letter}`, false);
  }
}

/** Whether a text begins with a drive or a registry hive, or has backslashes beside the characters that are none. */
function looksLikePath(value: string): boolean {
  return /^(?:[a-z?*]:|HK)|\\/iu.test(value);
}

function describe(at: Span, letter: string, message: string, raw: boolean): Finding {
  const replacement = raw ? `\\${letter}` : `\\\\${letter}`;
  return {
    at: { query: at },
    message,
    help: `Write \\\\${letter} for a backslash and ${letter}, or put the text between """ and """, where nothing is escaped.`,
    // It matches other events than before, so it is a proposal.
    fix: { title: `Write ${replacement}`, replacement },
  };
}
