import { analyzeQuery, createDiagnostic, renderDiagnostic } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';

function renderFirst(text: string, name = 'query'): string {
  const [first] = analyzeQuery(text).diagnostics;
  if (first === undefined) throw new Error('There is no diagnostic');
  return renderDiagnostic(first, { name, text });
}

describe('renderDiagnostic', () => {
  it('shows the code, the place, the line with carets, and the help', () => {
    expect(renderFirst('process where\n  a in ("x") and x.b == c.d', 'rules/a.eql')).toBe(
      [
        'error[EQL3001]: A comparison needs a constant on one side, but both x.b and c.d read the event',
        ' --> rules/a.eql:2:18',
        '  |',
        '2 |   a in ("x") and x.b == c.d',
        '  |                  ^^^^^^^^^^',
        '  = help: Comparing two fields is possible in the endpoint and endgame dialects.',
      ].join('\n'),
    );
  });

  it('marks the end of a query that stops early', () => {
    expect(renderFirst('process').split('\n').slice(1, 5)).toEqual([
      ' --> query:1:8',
      '  |',
      '1 | process',
      '  |        ^',
    ]);
  });

  it('keeps carets in line behind tabs, and replaces control characters', () => {
    expect(renderFirst('process where\t\ta == "\u001b[31m" and\tb = 1\r\n').split('\n').slice(1, 5)).toEqual([
      ' --> query:1:35',
      '  |',
      '1 | process where  a == "\ufffd[31m" and b = 1',
      '  |                                   ^',
    ]);
  });

  it('shows formatting characters, which could hide what a query says, and keeps carets in line behind them', () => {
    const [, , , line = '', carets = ''] = renderFirst('process where a == "\u200b\u{e0001}" and b = 1').split('\n');
    expect(line).toBe('1 | process where a == "\ufffd\ufffd\ufffd" and b = 1');
    expect(line.charAt(carets.indexOf('^'))).toBe('=');
  });

  it('shows a long line around the place only', () => {
    const text = `process where ${'a == 1 or '.repeat(30)}b = 2 ${'or a == 1 '.repeat(30)}`;
    const [, , , line = '', carets = ''] = renderFirst(text).split('\n');
    expect(line).toHaveLength('1 | '.length + 122);
    expect(line.startsWith('1 | …')).toBe(true);
    expect(line.endsWith('…')).toBe(true);
    expect(line.charAt(carets.indexOf('^'))).toBe('=');
    expect(carets.trimEnd().endsWith(' ^')).toBe(true);
  });

  it('ends the carets with the line if the span goes on', () => {
    const diagnostic = createDiagnostic('EQL1002', 'Unexpected', { start: 2, end: 9 });
    expect(renderDiagnostic(diagnostic, { name: 'q', text: 'abcd\nefghi' })).toBe(
      ['error[EQL1002]: Unexpected', ' --> q:1:3', '  |', '1 | abcd', '  |   ^^'].join('\n'),
    );
  });

  it('marks up its parts with a style', () => {
    const diagnostic = createDiagnostic('EQL1002', 'No', { start: 0, end: 1 });
    const style = {
      severity: (text: string) => `<s>${text}</s>`,
      strong: (text: string) => `<b>${text}</b>`,
      faint: (text: string) => text,
    };
    expect(renderDiagnostic(diagnostic, { name: 'q', text: 'a' }, style)).toBe(
      ['<s>error[EQL1002]</s>: <b>No</b>', ' --> q:1:1', '  |', '1 | a', '  | <s>^</s>'].join('\n'),
    );
  });
});
