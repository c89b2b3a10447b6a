import { createDiagnostic, type Diagnostic } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';
import { applyFixes } from '../../src/lint/apply-fixes.js';
import { lintRules } from '../../src/lint/lint-rules.js';
import { fixed, readRuleFile, ruleFile } from './lint-query.js';

describe('applyFixes', () => {
  it('makes fixes that become possible by others', () => {
    expect(fixed('process where a == "x" or a == "y" or a like "z"')).toBe('process where a in ("x", "y", "z")');
  });

  it.each([
    ['process where a = "x"', 'process where a == "x"'],
    ["process where a == 'C:\\\\x'", 'process where a == "C:\\\\x"'],
    ['process WHERE a == 1 and b in (1, 1)', 'process where a == 1 and b in (1)'],
    ['process where a in ("x", "y",)', 'process where a in ("x", "y")'],
    ['sequence by a with maxspan=5 m [b where c == 1] [d where e == 1]', undefined],
    ['process where process.naem == "x" or lenght(x) == 1', undefined],
  ])('mends what has one reading only: %s', (before, after) => {
    const { text } = applyFixes(ruleFile(before), lintOne);
    expect(text).toContain(after ?? before);
  });

  it('changes nothing outside the query, and escapes what it writes into a basic string', () => {
    const before =
      '# a comment\n[rule]\nname = "n" # b\r\nquery = "process where a like \\"x\\"" # c\nnote = \'\'\'\nx\'\'\'\n';
    const { text, applied } = applyFixes(readRuleFile(before), lintOne);
    expect(text).toBe(before.replace('a like', 'a =='));
    expect(applied).toEqual(['Use ==']);
  });

  it('does not make a fix that breaks the file', () => {
    const file = ruleFile('process where a == 1');
    const at = file.text.indexOf('process');
    const bad = (): readonly Diagnostic[] => [
      createDiagnostic(
        'EQL5017',
        'Bad advice.',
        { start: at, end: at + 7 },
        {
          fix: { title: 'Break it', span: { start: at, end: at + 7 }, replacement: "'''", safe: true },
        },
      ),
    ];
    expect(applyFixes(file, bad)).toEqual({ text: file.text, applied: [] });
  });

  it('gives up on fixes that undo each other', () => {
    const file = ruleFile('process where a == 1');
    const flip = ({ text }: { text: string }): readonly Diagnostic[] => {
      const at = text.indexOf('a == ') + 5;
      const span = { start: at, end: at + 1 };
      const replacement = text.charAt(at) === '1' ? '2' : '1';
      return [createDiagnostic('EQL5017', 'Flip.', span, { fix: { title: 'Flip', span, replacement, safe: true } })];
    };
    expect(applyFixes(file, flip).applied).toHaveLength(10);
  });
});

function lintOne(file: ReturnType<typeof ruleFile>): readonly Diagnostic[] {
  return lintRules([file])[0]?.diagnostics ?? [];
}
