import type { Log } from 'sarif';
import { DIAGNOSTIC_CATALOGUE } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';
import { lintRules } from '../../src/lint/lint-rules.js';
import { countSeverities, diagnosticsJson } from '../../src/report/diagnostics-json.js';
import { githubAnnotations } from '../../src/report/github-annotations.js';
import { sarifLog } from '../../src/report/sarif-log.js';
import { readRuleFile } from '../lint/lint-query.js';

const TEXT = `[rule]
name = "n"
query = '''
process where a == "x*" and
  b in ("é", "é")
'''
`;
const FILES = lintRules([
  readRuleFile(TEXT, 'rules/a b,c:100%.toml'),
  readRuleFile('[rule]\nname = "m"\nquery = "process where q = 1"\n', 'm.toml'),
]);

describe('diagnosticsJson', () => {
  it('gives places in the file, the end behind the last character', () => {
    const { diagnostics } = diagnosticsJson(FILES);
    expect(diagnostics[0]).toMatchObject({
      file: 'rules/a b,c:100%.toml',
      code: 'EQL5002',
      severity: 'warning',
      startLine: 4,
      startColumn: 20,
      endLine: 4,
      endColumn: 24,
      fix: { title: 'Use like', safe: false, replacement: 'like', startLine: 4, startColumn: 17, endColumn: 19 },
    });
    expect(diagnostics[1]).toMatchObject({ code: 'EQL5005', startLine: 5, startColumn: 14, fix: { safe: true } });
    expect(diagnostics[2]).toMatchObject({ file: 'm.toml', code: 'EQL1010', severity: 'error', startLine: 3 });
  });

  it('counts by severity', () => {
    expect(countSeverities(FILES)).toEqual({ errors: 1, warnings: 2, infos: 0 });
  });
});

describe('githubAnnotations', () => {
  it('are workflow commands with escaped properties', () => {
    const [first, second, third, rest] = githubAnnotations(FILES).split('\n');
    expect(first).toMatch(
      /^::warning file=rules\/a b%2Cc%3A100%25\.toml,line=4,endLine=4,col=20,endColumn=23,title=EQL5002::"==" takes the \* /u,
    );
    expect(first).toContain('%0AUse "like"');
    expect(second).toMatch(/^::warning .*title=EQL5005::/u);
    expect(third).toMatch(/^::error file=m\.toml,line=3,.*title=EQL1010::/u);
    expect(rest).toBe('');
  });
});

describe('sarifLog', () => {
  // The published types of the schema are the check that no property is misspelt or of the wrong type.
  const log: Log = sarifLog(FILES, '1.2.3');
  const [run] = log.runs;

  it('is one run of version 2.1.0 whose rules have text', () => {
    expect(log.version).toBe('2.1.0');
    expect(log.runs).toHaveLength(1);
    expect(run?.tool.driver).toMatchObject({ name: 'eqlkit', version: '1.2.3' });
    expect(run?.tool.driver.rules?.map(({ id }) => id)).toEqual(['EQL1010', 'EQL5002', 'EQL5005']);
    for (const rule of run?.tool.driver.rules ?? []) {
      const { title } = DIAGNOSTIC_CATALOGUE[rule.id as keyof typeof DIAGNOSTIC_CATALOGUE];
      expect(rule.shortDescription?.text).toBe(title);
      expect(rule.fullDescription?.text).not.toBe('');
      expect(rule.help?.text).not.toBe('');
    }
  });

  it('gives each result its rule, level, relative URI, region and fingerprint', () => {
    const results = run?.results ?? [];
    expect(results.map(({ level }) => level)).toEqual(['warning', 'warning', 'error']);
    for (const { ruleId, ruleIndex } of results) {
      expect(run?.tool.driver.rules?.[ruleIndex ?? -1]?.id).toBe(ruleId);
    }
    const place = results[0]?.locations?.[0]?.physicalLocation;
    expect(place?.artifactLocation?.uri).toBe('rules/a%20b%2Cc%3A100%25.toml');
    expect(place?.region).toEqual({ startLine: 4, startColumn: 20, endLine: 4, endColumn: 24 });
    const fingerprints = results.map((result) => result.partialFingerprints?.['primaryLocationLineHash']);
    expect(new Set(fingerprints).size).toBe(3);
    for (const one of fingerprints) expect(one).toMatch(/^[0-9a-f]{16}:1$/u);
  });

  it('keeps a fingerprint when lines move, and numbers the same again', () => {
    const hashOf = (text: string): readonly (string | undefined)[] => {
      const moved: Log = sarifLog(lintRules([readRuleFile(text)]), '1');
      return moved.runs[0]?.results?.map((one) => one.partialFingerprints?.['primaryLocationLineHash']) ?? [];
    };
    const [first, second] = hashOf(TEXT);
    expect(hashOf(`# moved\n\n${TEXT}`)).toEqual([first, second]);
    const twice = hashOf(TEXT.replace('"é", "é"', '"é", "é", "é"'));
    expect(twice[2]).toBe(twice[1]?.replace(':1', ':2'));
  });

  it('gives fixes as replacements', () => {
    const fix = run?.results?.[1]?.fixes?.[0];
    expect(fix?.description?.text).toBe('Remove it');
    const replacement = fix?.artifactChanges[0]?.replacements[0];
    expect(replacement?.insertedContent).toEqual({ text: '' });
    expect(replacement?.deletedRegion).toEqual({ startLine: 5, startColumn: 12, endLine: 5, endColumn: 17 });
  });

  it('has absolute paths as file URIs', () => {
    const files = [
      { file: '/r/a b.toml', text: TEXT, diagnostics: FILES[0]?.diagnostics ?? [] },
      { file: 'C:/r/a.toml', text: TEXT, diagnostics: FILES[0]?.diagnostics ?? [] },
    ];
    const absolute: Log = sarifLog(files, '1');
    const uris = absolute.runs[0]?.results?.map((one) => one.locations?.[0]?.physicalLocation?.artifactLocation?.uri);
    expect(new Set(uris)).toEqual(new Set(['file:///r/a%20b.toml', 'file:///C:/r/a.toml']));
  });
});
