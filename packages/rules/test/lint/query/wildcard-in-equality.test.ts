import { analyzeQuery } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';
import { lintRules } from '../../../src/lint/lint-rules.js';
import { fixed, marked, ruleFile } from '../lint-query.js';

describe('EQL5002, a wildcard compared as plain text', () => {
  it.each([
    ['process where process.name == "cmd*"', '"cmd*"'],
    ['process where process.name != "*.exe"', '"*.exe"'],
    ['process where "a*b" == process.name', '"a*b"'],
    ['process where process.name in ("a", "b*", "c")', '"b*"'],
    ['process where process.name not in~ ("*b")', '"*b"'],
    ['process where process.args == """C:\\*"""', '"""C:\\*"""'],
    ['process where stringContains(process.name, "*a")', '"*a"'],
    ['process where startsWith~(process.name, "cmd*")', '"cmd*"'],
    ['process where endsWith(process.name, "*.exe")', '"*.exe"'],
  ])('is found in %s', (query, part) => {
    expect(marked(query, 'EQL5002')).toEqual([part]);
  });

  it.each([
    'process where process.name : "cmd*"',
    'process where process.name like ("cmd*", "*a")',
    'process where process.args == "*"',
    'process where process.name == "cmd.exe"',
    'process where process.name == "what?"',
    // In the middle it is part of what is looked for.
    'process where startsWith(process.name, "DC=*,") or stringContains(process.args, "x=[*]") or endsWith(process.args, "*")',
    'process where startsWith(process.name, "a") and concat(process.name, "*") == "a"',
  ])('is not found in %s', (query) => {
    expect(marked(query, 'EQL5002')).toEqual([]);
  });

  it('proposes like, which is for the author to decide', () => {
    const query = 'process where process.name == "cmd*"';
    const file = ruleFile(query);
    const fix = lintRules([file])[0]?.diagnostics[0]?.fix;
    expect(fix).toMatchObject({ replacement: 'like' });
    expect(fix?.safe).toBeUndefined();
    const text = file.text.slice(0, fix?.span.start) + (fix?.replacement ?? '') + file.text.slice(fix?.span.end);
    expect(text).toContain('process.name like "cmd*"');
    expect(analyzeQuery('process where process.name like "cmd*"').query).not.toBeNull();
    expect(fixed(query)).toBe(query);
  });
});
