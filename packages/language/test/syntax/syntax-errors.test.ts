import { analyzeQuery } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';

/** A mistake: the query, its code, the text under the span, and a part of the message or help. */
type Mistake = readonly [query: string, code: string, marked: string, said: string];

const MISTAKES: readonly Mistake[] = [
  ['', 'EQL1014', '', 'begins with an event category'],
  ['// only a comment', 'EQL1014', '', 'begins with an event category'],
  ['process where a = 1', 'EQL1010', '=', 'Write "=="'],
  [`process where a == 'x'`, 'EQL1006', `'x'`, 'double quotes'],
  ['process where a == ?"x"', 'EQL1006', '?"x"', 'triple quotes'],
  ['process where a == "x', 'EQL1003', '"', 'closing quote on the same line'],
  [
    'process where a == "x and b == "y" and c',
    'EQL1002',
    'y',
    'The string before it is "x and b == ": is a quote missing',
  ],
  ['process where a == "x\n"', 'EQL1003', '"', 'closing quote on the same line'],
  ['process where a == """x', 'EQL1003', '"', 'never closed'],
  ['process where `a == 1', 'EQL1003', '`', 'backquote'],
  ['process where a == ``', 'EQL1003', '`', 'not empty'],
  ['process where (a == 1', 'EQL1002', '(', 'Close it with ")"'],
  ['sequence [a where true] [b where true', 'EQL1002', '[', 'Close it with "]"'],
  ['process where a == 1)', 'EQL1002', ')', 'Nothing opened this ")"'],
  ['process where a == "x")', 'EQL1002', ')', 'Remove it, or add the "(" that it closes.'],
  ['process where a == 1]', 'EQL1002', ']', 'Nothing opened this "]"'],
  ['sequence [a where b == 1)] [c where true]', 'EQL1002', ')', 'Nothing opened this ")"'],
  ['sequence [a where true) [c where true]', 'EQL1002', ')', 'A stage is closed with "]"'],
  [
    'sequence [a where true] b where true',
    'EQL1002',
    'b',
    'Each stage of a sequence stands in brackets\nWrite [b where …]',
  ],
  ['sequence by k a where true', 'EQL1002', 'a', 'Write [a where …]'],
  ['sample by k [a where true] any where true', 'EQL1002', 'any', 'Each stage of a sample stands in brackets'],
  [
    'network where cidrMatch(a, "b" "c")',
    'EQL1002',
    '"c"',
    'The arguments of a function have commas between them\nWrite ","',
  ],
  ['process where a in ("b" 1)', 'EQL1002', '1', 'The members of a list have commas between them'],
  ['process where a : ("b" and "c")', 'EQL1002', 'and', 'expected "," or ")"'],
  ['process where length a > 1', 'EQL1002', 'a', 'The arguments of length stand in parentheses'],
  ['process.name : sh', 'EQL1002', 'process', 'begins with an event category'],
  ['pid == 4', 'EQL1002', 'pid', 'any where … for all'],
  ['process where a == 1 /* note', 'EQL1007', '/*', 'comments nest'],
  ['process where a == 1 /* a /* b */', 'EQL1007', '/*', 'comments nest'],
  ['process WHERE a == 1', 'EQL1002', 'WHERE', 'lower case: "where"'],
  ['process where a == 1 AND b == 2', 'EQL1002', 'AND', 'lower case: "and"'],
  ['process were a == 1', 'EQL1002', 'were', 'Did you mean "where"?'],
  ['process', 'EQL1002', '', 'process where true takes all'],
  ['process where', 'EQL1002', '', 'expected a field'],
  ['SELECT * from x', 'EQL1002', '*', 'expected "where"\nEvents are asked for by <category> where <condition>'],
  ['process where a ==', 'EQL1002', '', 'expected a field'],
  ['process where 1 < a < 3', 'EQL1012', '<', 'with "and"'],
  ['process where a in ()', 'EQL1002', ')', 'at least one member'],
  ['process where a in (1, 2,)', 'EQL1002', ',', 'does not end with a comma'],
  ['process where a.b not : "a"', 'EQL1002', 'not', 'Write: not a.b : "a"'],
  ['process where ?`a b`.c not like~ ("x")', 'EQL1002', 'not', 'Write: not ?`a b`.c like~ (…)'],
  ['process where length(a, (b)) not regex "x"', 'EQL1002', 'not', 'Write: not length(a, (b)) regex "x"'],
  ['process where a : b', 'EQL1002', 'b', 'a string or a list of strings\nDid you mean "b"?'],
  ['process where a : c*d and e', 'EQL1002', 'c*d', 'Did you mean "c*d"?'],
  ['process where a : b.c', 'EQL1002', 'b', 'a string or a list of strings'],
  ['process where a.b == sh', 'EQL3001', 'a.b == sh', 'Did you mean the text "sh"?'],
  ['process where sh == a.b', 'EQL3001', 'sh == a.b', 'Did you mean the text "sh"?'],
  ['process where a.b == c.d', 'EQL3001', 'a.b == c.d', '\nComparing two fields'],
  ['process where a.b == message', 'EQL3001', 'a.b == message', '\nComparing two fields'],
  ['process where a.b == cmd.exe', 'EQL3001', 'a.b == cmd.exe', 'Did you mean the text "cmd.exe"?'],
  ['process where a.b in (sh, "x")', 'EQL2006', 'sh', 'Did you mean the text "sh"?'],
  ['network where cidrMatch("10.0.0.0/8", a.b)', 'EQL2004', 'a.b', 'must be a constant, but a.b reads the event'],
  ['network where cidrMatch(a.b, c.d)', 'EQL2004', 'c.d', 'must be a constant'],
  ['process where a == “x”', 'EQL1001', '“', 'Write " instead'],
  ['process where a == 1 && b == 2', 'EQL1002', '&&', 'EQL writes "and" for "&&"'],
  ['process where a == 1 & b == 2', 'EQL1002', '&', 'EQL writes "and" for "&"'],
  ['process where a == 1 || b == 2', 'EQL1002', '||', 'EQL writes "or" for "||"'],
  ['process where !a', 'EQL1002', '!', 'EQL writes "not" for "!"'],
  ['process where a === 1', 'EQL1002', '===', 'EQL writes "==" for "==="'],
  ['process where a !== 1', 'EQL1002', '!==', 'EQL writes "!=" for "!=="'],
  ['process where a <> 1', 'EQL1002', '<>', 'EQL writes "!=" for "<>"'],
  ['process where a =! 1', 'EQL1002', '=!', 'EQL writes "!=" for "=!"'],
  ['process where a => 1', 'EQL1002', '=>', 'EQL writes ">=" for "=>"'],
  ['process where a == 0x1F', 'EQL1002', '0x1F', 'Write 31.'],
  ['process where 0b101 == a', 'EQL1002', '0b101', 'Write 5.'],
  ['process where a == 7zip', 'EQL1002', '7zip', 'quotes, as in "7zip"'],
  ['process where where == 1', 'EQL1011', 'where', 'write `where`'],
  ['process where where a == 1', 'EQL1002', 'where', 'one too many'],
  ['process where a == 1 ;', 'EQL1001', ';', 'U+003B'],
  ['process where arr[0] == 1', 'EQL1013', '[0]', 'one of its values'],
  ['process where a.1 == 2', 'EQL1011', '.1', 'Write .`1`'],
  ['process where a.by == 1', 'EQL1011', 'by', 'write `by`'],
  ['sequence with maxspan=0s [a where true] [b where true]', 'EQL1015', '0s', 'positive whole number'],
  ['sequence with maxspan=5 [a where true] [b where true]', 'EQL1015', '5', 'no unit'],
  ['sequence with maxspan=1.5s [a where true] [b where true]', 'EQL1015', '1.5s', 'positive whole number'],
  ['sequence with maxspan=5x [a where true] [b where true]', 'EQL1015', '5x', 'Unknown unit of time "x"'],
  ['sequence with maxspan=100001d [a where true] [b where true]', 'EQL1015', '100001d', 'longer than 100,000 days'],
  ['sequence with maxspan=5 s [a where true] [b where true]', 'EQL1015', '5 s', 'without a space'],
  ['sequence with maxspn=5s [a where true] [b where true]', 'EQL1016', 'maxspn', 'only option here is maxspan'],
  ['sequence [a where true] with rns=2 [b where true]', 'EQL1016', 'rns', 'only option here is runs'],
  ['sequence [a where true] with runs=0 [b where true]', 'EQL1017', '0', '1 to 100 times'],
  ['sequence with maxspan=5s by x [a where true] [b where true]', 'EQL1028', 'by', 'sequence by <keys>'],
  ['sequence with maxspan=5s ! [a where true] [b where true]', 'EQL1001', '!', '![ without a space'],
  [String.raw`process where a == "\q"`, 'EQL1004', String.raw`\q`, 'Double the backslash'],
  [String.raw`process where a == "\u{d800}"`, 'EQL1005', String.raw`\u{d800}`, 'not a Unicode character'],
  [String.raw`process where a == "\u{110000}"`, 'EQL1005', String.raw`\u{110000}`, 'not a Unicode character'],
  [String.raw`process where a == "\u0041"`, 'EQL1005', String.raw`\u`, 'two to eight'],
  ['process where true | hed 5', 'EQL1022', 'hed', 'Did you mean "head"?'],
  ['process where true | count', 'EQL1023', 'count', 'head and tail'],
  [`process where a == 0x1${'0'.repeat(100)}`, 'EQL1002', `0x1${'0'.repeat(100)}`, 'is no number'],
];

describe('a typical mistake', () => {
  it.each(MISTAKES)('%s → %s', (query, code, marked, said) => {
    const { diagnostics, query: checked } = analyzeQuery(query);
    expect(checked).toBeNull();
    const [first] = diagnostics;
    expect(first?.code).toBe(code);
    expect(query.slice(first?.span.start, first?.span.end)).toBe(marked);
    expect(`${first?.message ?? ''}\n${first?.help ?? ''}`).toContain(said);
  });

  it.each([
    ['process where a = 1', 'process where a == 1'],
    [`process where a == 'it'`, 'process where a == "it"'],
    ['process WHERE a == 1', 'process where a == 1'],
    ['process where a in (1, 2,)', 'process where a in (1, 2)'],
    ['process where a.1 == 2', 'process where a.`1` == 2'],
    ['process where true | hed 5', 'process where true | head 5'],
    ['process where a.b not : "a"', 'process where not a.b : "a"'],
    ['process where a == 1&&b == 2', 'process where a == 1 and b == 2'],
    ['process where a == 1 || b == 2', 'process where a == 1 or b == 2'],
    ['process where (!a)', 'process where (not a)'],
    ['process where a == 0x1F', 'process where a == 31'],
    ['process where endsWit~(a, "b")', 'process where endsWith~(a, "b")'],
    ['`a\u001b"b` where true', String.raw`"a\u{001b}\"b" where true`],
    ['process where where == 1', 'process where `where` == 1'],
    ['process where where a == 1', 'process where a == 1'],
    ['process where a in ("b" "c")', 'process where a in ("b", "c")'],
    ['process where length a) > 1', 'process where length(a) > 1'],
    ['process where a : c*d and e', 'process where a : "c*d" and e'],
    ['process where a.b == sh', 'process where a.b == "sh"'],
    ['process where a.b in ("x", sh)', 'process where a.b in ("x", "sh")'],
    ['network where cidrMatch("10.0.0.0/8", a.b)', 'network where cidrMatch(a.b, "10.0.0.0/8")'],
    ['network where cidrMatch("::1", "10.0.0.0/8", a.b)', 'network where cidrMatch(a.b, "10.0.0.0/8", "::1")'],
    [String.raw`process where a == "\q"`, String.raw`process where a == "\\q"`],
    [
      'sequence with maxspan=5 s [a where true] [b where true]',
      'sequence with maxspan=5s [a where true] [b where true]',
    ],
  ])('is mended by its fix: %s', (query, mended) => {
    const fix = analyzeQuery(query).diagnostics[0]?.fix;
    if (fix === undefined) throw new Error('There is no fix');
    const fixed = query.slice(0, fix.span.start) + fix.replacement + query.slice(fix.span.end);
    expect(fixed).toBe(mended);
    expect(analyzeQuery(fixed).diagnostics).toEqual([]);
  });
});
