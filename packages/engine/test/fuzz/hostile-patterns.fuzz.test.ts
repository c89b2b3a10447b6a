import { analyzeQuery, DIALECTS, type DialectName } from '@eqlkit/language';
import { compileQuery, Engine } from '@eqlkit/engine';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';

const SEED = 20_261_133;
/** As long as the texts that make backtracking matchers hang. */
const LONG = 100_000;

const TEXTS = [
  'a'.repeat(LONG),
  `${'a'.repeat(LONG)}b`,
  'ab'.repeat(LONG / 2),
  'x'.repeat(LONG - 1) + 'y',
  '\u{1f600}'.repeat(LONG / 2),
  '\\'.repeat(LONG),
];

/** Asks long texts a condition with a pattern; it is refused with diagnostics, or answers. */
function ask(condition: string, dialect: DialectName = 'elasticsearch'): 'ran' | 'refused' {
  const { query: checked, diagnostics } = analyzeQuery(`any where ${condition}`, { dialect: DIALECTS[dialect] });
  const compilation = checked === null ? null : compileQuery(checked);
  const query = compilation?.query;
  if (query == null) {
    expect([...diagnostics, ...(compilation?.diagnostics ?? [])]).not.toEqual([]);
    return 'refused';
  }
  const engine = new Engine([query]);
  TEXTS.forEach((text, place) => engine.process({ '@timestamp': place, s: text, list: [text, text] }));
  engine.finish();
  return 'ran';
}

function raw(pattern: string): string {
  return `"${pattern.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

describe(`patterns made to take long, on texts of ${String(LONG)} characters`, () => {
  it.each([
    '(a+)+',
    '(a+)+b',
    '(a*)*b',
    '(a|a)*b',
    '(a|aa)+b',
    '(.*a){12}',
    '(.*)(.*)(.*)(.*)(.*)b',
    '([a-z]+)*y',
    '(x+x+)+y',
    '.*.*.*.*.*.*.*.*y',
    '(a?){100}a{100}',
    '((a{0,10}){0,10}){0,10}',
    '[^b]*[^b]*[^b]*b',
    '(<1-99999>)*',
    '"a*a*a*"',
    '@',
    '#',
    '~(a+)',
    '(a&b)*',
    `${'('.repeat(500)}a${')'.repeat(500)}`,
    `${'a|'.repeat(900)}a`,
    `[${'a-z'.repeat(600)}]+`,
    'a'.repeat(5_000),
    '{'.repeat(100),
    'a{1000}{1000}',
    '\\'.repeat(99),
  ])('the regular expression %s', (pattern) => {
    for (const operator of ['regex', 'regex~']) ask(`s ${operator} ${raw(pattern)}`);
    ask(`match(s, ${raw(pattern)})`);
    ask(`match(concat(s, "z"), ${raw(pattern)})`);
    ask(`match(s, ${raw(pattern)})`, 'endgame');
  });

  it.each([
    '*a*a*a*a*a*a*a*a*a*a*b',
    `${'*a'.repeat(2_000)}*b`,
    `${'?'.repeat(5_000)}*b`,
    `${'*?'.repeat(1_000)}b`,
    '*'.repeat(10_000),
    `*${'ab'.repeat(2_000)}c*`,
    `*${'a'.repeat(20_000)}b*`,
    `${'a'.repeat(LONG)}*${'a'.repeat(LONG)}`,
    '*\u{1f600}*\u{1f600}*?*\ud83d*',
  ])('the wildcard pattern number %#', (pattern) => {
    for (const operator of [':', 'like', 'like~']) {
      expect(ask(`s ${operator} ${raw(pattern)}`)).toBe('ran');
      expect(ask(`list ${operator} (${raw(pattern)}, "*b*a*", "b*b")`)).toBe('ran');
    }
    expect(ask(`wildcard~(s, ${raw(pattern)})`)).toBe('ran');
    ask(`s == ${raw(pattern)}`, 'endgame');
  });

  it.each(['b_', '_b', '_b_', 'b?_', '_?b', '\u{1f600}?_'])(
    'a long stretch such as %s in a text of megabytes',
    (shape) => {
      const stretch = shape.replaceAll('_', 'a'.repeat(LONG));
      for (const condition of [
        `s : "*${stretch}*"`,
        `s like ("*${stretch}*", "*c")`,
        `wildcard~(s, "*${stretch}*")`,
        `stringContains~(s, "${stretch}")`,
        `stringContains(s, part)`,
        `indexOf(s, part) == 1`,
        `startsWith~(s, part) or endsWith(s, part)`,
        `between(s, part, part) == "x"`,
        `between(s, "a", part, true) == "x"`,
      ]) {
        const { query } = analyzeQuery(`any where ${condition}`);
        const compiled = query === null ? null : compileQuery(query).query;
        if (compiled === null) throw new Error(`refused: ${condition.slice(0, 40)}`);
        const engine = new Engine([compiled]);
        engine.process({ '@timestamp': 1, s: 'a'.repeat(3_000_000), part: stretch });
        expect([...compiled.plan.problems.keys()]).toEqual(
          shape.includes('?') && /:|like|wildcard/u.test(condition.slice(0, 12)) ? ['text-too-long-for-pattern'] : [],
        );
      }
    },
  );

  it('a list of many patterns', () => {
    const patterns = Array.from({ length: 5_000 }, (_, place) => `"*${String(place)}a*${String(place)}"`);
    expect(ask(`s : (${patterns.join(', ')})`)).toBe('ran');
  });
});

describe(`random patterns (seed ${String(SEED)})`, () => {
  const verdicts = { ran: 0, refused: 0 };
  afterAll(() => console.log(`random patterns, seed ${String(SEED)}: ${JSON.stringify(verdicts)}`));

  const piece = fc.constantFrom(
    ...['a', 'b', '.', '*', '+', '?', '|', '(', ')', '[', ']', '^', '-', '{2}', '{1,9}', '{', '}', '<1-9>', '"', '@'],
    ...['~', '&', '#', '\\', '\\w', '\\d', '(?i)', '(?=', '\\1', '$', 'a*', '.*', '[a-z]', '[^a]', 'é', '\u{1f600}'],
  );
  const pattern = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));

  it('as regular expressions', () => {
    const property = fc.property(pattern, fc.constantFrom<DialectName>('elasticsearch', 'endgame'), (text, dialect) => {
      verdicts[ask(`s regex ${raw(text)}`, dialect)] += 1;
      verdicts[ask(`match~(concat(s, ""), ${raw(text)})`, dialect)] += 1;
    });
    fc.assert(property, { seed: SEED, numRuns: 150 });
    expect(verdicts.ran).toBeGreaterThan(20);
    expect(verdicts.refused).toBeGreaterThan(20);
  });

  it('as wildcard patterns', () => {
    const wildcard = fc.array(fc.constantFrom('*', '?', 'a', 'b', 'ab', '\\', 'é', '\u{1f600}'), { maxLength: 40 });
    const property = fc.property(wildcard, (pieces) => {
      expect(ask(`s : ${raw(pieces.join(''))}`)).toBe('ran');
    });
    fc.assert(property, { seed: SEED, numRuns: 200 });
  });
});
