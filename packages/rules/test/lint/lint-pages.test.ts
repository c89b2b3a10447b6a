import { readFileSync } from 'node:fs';
import { DIAGNOSTIC_CATALOGUE, DIALECTS, type DialectName } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';
import { lintRules } from '../../src/lint/lint-rules.js';
import { LINTS } from '../../src/lint/lints.js';
import type { RuleFile } from '../../src/lint/lint.js';
import { parseRuleToml } from '../../src/toml/parse-rule-toml.js';
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

/** Codes that need a mapping, definitions, several files, or more text than a page has room for. */
const WITHOUT_EXAMPLE = new Set(
  `EQL1008 EQL1009 EQL1021 EQL1033 EQL2002 EQL2007 EQL2009 EQL2012 EQL2013 EQL2014 EQL2015 EQL3006 EQL4001 EQL4005 EQL4101
  EQL4102 EQL4202`.split(/\s+/u),
);

describe.each(Object.entries(DIAGNOSTIC_CATALOGUE).filter(([code]) => !code.startsWith('EQL5')))(
  '%s',
  (code, { title, severity }) => {
    const page = readFileSync(new URL(`${code}.md`, FOLDER), 'utf8');

    it('has a page with its title and severity, and a row in the index', () => {
      expect(page.startsWith(`# ${code}: ${title}\n\nSeverity: ${severity}.\n`)).toBe(true);
      expect(INDEX).toContain(`| [${code}](${code}.md) | ${severity} | ${title} |\n`);
    });

    it.skipIf(WITHOUT_EXAMPLE.has(code))('has an example that is refused for it and one that is fine', () => {
      const blocks = [...page.matchAll(/^```(eql|toml) (reported|fine)(?: (\w+))?\n([^]*?)^```$/gmu)];
      expect(blocks.map(([, , word]) => word)).toEqual(['reported', 'fine']);
      for (const [, kind, word, dialect, text = ''] of blocks) {
        const found = kind === 'eql' ? codesOfQuery(text, dialect) : codesOfFile(text);
        expect([text, found.includes(code)]).toEqual([text, word === 'reported']);
        if (word === 'fine') expect([text, found.filter((one) => !one.startsWith('EQL5'))]).toEqual([text, []]);
      }
    });
  },
);

function codesOfQuery(text: string, dialect = 'elasticsearch'): readonly string[] {
  const name = Object.keys(DIALECTS).find((one): one is DialectName => one === dialect);
  return (lintRules([ruleFile(text, name)])[0]?.diagnostics ?? []).map(({ code }) => code);
}

function codesOfFile(text: string): readonly string[] {
  const { rule, diagnostics } = parseRuleToml(text, 'rule.toml');
  const found = rule === null ? [] : lintRules([{ rule, file: 'rule.toml', text, diagnostics, pack: null }]);
  return [...diagnostics, ...found.flatMap((file) => file.diagnostics)].map(({ code }) => code);
}

describe('the lints', () => {
  it('have each code of their family once, in order', () => {
    const codes = LINTS.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort());
    const family = Object.keys(DIAGNOSTIC_CATALOGUE).filter((code) => code.startsWith('EQL5'));
    expect([...codes, ...COMMENT_CODES.map(({ code }) => code)]).toEqual(family);
  });
});
