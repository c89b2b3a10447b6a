import { DIALECTS, parseQuery, printQuery, visit, type DialectName } from '@eqlkit/language';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { statements } from './tree-arbitraries.js';
import { withoutSpans } from './without-spans.js';

const SEED = 20_261_130;

/** Every kind of node that a statement may hold. */
const KINDS = [
  'statement', 'event-query', 'sequence', 'join', 'sample', 'subquery', 'identifier', 'time-span', 'pipe',
  'logical', 'not', 'comparison', 'arithmetic', 'negate', 'membership', 'pattern', 'lineage', 'call', 'field', 'variable',
  'null-literal', 'boolean-literal', 'number-literal', 'string-literal',
]; // prettier-ignore

const seen = new Map<string, number>();

describe(`printing and parsing generated trees (seed ${SEED})`, () => {
  afterAll(() => {
    console.log(`generated trees, seed ${SEED}: ${JSON.stringify(Object.fromEntries(seen))}`);
    for (const kind of KINDS) expect(seen.get(kind) ?? 0, kind).toBeGreaterThan(500);
    expect([...seen.keys()].sort()).toEqual([...KINDS].sort());
  });

  it.each(Object.keys(DIALECTS) as DialectName[])('gives the same tree in the %s dialect', (dialect) => {
    fc.assert(
      fc.property(statements(dialect), (tree) => {
        visit(tree, ({ kind }) => seen.set(kind, (seen.get(kind) ?? 0) + 1));
        const text = printQuery(tree);
        const { ast, diagnostics } = parseQuery(text, DIALECTS[dialect]);
        expect({ text, diagnostics }).toEqual({ text, diagnostics: [] });
        if (ast === null) throw new Error(`not a query: ${text}`);
        expect(withoutSpans(ast), text).toEqual(withoutSpans(tree));
        expect(printQuery(ast)).toBe(text);
      }),
      { seed: SEED, numRuns: 1_500 },
    );
  });
});
