import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './run-eql.js';

/** The cells of each row of the tables of docs/compatibility.md. */
function rowsOfPage(): readonly (readonly string[])[] {
  const page = readFileSync(join(ROOT, 'docs/compatibility.md'), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| point |'));
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split(' | ')
      .map((cell) => cell.trim()),
  );
}

/** The tests that a row names: the file, and what the test or its group is called there. */
function testsOf(row: readonly string[]): readonly { readonly file: string; readonly name: string }[] {
  const cell = row.at(-1) ?? '';
  return [...cell.matchAll(/`([^`:]+\.test\.ts)::([^`]+)`/gu)].map(([, file = '', name = '']) => ({ file, name }));
}

/** Whether a test file calls a test or a group of tests by this name. */
function isTest(text: string, name: string): boolean {
  return ["'", '"', '`'].some((quote) => text.includes(`(${quote}${name}${quote}, `));
}

describe('docs/compatibility.md', () => {
  const rows = rowsOfPage();

  it('has rows', () => {
    expect(rows.length).toBeGreaterThan(30);
  });

  it.each(rows.map((row) => [row[0] ?? '', row] as const))('names tests that exist: %s', (_point, row) => {
    expect(row).toHaveLength(5);
    const tests = testsOf(row);
    expect(tests).not.toEqual([]);
    for (const { file, name } of tests) {
      const path = join(ROOT, file);
      expect(existsSync(path), file).toBe(true);
      expect(isTest(readFileSync(path, 'utf8'), name), `${file} has no test "${name}"`).toBe(true);
    }
  });
});
