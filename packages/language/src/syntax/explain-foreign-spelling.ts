import type { IToken } from 'chevrotain';
import { createDiagnostic } from '../diagnostics/diagnostic.js';
import type { Explanation } from './error-place.js';
import type { Span } from './span.js';
import { spanOfToken } from './token-span.js';
import * as t from './tokens.js';

/** Characters that come from word processors, with what to write instead. */
const OTHER_CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['“', '"'],
  ['”', '"'],
  ['„', '"'],
  ['‘', '"'],
  ['’', '"'],
  ['–', '-'],
  ['−', '-'],
  ['\u00a0', 'a plain space'],
]);

/** Operators of other languages, with those of EQL. */
const OTHER_OPERATORS: ReadonlyMap<string, string> = new Map([
  ['||', 'or'],
  ['&&', 'and'],
  ['&', 'and'],
  ['!', 'not'],
  ['===', '=='],
  ['!==', '!='],
  ['<>', '!='],
  ['=!', '!='],
  ['=<', '<='],
  ['=>', '>='],
]);

const LONGEST_OPERATOR = 3;

/** A 64-bit number in binary: longer ones are no numbers of EQL, and take long to be written in decimal. */
const LONGEST_NUMBER = '0b'.length + 64;

/** An operator as other languages spell it: the lexer may have cut it into several tokens. */
export const explainOperator: Explanation = ({ text, token, previous, next, span }) => {
  if (token === undefined) return undefined;
  const start = previous !== undefined && touches(previous, token) && isSymbol(previous) ? previous : token;
  const end = next !== undefined && touches(token, next) && isSymbol(next) ? next : token;
  const whole = { start: spanOfToken(start).start, end: spanOfToken(end).end };
  for (const candidate of [whole, { ...whole, end: span.end }, { ...whole, start: span.start }, span]) {
    const written = text.slice(candidate.start, candidate.end);
    const instead = written.length <= LONGEST_OPERATOR ? OTHER_OPERATORS.get(written) : undefined;
    if (instead === undefined) continue;
    // `! [` is a missing event with a space too much.
    if (written === '!' && next?.tokenType === t.BracketOpen) return undefined;
    const replacement = spaced(instead, text, candidate);
    return createDiagnostic('EQL1002', `EQL writes "${instead}" for "${written}"`, candidate, {
      fix: { title: `Use ${instead}`, span: candidate, replacement },
    });
  }
  return undefined;
};

/** A character that begins nothing in EQL. */
export const explainCharacter: Explanation = ({ token, span, text }) => {
  if (token?.tokenType !== t.Unknown) return undefined;
  const instead = OTHER_CHARACTERS.get(token.image);
  const missingStage = token.image === '!' && /^!\s*\[/u.test(text.slice(span.start));
  return createDiagnostic('EQL1001', `Unexpected character ${describeCharacter(token.image)}`, span, {
    help: missingStage ? 'A missing event is written ![ without a space.' : instead && `Write ${instead} instead.`,
  });
};

/** `0x1F` and its like; any other word that begins with a digit where a value is wanted. */
export const explainNumber: Explanation = ({ token, span, expected }) => {
  if (token?.tokenType !== t.TimeSpan || !expected.includes('value')) return undefined;
  if (token.image.length <= LONGEST_NUMBER && /^0(?:x[\da-f]+|o[0-7]+|b[01]+)$/iu.test(token.image)) {
    const decimal = BigInt(token.image).toString();
    return createDiagnostic('EQL1002', 'Numbers are written in decimal', span, {
      help: `Write ${decimal}.`,
      fix: { title: 'Write it in decimal', span, replacement: decimal },
    });
  }
  return createDiagnostic('EQL1002', `"${token.image}" is no number, and a name does not begin with a digit`, span, {
    help: `Put text into quotes, as in "${token.image}", and a field's name into backquotes.`,
  });
};

/** Words need a space on either side where they stand next to other words. */
function spaced(word: string, text: string, { start, end }: Span): string {
  if (!/\w/u.test(word)) return word;
  const before = /\s$|^$|\($/u.test(text.slice(Math.max(0, start - 1), start)) ? '' : ' ';
  return `${before}${word}${/^(?:\s|$)/u.test(text.slice(end, end + 1)) ? '' : ' '}`;
}

function touches(before: IToken, after: IToken): boolean {
  return spanOfToken(before).end === spanOfToken(after).start;
}

function isSymbol({ image }: IToken): boolean {
  return /^[|&!=<>]+$/u.test(image);
}

function describeCharacter(image: string): string {
  const code = (image.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(image) ? `"${image}" (U+${code})` : `U+${code}`;
}
