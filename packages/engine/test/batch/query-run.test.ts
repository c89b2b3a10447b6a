import { describe, expect, it } from 'vitest';
import { prepareQuery } from '../../src/batch/prepare-query.js';
import { QueryRun } from '../../src/batch/query-run.js';
import type { CompileOptions } from '../../src/plan/compile-query.js';
import { idsOf, makeEvents } from '../run-query.js';

function start(text: string, options: CompileOptions = {}): QueryRun {
  const { query } = prepareQuery(text, options);
  if (query === null) throw new Error(`refused: ${text}`);
  return new QueryRun(query);
}

/** The ids that each event gives, those that the end gives, and after how many events the answer was complete. */
function trace(text: string, options: CompileOptions) {
  const run = start(text, options);
  const events = makeEvents('A1 A2 A3 A4 A5');
  let completeAfter: number | null = null;
  const ids = events.flatMap((event, index) => {
    const matches = run.process(event);
    if (completeAfter === null && run.isComplete) completeAfter = index + 1;
    return matches.flatMap(idsOf);
  });
  return { ids: [...ids, ...run.finish().flatMap(idsOf)], found: run.found, completeAfter };
}

describe('a query over events that have an end', () => {
  it('keeps the last results, or the first, and counts them all', () => {
    expect(trace('any where true', { size: 2 })).toEqual({ ids: [4, 5], found: 5, completeAfter: null });
    expect(trace('any where true', { size: 2, resultPosition: 'head' })).toEqual({
      ids: [1, 2],
      found: 5,
      completeAfter: 2,
    });
  });

  it('is complete when a head of the query is, and never before a tail', () => {
    expect(trace('any where true | head 3', { size: 10 }).completeAfter).toBe(3);
    expect(trace('any where true | head 4 | head 3', { size: 10 }).completeAfter).toBe(3);
    expect(trace('any where true | head 50', { size: 2 })).toEqual({ ids: [1, 2], found: 5, completeAfter: 2 });
    expect(trace('any where true | tail 3 | head 1', { size: 10 })).toMatchObject({ ids: [3], completeAfter: null });
  });

  it('is complete at once with a size of nothing', () => {
    expect(start('any where true', { size: 0, resultPosition: 'head' }).isComplete).toBe(true);
  });

  it('gives everything without a size', () => {
    expect(trace('any where true', {})).toEqual({ ids: [1, 2, 3, 4, 5], found: 0, completeAfter: null });
  });
});

describe('preparing a query', () => {
  it.each([
    ['a parse error', 'any were true', 'EQL1002'],
    ['a verification error', 'any where lenght(a) > 1', 'EQL2001'],
    ['a translation error', 'any where cidrMatch(a, "10.0.0.0/99")', 'EQL3003'],
  ])('tells %s', (_about, text, code) => {
    const { query, diagnostics } = prepareQuery(text);
    expect(query).toBeNull();
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
  });
});
