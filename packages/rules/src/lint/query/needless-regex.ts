import { quoteString, type PatternNode } from '@eqlkit/language';
import { mayHoldText } from '../fields/field-text.js';
import type { Finding, QueryLint } from '../lint.js';
import { anchorsOf } from './regex-anchor.js';

/** A regular expression that matches one text, or what a wildcard pattern matches. */
export const needlessRegex: QueryLint = {
  scope: 'query',
  code: 'EQL5014',
  *check({ query, expressions, fields }) {
    // Python's regular expressions may match the beginning of a text only.
    if (query.dialect.name === 'endgame') return;
    for (const node of expressions) {
      if (node.kind === 'pattern' && (node.operator === 'regex' || node.operator === 'regex~')) {
        // What is wrong with the use of a field is said elsewhere, and another operator would bury it.
        const finding = mayHoldText(node.operand, fields) ? checkRegex(node) : null;
        if (finding !== null) yield finding;
      }
    }
  },
};

function checkRegex(node: PatternNode): Finding | null {
  // On the result of a function other rules hold: "^" is an anchor there, and "." stops at line breaks.
  if (node.operand.kind !== 'field' && node.operand.kind !== 'variable') return null;
  const plain = node.patterns.map((pattern) =>
    pattern.kind === 'string-literal' ? readPlainRegex(pattern.value) : null,
  );
  if (plain.some((pattern) => pattern === null)) return null;
  const patterns = plain.filter((pattern) => pattern !== null);
  const hasWildcard = patterns.some(({ wildcard }) => wildcard);
  // A pattern has no way to mean an asterisk or a question mark itself.
  if (hasWildcard && patterns.some(({ special }) => special)) return null;
  const operator = operatorFor(node, hasWildcard || patterns.some(({ special }) => special), hasWildcard);
  const texts = patterns.map(({ text }) => quoteString(text)).join(', ');
  const replacement = `${operator} ${node.list || operator.startsWith('in') ? `(${texts})` : texts}`;
  return {
    at: { query: { start: node.operatorSpan.start, end: node.span.end } },
    message: hasWildcard
      ? 'This regular expression matches what a wildcard pattern does'
      : 'This regular expression matches one text only',
    help: `Write: ${replacement}`,
    fix: { title: `Use ${operator}`, replacement, safe: true },
  };
}

function operatorFor(node: PatternNode, special: boolean, hasWildcard: boolean): string {
  const foldsCase = node.operator === 'regex~';
  if (hasWildcard) return foldsCase ? 'like~' : 'like';
  if (node.list) return foldsCase ? 'in~' : 'in';
  if (!foldsCase) return '==';
  return special ? 'in~' : ':';
}

interface PlainRegex {
  /** The wildcard pattern, or the text, that means the same. */
  readonly text: string;
  readonly wildcard: boolean;
  /** Holds an asterisk or a question mark that means itself. */
  readonly special: boolean;
}

/** Reads a regular expression of nothing but characters, `.` and `.*`, in Lucene's syntax. */
function readPlainRegex(regex: string): PlainRegex | null {
  // An anchor is hardly meant as the character that it is here: EQL5018 says so.
  if (anchorsOf(regex).length > 0) return null;
  let text = '';
  let wildcard = false;
  let special = false;
  for (let at = 0; at < regex.length; at += 1) {
    const char = regex.charAt(at);
    if (char === '\\') {
      at += 1;
      const escaped = regex.charAt(at);
      // Letters and digits behind a backslash are classes and back-references.
      if (escaped === '' || /[A-Za-z0-9]/u.test(escaped)) return null;
      special ||= escaped === '*' || escaped === '?';
      text += escaped;
    } else if (char === '.') {
      const next = regex.charAt(at + 1);
      if (next !== '' && '+?{'.includes(next)) return null;
      wildcard = true;
      text += next === '*' ? '*' : '?';
      if (next === '*') at += 1;
    } else if ('?+*|{}[]()"#@&<>~'.includes(char)) {
      return null;
    } else {
      text += char;
    }
  }
  // `.*` alone asks whether there is a value, which `like "*"` says no better.
  return /^\*+$/u.test(text) ? null : { text, wildcard, special };
}
