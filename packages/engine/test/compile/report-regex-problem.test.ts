import { analyzeQuery, DIALECTS } from '@eqlkit/language';
import { compileQuery, Engine } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { compile, makeEvent } from '../run-query.js';

/** Code and marked text of each error of compiling a query. */
function problemsOf(query: string, dialect = DIALECTS.elasticsearch): readonly (readonly [string, string])[] {
  const analysis = analyzeQuery(query, { dialect });
  if (analysis.query === null) throw new Error(analysis.diagnostics.map(({ message }) => message).join('; '));
  const { diagnostics } = compileQuery(analysis.query);
  return diagnostics.map(({ code, span }) => [code, query.slice(span.start, span.end)]);
}

describe('a regular expression that cannot be used', () => {
  it.each([
    // Lucene's operators that are refused by name
    ['any where a regex "x~y"', 'EQL3005', '~'],
    ['any where a regex """x&y"""', 'EQL3005', '&'],
    ['any where a regex ("ok", "(?=x)")', 'EQL3005', '(?='],
    ['any where a regex """ab\\b"""', 'EQL3005', '\\b'],
    ['any where a regex """(a)\\1"""', 'EQL3005', '\\1'],
    ['any where a regex "<name>"', 'EQL3005', '<'],
    ['any where match(a, "x~y")', 'EQL3005', '~'],
    // Escapes in the literal hide the place, so that the whole literal is marked.
    ['any where a regex "\\t~"', 'EQL3005', '"\\t~"'],
    // Mistakes
    ['any where a regex "(x"', 'EQL3004', '('],
    ['any where a regex "x)"', 'EQL3004', ')'],
    ['any where a regex "a{3"', 'EQL3004', '"'],
    ['any where match(a, "ok", "[x")', 'EQL3004', '['],
  ])('is reported where it is wrong: %s', (query, code, marked) => {
    expect(problemsOf(query)).toEqual([[code, marked]]);
  });

  it("names Python's look-around in the endgame dialect", () => {
    expect(problemsOf('any where match(a, "x(?!y)")', DIALECTS.endgame)).toEqual([['EQL3005', '(?!']]);
  });
});

describe('a text that is too long for a regular expression', () => {
  it.each(['a regex ".*[a-c].{985}[d]"', 'match(a, ".*[a-c].{985}[d]")'])(
    'does not match, and is counted: %s',
    (condition) => {
      const query = compile(`any where ${condition}`);
      const engine = new Engine([query]);
      expect(engine.process(makeEvent(1, { a: `a${'x'.repeat(985)}d` }))).toHaveLength(1);
      expect(engine.process(makeEvent(2, { a: `${'x'.repeat(99_000)}a${'x'.repeat(985)}d` }))).toEqual([]);
      expect([...query.plan.problems]).toEqual([['text-too-long-for-regex', 1]]);
    },
  );
});
