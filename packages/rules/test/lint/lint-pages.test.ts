import { readFileSync } from 'node:fs';
import { DIAGNOSTIC_CATALOGUE, DIALECTS, type DialectName } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';
import { LINTS } from '../../src/lint/lints.js';
import type { RuleFile } from '../../src/lint/lint.js';
import { markedInFile, readRuleFile, ruleFile } from './lint-query.js';

const FOLDER = new URL('../../../../docs/lint/', import.meta.url);
const INDEX = readFileSync(new URL('README.md', FOLDER), 'utf8');

interface Example {
  readonly text: string;
  readonly file: RuleFile;
  readonly reported: boolean;
}

/** The examples of a page: queries and rule files that say whether they are reported, queries also in which dialect. */
function examplesOf(page: string): readonly Example[] {
  return [...page.matchAll(/^```(eql|toml) (.*)\n([^]*?)^```$/gmu)].map(([, kind, info = '', text = '']) => {
    const words = info.split(' ');
    const dialect = Object.keys(DIALECTS).find((name): name is DialectName => words.includes(name));
    const file = kind === 'eql' ? ruleFile(text, dialect) : readRuleFile(text);
    return { text, file, reported: words.includes('reported') };
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
    for (const { text, file, reported } of examples) {
      expect([text, markedInFile(file, code).length > 0]).toEqual([text, reported]);
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
