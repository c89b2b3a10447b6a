import { readFileSync } from 'node:fs';
import { DIALECTS, formatQuery, type DialectName } from '@eqlkit/language';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from '../../src/syntax/tokens.js';

function format(query: string, options: { width?: number; dialect?: DialectName } = {}): string | null {
  const { dialect = 'elasticsearch', ...others } = options;
  return formatQuery(query, { dialect: DIALECTS[dialect], ...others }).text;
}

describe('formatQuery', () => {
  it('puts a query that fits on one line', () => {
    expect(format('process   where\n a==1\n  and b :"x"')).toBe('process where a == 1 and b : "x"');
  });

  it('gives each operand a line if the query does not fit, and each list what it needs', () => {
    const query =
      'process where event.type=="start" and process.name in("a","b") and not(process.args:"x" or process.pid in (1,2,3))';
    expect(format(query, { width: 40 })).toBe(`process where
  event.type == "start" and
  process.name in ("a", "b") and
  not (
    process.args : "x" or
    process.pid in (1, 2, 3)
  )`);
  });

  it('indents an "and" inside an "or" that has no parentheses', () => {
    expect(format('process where aaaaaaaaaa == 1 and bbbbbbbbbb == 2 or cccccccccc == 3', { width: 30 })).toBe(
      `process where
  aaaaaaaaaa == 1 and
    bbbbbbbbbb == 2 or
  cccccccccc == 3`,
    );
  });

  it('fills lines with short list items and gives long ones a line each', () => {
    const short = 'process where process.name in ("aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc", "dddddddddd")';
    expect(format(short, { width: 50 })).toBe(`process where
  process.name in (
    "aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc",
    "dddddddddd"
  )`);
    const long = `process where process.executable : ("/usr/local/lib/one/of/many/programs", "/b")`;
    expect(format(long, { width: 50 })).toBe(`process where
  process.executable : (
    "/usr/local/lib/one/of/many/programs",
    "/b"
  )`);
  });

  it('lays out sequences, samples and pipes', () => {
    expect(
      format(
        'sequence by a,?b with maxspan = 5m [x where p==1] by q with runs = 3 ![y where true] by r until [z where s==2] by t | head 10|tail 2',
      ),
    ).toBe(`sequence by a, ?b with maxspan=5m
  [x where p == 1] by q with runs=3
  ![y where true] by r
until [z where s == 2] by t
| head 10
| tail 2`);
    expect(format('sample by h [a where true][b where true]')).toBe('sample by h\n  [a where true]\n  [b where true]');
  });

  it('breaks a stage that does not fit', () => {
    expect(
      format('sequence by a [x where bbbbbbbbbb == 1 and cccccccccc == 2] by d [y where true] by e', { width: 40 }),
    ).toBe(`sequence by a
  [x where
    bbbbbbbbbb == 1 and
    cccccccccc == 2
  ] by d
  [y where true] by e`);
  });

  it.each<[DialectName, string, string]>([
    [
      'elasticsearch',
      'process where a - -1 == - 2 and + b * (c+1) > 0',
      'process where a - -1 == -2 and +b * (c + 1) > 0',
    ],
    ['elasticsearch', 'any where startsWith~ ( a . `b-c` , "x" )', 'any where startsWith~(a.`b-c`, "x")'],
    ['elasticsearch', '"my cat" where ? a . b != null', '"my cat" where ?a.b != null'],
    ['elasticsearch', 'process where x not in~("a")', 'process where x not in~ ("a")'],
    [
      'endpoint',
      'sequence [a where true] by k as event0 [b where _arraysearch(x,$e,$e . y==event0.z)] by k',
      'sequence\n  [a where true] by k as event0\n  [b where _arraysearch(x, $e, $e.y == event0.z)] by k',
    ],
    [
      'endpoint',
      'process where descendant of[process where a==1]',
      'process where descendant of [process where a == 1]',
    ],
    ['endgame', "process where a [0]='x' and b:length()>1", "process where a[0] = 'x' and b :length() > 1"],
    [
      'endgame',
      'join by a[x where true] fork = true [y where true]',
      'join by a\n  [x where true] fork=true\n  [y where true]',
    ],
  ])('spaces tokens (%s: %s)', (dialect, before, after) => {
    expect(format(before, { dialect })).toBe(after);
  });

  it('keeps comments beside what they stood beside', () => {
    expect(
      format(`// what it is for

process where // first
  a == 1 /* one */ and
  // about b
  b in (
    /* two */ "x", // x

    // y is different
    "y"
    // no more
  )
  and /* three
  lines */ c == 2
/* the
   end */`),
    ).toBe(`// what it is for

process where // first
  a == 1 /* one */ and
  // about b
  b in (
    /* two */ "x", // x

    // y is different
    "y"
    // no more
  ) and
  /* three
  lines */ c == 2
/* the
   end */`);
  });

  it('keeps single empty lines between operands, items and stages', () => {
    expect(format('sequence by a\n\n\n [x where true]\n\n [y where true]', { width: 20 })).toBe(
      'sequence by a\n\n  [x where true]\n\n  [y where true]',
    );
    expect(format('a where bbbbbbbbbb == 1 and\n\n\n cccccccccc == 2', { width: 20 })).toBe(
      'a where\n  bbbbbbbbbb == 1 and\n\n  cccccccccc == 2',
    );
  });

  it('reads line ends of any system and writes line feeds', () => {
    expect(format('a where // c\r\n  b == 1 /* d\r\ne */')).toBe('a where // c\n  b == 1 /* d\ne */');
  });

  it('says why a query that does not parse has no format', () => {
    const { text, diagnostics } = formatQuery('process where a = 1');
    expect(text).toBeNull();
    expect(diagnostics.map(({ code }) => code)).toEqual(['EQL1010']);
  });

  it('formats a list of 50,000 and a deeply nested query', () => {
    const list = Array.from({ length: 50_000 }, (_, index) => `"n${index}"`).join(',');
    expect(format(`process where a in (${list})`)?.split('\n').length).toBeGreaterThan(5000);
    expect(format(`process where ${'('.repeat(95)}a == 1${')'.repeat(95)}`)).toContain('a == 1');
  });
});

const QUERIES: readonly string[] = [
  'process where a == 1 and (b : ("x*", "y") or not c in~ ("q", "r")) and length(d) > - 2',
  'sequence by a . b , ? c with maxspan = 5 m [ x where p == 1 ] by q with runs = 3 ! [ y where r like "z" or s == """t""" ] by u'
    .replace('5 m', '5m')
    .replace('! [', '!['),
  'any where x == null or y + 1 * 2 != 3 | head 5',
  'sample by h [ a where true ] by i [ b where cidrMatch ( c , "10.0.0.0/8" ) ] by j',
  'process where descendant of [ process where a == 1 or b == 2 ] and _arraysearch ( x , $e , $e . y == "z" )',
];

const FILLERS = [
  ' ',
  '\n',
  '\n\n\n',
  ' /* c */ ',
  ' // d\n',
  '\n// e\n',
  '\n\n  /* f\n g */ ',
  '\n/* h */\n\n',
  ' /**/ /* i */\r\n',
];

describe('formatting', () => {
  it('keeps tree and comments and is idempotent, wherever comments and breaks stand and whatever the width', () => {
    const cases = fc.record({
      query: fc.constantFrom(...QUERIES),
      fillers: fc.array(fc.constantFrom(...FILLERS), { maxLength: 60, size: 'max' }),
      width: fc.constantFrom(1, 20, 40, 100, 10_000),
    });
    fc.assert(
      fc.property(cases, ({ query, fillers, width }) => {
        const tokens = tokenize(query).tokens.map(({ image }) => image);
        const filled = [
          ...tokens.flatMap((image, index) => [fillers[index] ?? ' ', image]),
          fillers[tokens.length] ?? '',
        ].join('');
        const once = format(filled, { width, dialect: 'endpoint' });
        expect(once).not.toBeNull();
        // formatQuery throws if the tree or a comment changes.
        expect(format(once ?? '', { width, dialect: 'endpoint' })).toBe(once);
      }),
      { numRuns: 2000, seed: 20261124 },
    );
  });
});

describe('a long query without a place to break', () => {
  it.each([
    ['20,000 keys', `sequence by ${Array.from({ length: 20_000 }, () => 'a').join(', ')}`],
    ['40,000 comments', `sequence ${'/**/ '.repeat(40_000).trim()} by a`],
  ])('is formatted in no time to speak of: %s', (_, start) => {
    const query = `${start}\n  [a where true]\n  [b where true]`;
    const formatted = format(query) ?? '';
    expect(formatted.replace(/\s+/gu, ' ')).toHaveLength(query.replace(/\s+/gu, ' ').length);
    expect(format(formatted)).toBe(formatted);
  });

  it('is formatted with as many comments at the end of a line', () => {
    const comments = '/**/ '.repeat(40_000).trim();
    expect(format(`process where a and ${comments}\nb`)).toBe(`process where\n  a and ${comments}\n  b`);
  });
});

describe('docs/formatting.md', () => {
  const page = readFileSync(new URL('../../../../docs/formatting.md', import.meta.url), 'utf8');
  const examples = [...page.matchAll(/<!-- test: format -->\n```eql\n([^]*?)\n```/gu)].map(([, query = '']) => query);

  it('shows queries as they are formatted', () => {
    expect(examples).toHaveLength(2);
    for (const query of examples) expect(format(query)).toBe(query);
  });
});
