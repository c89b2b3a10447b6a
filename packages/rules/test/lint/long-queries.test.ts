import { describe, expect, it } from 'vitest';
import { lintRules } from '../../src/lint/lint-rules.js';
import { ruleFile } from './lint-query.js';

/** So many that what grows with their square would outlast the test's limit of time. */
const COUNT = 50_000;

function repeat(separator: string, write: (index: number) => string): string {
  return Array.from({ length: COUNT }, (_, index) => write(index)).join(separator);
}

describe('lints of a query without measure', () => {
  it.each([
    ['alternatives', `process where ${repeat(' or ', (index) => `x == ${String(index)}`)}`, 'EQL5013'],
    ['exclusions', `process where ${repeat(' and ', (index) => `process.pid != ${String(index)}`)}`, null],
    ['branches', `process where x == 1 and (${repeat(' or ', (index) => `(y == 1 and z == ${String(index)})`)})`, null],
    ['patterns', `process where process.name like (${repeat(', ', (index) => `"a${String(index)}*"`)})`, null],
  ])('end: %s', (_, query, code) => {
    const codes = lintRules([ruleFile(query)])[0]?.diagnostics.map((diagnostic) => diagnostic.code) ?? [];
    if (code !== null) expect(codes).toContain(code);
    expect(codes.length).toBeLessThan(1000);
  });
});
