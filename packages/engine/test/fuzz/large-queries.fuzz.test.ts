import type { DialectName } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';
import { runAnyQuery, type Verdict } from './run-any-query.js';

type LargeQuery = readonly [name: string, text: string, verdict: Verdict, dialect?: DialectName];

const MANY = 10_000;
const LIST = 100_000;
const MEGABYTE = 1_000_000;

const times = (text: string, count: number): string => text.repeat(count);
const list = (count: number, item: (index: number) => string, separator = ', '): string =>
  Array.from({ length: count }, (_, index) => item(index)).join(separator);

const DEEP: readonly LargeQuery[] = [
  ['parentheses', `any where ${times('(', MANY)}a == 1${times(')', MANY)}`, 'refused'],
  ['open parentheses', `any where ${times('(', MANY)}`, 'refused'],
  ['closing parentheses', `any where a == 1${times(')', MANY)}`, 'refused'],
  ['nots', `any where ${times('not ', MANY)}a == 1`, 'refused'],
  ['signs', `any where ${times('-', MANY)}a == 1`, 'refused'],
  ['brackets', times('[', MANY), 'refused'],
  ['stages in stages', `sequence ${times('[any where ', MANY)}`, 'refused'],
  ['missing events in missing events', `sequence ${times('![', MANY)}`, 'refused'],
  ['calls', `any where ${times('length(', MANY)}a${times(')', MANY)} == 1`, 'refused'],
  ['lists in lists', `any where a in ${times('(b in ', MANY)}(1)${times(')', MANY)}`, 'refused'],
  ['lineages', `any where ${times('child of [any where ', MANY)}a${times(']', MANY)}`, 'refused', 'endgame'],
  ['array functions', `any where ${times('arraySearch(a, x, ', MANY)}x${times(')', MANY)}`, 'refused', 'endgame'],
  ['methods', `any where ${times('a:concat(', MANY)}b${times(')', MANY)}`, 'refused', 'endgame'],
  ['comments in comments', `any where true ${times('/*', MANY)}${times('*/', MANY)}`, 'ran'],
  ['comments that stay open', `any where true ${times('/* ', MANY)}`, 'refused'],
  ['a sum', `any where a == ${times('1 + ', MANY)}1`, 'refused'],
  ['a sum as long as may be', `any where a == ${times('1 + ', 499)}b`, 'ran', 'endpoint'],
  [
    'conditions by turns, as deep as may be',
    `any where ${times('(a == 1 or (b == 2 and ', 49)}c == 3${times('))', 49)}`,
    'ran',
  ],
  ['calls, as deep as may be', `any where ${times('concat(', 98)}a${times(')', 98)} == "x"`, 'ran'],
];

const LONG: readonly LargeQuery[] = [
  ['a list of numbers', `any where a in (${list(LIST, String)})`, 'ran'],
  ['a list of texts', `any where a in (${list(LIST, (index) => `"t${index}"`)})`, 'ran'],
  ['a list of texts without case', `any where a in~ (${list(LIST, (index) => `"t${index}"`)})`, 'ran'],
  ['a longer list of texts', `any where a in (${list(2 * LIST, (index) => `"t${index}"`)})`, 'ran'],
  ['a list of patterns', `any where a : (${list(LIST, (index) => `"*t${index}*"`)})`, 'ran'],
  ['a list of texts as patterns', `any where a : (${list(LIST, (index) => `"t${index}"`)})`, 'ran'],
  ['a list of regular expressions', `any where a regex (${list(LIST, (index) => `"t${index}.*"`)})`, 'refused'],
  ['a list of network blocks', `any where cidrMatch(source.ip, ${list(LIST, (index) => `"10.${index % 256}.0.0/16"`)})`, 'ran'],
  ['arguments', `any where concat(${list(LIST, () => 'a')}) == "x"`, 'ran'],
  ['operands of or', `any where ${list(LIST, (index) => `a == ${index}`, ' or ')}`, 'ran'],
  ['operands of and', `any where ${list(LIST, (index) => `a != ${index}`, ' and ')}`, 'ran'],
  ['operands on different fields', `any where ${list(MANY, (index) => `f${index} == 1`, ' or ')}`, 'ran'],
  ['unknown functions', `any where ${list(LIST, (index) => `lenght${index}(a)`, ' or ')}`, 'refused'],
  ['comparisons that never hold', `any where ${list(LIST, () => '1 == "a"', ' or ')}`, 'ran'],
  ['lists that mix types', `any where ${list(2 * LIST, () => 'a in (1, "x")', ' or ')}`, 'refused'],
  ['stages', `sequence ${list(LIST, () => '[any where true]', ' ')}`, 'refused'],
  ['stages of a sample', `sample by a ${list(LIST, () => '[any where true]', ' ')}`, 'refused'],
  ['join keys', `sequence by ${list(LIST, (index) => `k${index}`)} [any where true] [any where true]`, 'ran'],
  ['join keys of stages', `sequence [any where true] by ${list(LIST, (index) => `k${index}`)} [any where true]`, 'refused'],
  ['pipes', `any where true ${times('| head 5 ', LIST)}`, 'ran'],
  ['unknown pipes', `any where true ${times('| hed 5 ', LIST)}`, 'refused'],
  ['arguments of a pipe', `any where true | unique ${list(MANY, (index) => `f${index}`)}`, 'ran', 'endgame'],
  ['parts of a backquoted field', `any where \`${list(LIST, () => 'a', '.')}\` == 1`, 'refused'],
  ['parts of a field', `any where ${list(LIST, () => 'a', '.')} == 1`, 'refused'],
  ['parts of a join key', `sequence by ${list(LIST, () => 'a', '.')} [any where true] [any where true]`, 'refused'],
  ['positions of a field', `any where a${times('[0]', LIST)} == 1`, 'refused', 'endgame'],
]; // prettier-ignore

const WIDE: readonly LargeQuery[] = [
  ['a text', `any where a == "${times('x', MEGABYTE)}"`, 'ran'],
  ['a raw text', `any where a == """${times('x', MEGABYTE)}"""`, 'ran'],
  ['a text of escapes', `any where a == "${times('\\u{1f600}', MEGABYTE / 9)}"`, 'ran'],
  ['a text of wrong escapes', `any where a == "${times('\\q', MEGABYTE / 4)}"`, 'refused'],
  ['an open text', `any where a == "${times('x', MEGABYTE)}`, 'refused'],
  ['quotes', times('"', MEGABYTE), 'refused'],
  ['backquotes', times('`', MEGABYTE), 'refused'],
  ['backslashes', times('\\', MEGABYTE), 'refused'],
  ['a pattern of stars', `any where a : "${times('*', MEGABYTE)}"`, 'ran'],
  ['a pattern of stars and letters', `any where a : "${times('*a', MEGABYTE / 2)}"`, 'ran'],
  ['a pattern of question marks', `any where a like "${times('?', MEGABYTE)}"`, 'ran'],
  ['a regular expression', `any where a regex "${times('a', MEGABYTE)}"`, 'refused'],
  ['a comment', `any where true /*${times(' x', MEGABYTE / 2)}*/`, 'ran'],
  ['many comments', `any where true ${times('/**/', MEGABYTE / 4)}`, 'ran'],
  ['many comments at line ends', `any where true ${times('//\n', MEGABYTE / 3)}`, 'ran'],
  ['white space', `any where${times(' \n\t', MEGABYTE / 3)}true`, 'ran'],
  ['digits', `any where a == ${times('9', MEGABYTE)}`, 'ran'],
  ['digits behind a point', `any where a == 0.${times('9', MEGABYTE)}`, 'ran'],
  ['a name', `any where ${times('a', MEGABYTE)} == 1`, 'ran'],
  ['a category', `${times('a', MEGABYTE)} where true`, 'ran'],
  ['a name of a function', `any where ${times('a', MEGABYTE)}(1)`, 'refused'],
  ['a name of a pipe', `any where true | ${times('a', MEGABYTE)}`, 'refused'],
  ['a time span', `sequence with maxspan=${times('9', MEGABYTE)}s [any where true] [any where true]`, 'refused'],
  ['runs', `sequence [any where true] with runs=${times('9', MEGABYTE)}`, 'refused'],
  ['unknown characters', times('§', MEGABYTE), 'refused'],
  ['control characters', times('\u0000', MEGABYTE), 'refused'],
];

describe.each([
  ['ten thousand deep', DEEP],
  ['a hundred thousand long', LONG],
  ['a megabyte wide', WIDE],
])('a query %s', (_, queries) => {
  it.each(queries.map((query) => [query[0], query] as const))('%s', (_name, [, text, verdict, dialect]) => {
    expect(runAnyQuery(text, dialect ?? 'elasticsearch')).toBe(verdict);
  });
});
