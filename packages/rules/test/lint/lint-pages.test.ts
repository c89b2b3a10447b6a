import { readFileSync } from 'node:fs';
import { DIAGNOSTIC_CATALOGUE, DIALECTS, type DialectName } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';
import { LINTS } from '../../src/lint/lints.js';
import { marked } from './lint-query.js';

const FOLDER = new URL('../../../../docs/lint/', import.meta.url);
const INDEX = readFileSync(new URL('README.md', FOLDER), 'utf8');

interface Example {
  readonly query: string;
  readonly dialect: DialectName;
  readonly reported: boolean;
}

/** The examples of a page: code blocks that say whether they are reported, and in which dialect they are written. */
function examplesOf(page: string): readonly Example[] {
  return [...page.matchAll(/^```eql (.*)\n([^]*?)^```$/gmu)].map(([, info = '', query = '']) => {
    const words = info.split(' ');
    const dialect = Object.keys(DIALECTS).find((name): name is DialectName => words.includes(name));
    return { query, dialect: dialect ?? 'elasticsearch', reported: words.includes('reported') };
  });
}

/** Comments that disable something are looked at when all else is done. */
const COMMENT_CODES = [
  { code: 'EQL5301', scope: 'query' },
  { code: 'EQL5302', scope: 'query' },
] as const;

describe.each([...LINTS, ...COMMENT_CODES])('$code', ({ code, scope }) => {
  const page = readFileSync(new URL(`${code}.md`, FOLDER), 'utf8');
  const { title, severity } = DIAGNOSTIC_CATALOGUE[code];

  it('has a page with its title and severity, and a row in the index', () => {
    expect(page.startsWith(`# ${code}: ${title}\n\nSeverity: ${severity}.\n`)).toBe(true);
    expect(INDEX).toContain(`| [${code}](${code}.md) | ${severity} | ${title} |\n`);
  });

  it.runIf(scope === 'query')('has an example that is reported and one that is not, and both behave', () => {
    const examples = examplesOf(page);
    expect(examples.some(({ reported }) => reported)).toBe(true);
    expect(examples.some(({ reported }) => !reported)).toBe(true);
    for (const { query, dialect, reported } of examples) {
      expect([query, marked(query, code, dialect).length > 0]).toEqual([query, reported]);
    }
  });
});

describe('the lints', () => {
  it('have each code of their family once, in order', () => {
    const codes = LINTS.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort());
    const family = Object.keys(DIAGNOSTIC_CATALOGUE).filter((code) => code.startsWith('EQL5'));
    expect([...codes, ...COMMENT_CODES.map(({ code }) => code)]).toEqual(family);
  });
});
