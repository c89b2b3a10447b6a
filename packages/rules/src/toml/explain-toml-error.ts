import type { Span } from '@eqlkit/language';
import { findOpenDelimiter } from './open-delimiter.js';
import { quoteText } from './quote-text.js';

/** Longest part of a line that is looked at, in UTF-16 units: mistakes show near the beginning. */
const LOOKED_AT = 500;

/** What is wrong with a TOML text, for an author who may not know TOML. */
export interface TomlExplanation {
  /** Part of a sentence. */
  readonly reason: string;
  readonly span: Span;
  readonly help: string;
}

/** Where the parser stopped. */
interface TomlErrorPlace {
  readonly text: string;
  /** What the parser says. */
  readonly reason: string;
  readonly at: number;
  /** The line that the mistake is on, without its line break; of a long one the beginning. */
  readonly line: string;
  readonly lineStart: number;
  /** What stands from the place to the end of its line. */
  readonly rest: string;
}

type Explanation = (place: TomlErrorPlace) => TomlExplanation | null;

/** Quotes and other characters of word processors, with what TOML wants. */
const TYPOGRAPHIC_QUOTE = /[“”„‟«»‘’‚‛]/u;

/** How a value begins. */
const VALUE_START = /^["'[{\d+-]|^(?:true|false|inf|nan)\b/u;

const explainString: Explanation = ({ text, at, reason }) => {
  if (reason !== 'control characters are not allowed in strings' && reason !== 'unfinished string') return null;
  const character = text.charAt(at);
  if (reason !== 'unfinished string' && character !== '\n' && character !== '\r') {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const help = `Remove it, or write \\u${code} for it in a string between double quotes.`;
    return { reason: `a string holds the control character U+${code}`, span: { start: at, end: at + 1 }, help };
  }
  const open = findOpenDelimiter(text, reason === 'unfinished string' ? text.length : at);
  if (open === null || !/^["']/u.test(open.delimiter)) return null;
  const span = { start: open.at, end: open.at + open.delimiter.length };
  return open.delimiter.length === 3
    ? { reason: 'this string is never closed', span, help: `Close it with ${open.delimiter} behind its text.` }
    : {
        reason: 'this string is not closed on its line',
        span,
        help: `Close it with ${open.delimiter} behind its text. A text of several lines stands between ''' and '''.`,
      };
};

const explainEscape: Explanation = ({ reason, text, at }) => {
  if (!reason.includes('escape')) return null;
  // The parser has read the backslash and perhaps what stands behind it.
  const start = Math.max(text.lastIndexOf('\\', at), 0);
  return {
    reason: `the string has an escape sequence that TOML does not know`,
    span: { start, end: Math.min(text.length, start + 2) },
    help: `Put the text between ''' and ''', where nothing is escaped, or double the backslash.`,
  };
};

const explainHeader: Explanation = ({ line, lineStart }) => {
  const [, indent = '', brackets = '', name = ''] = /^(\s*)(\[{1,2})\s*([\w.-]+)/u.exec(line) ?? [];
  if (name === '' || /^\s*(?:\[[^[\]]*\]|\[\[[^[\]]*\]\])\s*(?:#.*)?$/u.test(line)) return null;
  const closing = brackets.replaceAll('[', ']');
  const start = lineStart + indent.length;
  return {
    reason: line.includes(']') ? 'this table header is malformed' : 'this table header is never closed',
    span: { start, end: start + line.trim().length },
    help: `Write ${brackets}${name}${closing} on a line of its own.`,
  };
};

const explainDuplicate: Explanation = ({ reason, text, at, line, lineStart, rest }) => {
  if (!reason.startsWith('trying to redefine')) return null;
  const isHeader = /^\s*\[/u.test(line);
  const [name = ''] = (isHeader ? /[^[\]]+/u : /^[^=]+?(?=\s*=)/u).exec(isHeader ? line : rest) ?? [];
  if (name === '') return null;
  const span = { start: at, end: at + (text.startsWith(name, at) ? name.length : 1) };
  const before = text.slice(0, lineStart).split('\n');
  const earlier = before.findLastIndex((other) =>
    isHeader
      ? other.trim().startsWith(line.trim())
      : other.trim().startsWith(name) && /^\s*=/u.test(other.trim().slice(name.length)),
  );
  const where = earlier === -1 ? 'The file has it already' : `Line ${earlier + 1} has it already`;
  return isHeader
    ? {
        reason: `${quoteText(name)} cannot be opened as a table here`,
        span,
        help: `${where}: give all keys of a table below one header, and write [[${name}]] only for each member of a list.`,
      }
    : { reason: `the key ${quoteText(name)} is there twice`, span, help: `${where}: remove one of the two.` };
};

const explainList: Explanation = ({ reason, text, at, rest }) => {
  if (reason !== 'expected comma or end of structure') return null;
  const open = findOpenDelimiter(text, at);
  if (open === null || (open.delimiter !== '[' && open.delimiter !== '{')) return null;
  const [what, close] = open.delimiter === '[' ? ['list', ']'] : ['inline table', '}'];
  const isMember = open.delimiter === '[' ? VALUE_START.test(rest) && !/^["']?[\w.-]+["']?\s*=/u.test(rest) : false;
  if (isMember) {
    const span = { start: at, end: at + 1 };
    return { reason: `the members of a ${what} have commas between them`, span, help: 'Add a comma before this one.' };
  }
  const span = { start: open.at, end: open.at + 1 };
  return { reason: `this ${what} is never closed`, span, help: `Close it with ${close} behind its last member.` };
};

/** A line of another format. */
const explainForeignLine: Explanation = ({ reason, line, at }) => {
  if (reason !== 'illegal character in key') return null;
  const explain = (what: string, help: string): TomlExplanation => ({
    reason: what,
    span: { start: at, end: at + 1 },
    help,
  });
  const trimmed = line.trim();
  if (/^(?:<{7}|={7}|>{7})/u.test(trimmed)) {
    return explain('it holds a conflict of a merge', 'Settle the conflict, and remove its markers.');
  }
  if (trimmed.startsWith('{')) return explain('it looks like JSON', 'Write name = "…" in place of "name": "…".');
  if (/^(?:\/\/|\/\*|--|;)/u.test(trimmed)) {
    return explain('this is no key', 'A comment begins with #.');
  }
  return null;
};

const explainKey: Explanation = ({ text, reason, line, lineStart, at }) => {
  if (reason !== 'illegal character in key' && reason !== 'unexpected end of key') return null;
  const span = { start: at, end: at + 1 };
  const explain = (what: string, help: string): TomlExplanation => ({ reason: what, span, help });
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0x20);
  if (/[^\p{ASCII}]/u.test(character) && reason.startsWith('illegal')) {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return explain(
      `the character U+${code} cannot stand in a key`,
      /[\p{Z}\p{C}]/u.test(character) ? 'Write a plain space, or remove it.' : 'Write the key between straight quotes.',
    );
  }
  const [key = ''] = /^\s*[\w.-]+/u.exec(line) ?? [];
  const name = key.trim();
  if (name === '') return null;
  const behind = line.slice(key.length).trim();
  const start = lineStart + key.length - name.length;
  const missing = { span: { start, end: start + name.length } };
  if (behind === '') {
    return { reason: `the key ${quoteText(name)} has no value`, ...missing, help: `Write ${name} = "…".` };
  }
  if (behind.startsWith(':')) {
    return explain('TOML has = between a key and its value', `Write ${name} = ${asValue(behind.slice(1).trim())}`);
  }
  const [, words = ''] = /^([\w.\s-]+?)\s*=/u.exec(line.trimStart()) ?? [];
  if (/\s/u.test(words)) {
    return explain('the name of a key has no spaces', `Is ${words.replace(/\s+/gu, '_')} = … meant?`);
  }
  if (VALUE_START.test(behind) || TYPOGRAPHIC_QUOTE.test(behind.charAt(0))) {
    return {
      reason: `there is no = behind the key ${quoteText(name)}`,
      ...missing,
      help: `Write ${name} = ${straighten(behind)}`,
    };
  }
  return null;
};

/** Values as other formats spell them. */
const OTHER_VALUES: ReadonlyMap<string, string> = new Map([
  ['True', 'Write true.'],
  ['TRUE', 'Write true.'],
  ['yes', 'Write true.'],
  ['on', 'Write true.'],
  ['False', 'Write false.'],
  ['FALSE', 'Write false.'],
  ['no', 'Write false.'],
  ['off', 'Write false.'],
  ['null', 'TOML has no null: leave the key out.'],
  ['None', 'TOML has no null: leave the key out.'],
  ['nil', 'TOML has no null: leave the key out.'],
]);

const explainValue: Explanation = ({ reason, text, at, line, lineStart, rest }) => {
  if (reason !== 'invalid value' && !/numeric|leading zero/u.test(reason)) return null;
  // In a number the parser stops at the character that is wrong.
  const start =
    reason === 'invalid value'
      ? at
      : at - (/[^\s=,[]*$/u.exec(text.slice(Math.max(lineStart, at - LOOKED_AT), at))?.[0].length ?? 0);
  const written = firstLine(text.slice(start, start + LOOKED_AT));
  const [key = ''] = /^\s*[\w."'-]+(?=\s*=)/u.exec(line) ?? [];
  if (rest.trim() === '' || written.startsWith('#')) {
    return {
      reason: `the key ${quoteText(key.trim())} has no value`,
      span: { start, end: start },
      help: `Write ${key.trim()} = "…".`,
    };
  }
  if (written.startsWith('=')) {
    return {
      reason: 'TOML has one = between a key and its value',
      span: { start, end: start + 1 },
      help: 'Remove this one.',
    };
  }
  const typographic = TYPOGRAPHIC_QUOTE.test(written.charAt(0));
  const value = typographic ? written.trim() : (/^[^,\]}#]*/u.exec(written)?.[0] ?? '').trim();
  const span = { start, end: start + value.length };
  if (typographic) {
    return { reason: 'TOML knows straight quotes only', span, help: `Write ${straighten(value)}` };
  }
  const help = OTHER_VALUES.get(value) ?? `Put text into quotes: ${quoteText(value)}`;
  return { reason: `${quoteText(value)} is no value of TOML`, span, help };
};

const explainEndOfLine: Explanation = ({ reason, at, rest, line, text }) => {
  if (!reason.includes('must be followed by an end-of-line')) return null;
  const span = { start: at, end: at + Math.max(1, rest.trimEnd().length) };
  if (/^[;,]\s*(?:#.*)?$/u.test(rest)) {
    return {
      reason: 'a line ends behind its value',
      span: { start: at, end: at + 1 },
      help: `Remove the ${rest.charAt(0)}`,
    };
  }
  if (/^(?:\/\/|--|;)/u.test(rest)) {
    return { reason: 'something follows a value on its line', span, help: 'A comment begins with #.' };
  }
  const quote = text.slice(0, at).trimEnd().at(-1);
  if ((quote === '"' || quote === "'") && line.includes('=')) {
    return {
      reason: `the string ends at the ${quote} before this`,
      span,
      help: `Put a text that holds ${quote} between ''' and '''.`,
    };
  }
  return { reason: 'something follows a value on its line', span, help: 'Give each key a line of its own.' };
};

const EXPLANATIONS: readonly Explanation[] = [
  explainString,
  explainEscape,
  explainHeader,
  explainDuplicate,
  explainList,
  explainForeignLine,
  explainKey,
  explainValue,
  explainEndOfLine,
];

/**
 * Names the mistake behind an error of the TOML parser, its place and its cure.
 *
 * @param reason - What the parser says.
 * @param at - Where it stopped.
 */
export function explainTomlError(text: string, reason: string, at: number): TomlExplanation {
  // What a line lacks at its end is found at the line break.
  const lineStart = Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1;
  const line = firstLine(text.slice(lineStart, lineStart + LOOKED_AT));
  const rest = firstLine(text.slice(at, at + LOOKED_AT));
  const place: TomlErrorPlace = { text, reason, at, line, lineStart, rest };
  for (const explain of EXPLANATIONS) {
    const explanation = explain(place);
    if (explanation !== null) return explanation;
  }
  const span = { start: at, end: Math.min(text.length, at + 1) };
  return { reason, span, help: 'The format is described at https://toml.io.' };
}

function firstLine(text: string): string {
  return /^[^\r\n]*/u.exec(text)?.[0] ?? '';
}

/** A text as it stands if it is a value, else as a string. */
function asValue(written: string): string {
  return VALUE_START.test(written) ? written : quoteText(straighten(written).replace(/^"|"$/gu, ''));
}

/** A value with straight quotes in place of those of word processors. */
function straighten(value: string): string {
  return value.replace(new RegExp(TYPOGRAPHIC_QUOTE, 'gu'), '"');
}
