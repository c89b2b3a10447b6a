import { analyzeQuery, DIALECTS, parseDefinitions, printQuery, type Definitions } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';

const ENDGAME = DIALECTS.endgame;

function read(text: string): Definitions {
  const { definitions, diagnostics } = parseDefinitions(text);
  if (definitions === null) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  return definitions;
}

/** What a query stands for, printed. */
function expand(definitions: string, query: string): string {
  const analysis = analyzeQuery(query, { dialect: ENDGAME, definitions: read(definitions) });
  if (analysis.query === null) throw new Error(analysis.diagnostics.map(({ message }) => message).join('; '));
  return printQuery(analysis.query.statement);
}

/** Code, marked text and message of each diagnostic. */
function problemsOf(text: string, diagnostics: ReturnType<typeof analyzeQuery>['diagnostics']): readonly string[] {
  return diagnostics.map(({ code, span, message }) => `${code} ${text.slice(span.start, span.end)}: ${message}`);
}

const TEXT = `
  // Names of shells
  const MAIN_SHELL = "bash"
  const LIMIT = -5
  macro IS(field, value) field == value
  macro IS_SHELL(process) IS(process.name, MAIN_SHELL) or process.name : ("sh", "zsh")
  macro NEVER() false
`;

describe('definitions', () => {
  it.each([
    ['process where name == MAIN_SHELL', 'process where name == "bash"'],
    ['process where x > LIMIT', 'process where x > -5'],
    ['process where IS(a.b, "c")', 'process where a.b == "c"'],
    ['process where not IS(a, 1) and x', 'process where not a == 1 and x'],
    ['process where IS_SHELL(parent)', 'process where parent.name == "bash" or parent.name : ("sh", "zsh")'],
    ['process where NEVER()', 'process where false'],
    ['process where IS(length(a), 1 + 2)', 'process where length(a) == 1 + 2'],
    ['process where x in (MAIN_SHELL, LIMIT)', 'process where x in ("bash", -5)'],
    // Only the bare name is the constant.
    ['process where a.MAIN_SHELL == 1', 'process where a.MAIN_SHELL == 1'],
    ['process where MAIN_SHELL.a == 1', 'process where MAIN_SHELL.a == 1'],
    ['process where ?MAIN_SHELL == 1', 'process where ?MAIN_SHELL == 1'],
    // A name that an array function introduces hides a constant.
    ['process where arraySearch(a, LIMIT, LIMIT == 1)', 'process where arraySearch(a, LIMIT, LIMIT == 1)'],
    ['process where true | filter x == LIMIT', 'process where true | filter x == -5'],
    ['process where child of [process where IS(a, 1)]', 'process where child of [process where a == 1]'],
    [
      'sequence by u [process where IS(a, 1)] [process where NEVER()] until [process where IS(b, 2)]',
      'sequence by u [process where a == 1] [process where false] until [process where b == 2]',
    ],
    [
      'join by u [process where IS(a, 1)] [process where true]',
      'join by u [process where a == 1] [process where true]',
    ],
  ])('stand for what they say: %s', (query, expected) => {
    const { query: plain } = analyzeQuery(expected, { dialect: ENDGAME });
    expect(plain).not.toBeNull();
    expect(expand(TEXT, query)).toBe(plain === null ? '' : printQuery(plain.statement));
  });

  it('keep the form that the parser gives to and and or', () => {
    const analysis = analyzeQuery('process where ANY(a, b) or c', {
      dialect: ENDGAME,
      definitions: read('macro ANY(x, y) x or y'),
    });
    const condition = analysis.query?.statement.query;
    expect(condition?.kind === 'event-query' && condition.condition).toMatchObject({
      kind: 'logical',
      operands: [{ path: ['a'] }, { path: ['b'] }, { path: ['c'] }],
    });
  });

  it('are nothing but names without definitions', () => {
    expect(analyzeQuery('process where name == MAIN_SHELL', { dialect: ENDGAME }).diagnostics).toEqual([]);
    expect(analyzeQuery('process where IS(a, 1)', { dialect: ENDGAME }).diagnostics).toMatchObject([
      { code: 'EQL2001' },
    ]);
  });

  it.each([
    ['process where IS(a)', 'EQL1025 IS(a): IS takes 2 arguments, not 1'],
    ['process where x and NEVER(1)', 'EQL1025 NEVER(1): NEVER takes 0 arguments, not 1'],
    ['process where IS_SHELL("a")', 'EQL2004 "a": IS_SHELL looks for fields in its argument "process"'],
    // What is wrong with an argument lies there, and what is wrong with the expansion at the call.
    ['process where IS_LONG(5)', 'EQL2004 5: The argument "source" of length is a string, not a number'],
    ['process where IS_LONG(nope(x))', 'EQL2001 nope: Unknown function nope'],
    [
      'process where x == 1 and LENGTH_OF(x)',
      'EQL2003 LENGTH_OF(x): A condition is true or false, but this is a number',
    ],
  ])('report where the query is wrong: %s', (query, expected) => {
    const definitions = read(
      `${TEXT} macro IS_LONG(s) startsWith(s, "a") and length(s) > 3 macro LENGTH_OF(s) length(s)`,
    );
    const { query: checked, diagnostics } = analyzeQuery(query, {
      dialect: { ...ENDGAME, name: 'endpoint' },
      definitions,
    });
    expect(checked).toBeNull();
    expect(problemsOf(query, diagnostics)).toContain(expected);
  });

  it.each([
    ['process where IS(a, 1)', 'EQL2008 IS: Macros such as IS are not part of the elasticsearch dialect'],
    ['process where a == LIMIT', 'EQL2008 LIMIT: Constants such as LIMIT are not part of the elasticsearch dialect'],
  ])('are not part of other dialects: %s', (query, expected) => {
    const { query: checked, diagnostics } = analyzeQuery(query, { definitions: read(TEXT) });
    expect(checked).toBeNull();
    expect(problemsOf(query, diagnostics)).toContain(expected);
  });
});

describe('a definitions text', () => {
  it.each([
    ['macro A(x) A(x)', 'EQL2013 A: The macro A calls itself'],
    ['macro A(x) x or (not A(x) and y)', 'EQL2013 A: The macro A calls itself'],
    ['macro A() B() macro B() A()', 'EQL2013 B: The macro B is defined below A'],
    ['const A = 1 macro A() true', 'EQL1033 A: A is defined twice'],
    ['macro length(x) x', 'EQL1033 length: length is the name of a function'],
    ['macro A(x, x) x', 'EQL1033 x: The parameter x is named twice'],
    ['const A = b', 'EQL1033 b: A constant is a number, a string, true, false or null'],
    ['const A = 1 + 2', 'EQL1002 +: Unexpected "+"'],
    ['macro A() IS(1)  macro IS(a, b) a', 'EQL2013 IS: The macro IS is defined below A'],
    ['macro IS(a, b) a  macro A() IS(1)', 'EQL1025 IS(1): IS takes 2 arguments, not 1'],
    ['process where true', 'EQL1002 process: Unexpected "process"; expected a definition, such as: const LIMIT = 5'],
  ])('is refused where it is wrong: %s', (text, expected) => {
    const { definitions, diagnostics } = parseDefinitions(text);
    expect(definitions).toBeNull();
    expect(problemsOf(text, diagnostics)[0]).toBe(expected);
  });

  it('may be empty', () => {
    expect(parseDefinitions(' // nothing\n').definitions?.macros.size).toBe(0);
  });

  it('may use a constant in another one, and end with a macro without a line break', () => {
    expect(expand('const A = 1 const B = A macro M(x) x == B', 'any where M(y)')).toBe('any where y == 1');
  });

  it('cannot grow without bounds', () => {
    const levels = Array.from({ length: 40 }, (_, level) =>
      level === 0 ? 'macro M0(x) x == 1' : `macro M${level}(x) M${level - 1}(x) and M${level - 1}(x) == true`,
    );
    const text = levels.join('\n');
    const { definitions, diagnostics } = parseDefinitions(text);
    expect(definitions).toBeNull();
    expect(diagnostics[0]?.code).toBe('EQL2014');
  });

  it('cannot nest without bounds', () => {
    const levels = Array.from({ length: 2_000 }, (_, level) =>
      level === 0 ? 'macro M0(x) not x' : `macro M${level}(x) not M${level - 1}(x)`,
    );
    const { diagnostics } = parseDefinitions(levels.join('\n'));
    expect(diagnostics[0]?.code).toBe('EQL2014');
  });

  it('cannot make a query grow without bounds', () => {
    const definitions = read('macro M(x) x + x + x + x');
    let call = 'y';
    for (let level = 0; level < 90; level += 1) call = `M(${call})`;
    const { query, diagnostics } = analyzeQuery(`any where ${call} == 1`, { dialect: ENDGAME, definitions });
    expect(query).toBeNull();
    expect(diagnostics[0]?.code).toBe('EQL2014');
  });
});
