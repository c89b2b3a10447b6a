import { describe, expect, it } from 'vitest';
import { applyFixes } from '../../../src/lint/apply-fixes.js';
import { lintRules } from '../../../src/lint/lint-rules.js';
import { fixed, marked, markedInFile, proposed, readRuleFile } from '../lint-query.js';

/** A rule file whose query is written as given, delimiters and all. */
function inToml(query: string): ReturnType<typeof readRuleFile> {
  return readRuleFile(`[rule]\nname = "n"\nquery = ${query}\n`);
}

describe('EQL5020, a backslash that makes a control character', () => {
  it.each([
    ['process where a : "C:\\temp"', '\\t', 'process where a : "C:\\\\temp"'],
    ['process where a : "?:\\bin\\\\x"', '\\b', 'process where a : "?:\\\\bin\\\\x"'],
    ['process where a like~ "C:\\\\x\\new*"', '\\n', 'process where a like~ "C:\\\\x\\\\new*"'],
    ['registry where a in ("HKLM\\run", "b")', '\\r', 'registry where a in ("HKLM\\\\run", "b")'],
    ['process where a : ("x", "*\\\\x\\fonts*")', '\\f', 'process where a : ("x", "*\\\\x\\\\fonts*")'],
  ])('is found in %s', (query, part, after) => {
    expect(marked(query, 'EQL5020')).toEqual([part]);
    expect(proposed(query, 'EQL5020')).toEqual([after]);
    expect(fixed(query)).toBe(query);
  });

  it.each([
    'process where a : "C:\\\\temp"',
    'process where a : """C:\\temp\\new"""',
    'process where a : "*\\t*"',
    'process where a : "one\\r\\ntwo"',
    'process where a : "C:\\\\\\\\temp\\\\\\"new"',
    // A tab that is a tab, in a string without escapes.
    'process where a : "C:\ttemp"',
  ])('is not found in %s', (query) => {
    expect(marked(query, 'EQL5020')).toEqual([]);
  });

  it.each([
    ['"process where a : \\"C:\\temp\\""', ['\\t']],
    ['"""\nprocess where a : "C:\\temp\\bin\\fonts"\n"""', ['\\t', '\\b', '\\f']],
    ['"""process where a : "*\\t*" """', ['\\t']],
    ['"""process where a : ("x", \\"\\"\\"C:\\temp\\"\\"\\")"""', ['\\t']],
    // TOML makes one of two, and EQL a tab of that.
    ['"""process where a : "C:\\\\temp" """', ['\\\\t']],
  ])('is found where TOML takes it: %s', (query, parts) => {
    expect(markedInFile(inToml(query), 'EQL5020')).toEqual(parts);
  });

  it.each([
    // Between texts it is white space.
    '"process where a == 1\\n\\tand b : \\"x\\""',
    '"""process where a : "C:\\\\\\\\temp" """',
    '"""process where a : "*\\\\t*" """',
    '"""process where a : "C:\ttemp" """',
    '"""process where a : "\\u0041\\u00e9" """',
    '"""process where a : "x" // C:\\temp\n"""',
    '\'\'\'process where a : """C:\\temp"""\'\'\'',
  ])('is not found where TOML makes no text of it, or another one: %s', (query) => {
    expect(markedInFile(inToml(query), 'EQL5020')).toEqual([]);
  });

  it('says what TOML needs, and its proposal is what was meant', () => {
    const file = inToml('"""process where a : "C:\\temp" """');
    const diagnostics = lintRules([file])[0]?.diagnostics ?? [];
    const [found] = diagnostics.filter(({ code }) => code === 'EQL5020');
    expect(found?.message).toBe('TOML makes a tab of "\\t" before EQL reads this text');
    expect(found?.help).toContain("''' and '''");
    const unasked = applyFixes(file, () => diagnostics);
    expect(unasked.applied).toEqual([]);
    const asked = applyFixes(file, (one) =>
      one === file && found?.fix !== undefined ? [{ ...found, fix: { ...found.fix, safe: true } }] : [],
    );
    expect(asked.text).toContain('"C:\\\\\\\\temp"');
    expect(readRuleFile(asked.text).rule.query.trim()).toBe('process where a : "C:\\\\temp"');
  });
});
