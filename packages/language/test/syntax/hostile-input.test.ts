import { analyzeQuery, DIALECTS } from '@eqlkit/language';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const SEED = 20_240_601;
const PIECES = [
  'process', 'any', 'where', 'sequence', 'sample', 'join', 'by', 'with', 'maxspan', 'runs', 'until', 'in', 'in~', 'not',
  'and', 'or', 'like~', 'regex', ':', '==', '=', '<', '(', ')', '[', '![', ']', ',', '.', '?', '|', '+', '-', '*', '/',
  '%', '1', '1.5', '5s', '"x"', '"""', '"', '`a`', '`', "'", '/*', '*/', '//', '\n', '\\', '$x', 'length', '~', 'of',
  'child', 'as', 'fork', 'null', 'true', '\u0000', '\ud800', '😀',
]; // prettier-ignore

/** Every text ends as a query, or with a diagnostic whose place lies within the text. */
function expectVerdict(text: string): void {
  for (const dialect of Object.values(DIALECTS)) {
    const { query, diagnostics } = analyzeQuery(text, { dialect });
    if (query === null) expect(diagnostics.length).toBeGreaterThan(0);
    for (const { span, message } of diagnostics) {
      expect(message).not.toBe('');
      expect(span.start).toBeGreaterThanOrEqual(0);
      expect(span.end).toBeGreaterThanOrEqual(span.start);
      expect(span.end).toBeLessThanOrEqual(text.length);
    }
  }
}

describe(`random text (seed ${SEED})`, () => {
  it('of any characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), expectVerdict), { seed: SEED, numRuns: 500 });
  });

  it('of any bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array).toString('latin1'));
    fc.assert(fc.property(bytes, expectVerdict), { seed: SEED, numRuns: 500 });
  });

  it.each(['', ' '])('of tokens joined by "%s"', (separator) => {
    const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(separator));
    fc.assert(fc.property(soup, expectVerdict), { seed: SEED, numRuns: 1000 });
  });

  it('of tokens behind "process where"', () => {
    const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }).map((p) => `process where ${p.join(' ')}`);
    fc.assert(fc.property(soup, expectVerdict), { seed: SEED, numRuns: 1000 });
  });
});

describe('large text', () => {
  it.each([
    ['10,000 parentheses', `process where ${'('.repeat(10_000)}true${')'.repeat(10_000)}`],
    ['10,000 open parentheses', `process where ${'('.repeat(10_000)}`],
    ['10,000 nots', `process where ${'not '.repeat(10_000)}true`],
    ['10,000 signs', `process where ${'-'.repeat(10_000)}1 == 1`],
    ['10,000 calls', `process where ${'length('.repeat(10_000)}a${')'.repeat(10_000)} == 1`],
  ])('is refused for its depth: %s', (_, text) => {
    const { query, diagnostics } = analyzeQuery(text);
    expect(query).toBeNull();
    expect(diagnostics[0]?.code).toBe('EQL1008');
  });

  it.each([
    ['a list of 100,000', `process where a in (${Array.from({ length: 100_000 }, (_, i) => i).join(', ')})`],
    ['a string of 1 MB', `process where a == "${'x'.repeat(1_000_000)}"`],
    ['10,000 operands', `process where ${Array.from({ length: 10_000 }, (_, i) => `a == ${i}`).join(' or ')}`],
    ['1,000 nested comments', `process where true ${'/*'.repeat(1000)}${'*/'.repeat(1000)}`],
  ])('is read: %s', (_, text) => {
    const { query, diagnostics } = analyzeQuery(text);
    expect(diagnostics).toEqual([]);
    expect(query).not.toBeNull();
  });

  it.each([
    ['10,000 comments that stay open', `process where true ${'/* '.repeat(10_000)}`, 'EQL1007'],
    ['an open string of 1 MB', `process where a == "${'x'.repeat(1_000_000)}`, 'EQL1003'],
    ['more than 16 MB', ' '.repeat(16 * 1024 * 1024 + 1), 'EQL1009'],
  ])('is refused: %s', (_, text, code) => {
    expect(analyzeQuery(text).diagnostics[0]?.code).toBe(code);
  });
});
