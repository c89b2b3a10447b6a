import { describe, expect, it } from 'vitest';
import { wrapMessage } from '../../src/output/wrap-message.js';

describe('wrapMessage', () => {
  it('breaks sentences between words, and hangs what goes on', () => {
    expect(wrapMessage('8,378 events loaded from three files', 20)).toBe('8,378 events\n  loaded from three\n  files');
    expect(wrapMessage('  = help: Write two equals signs.', 20)).toBe('  = help: Write\n    two equals\n    signs.');
    expect(wrapMessage('short\nlines', 20)).toBe('short\nlines');
  });

  it('leaves alone what shows a text and points into it, coloured or not', () => {
    const drawn = [
      ' --> query:1:30 in a file of a very long name',
      '  |',
      '12 | process where process.name = "cmd.exe" and true',
      '   |                            ^ this one',
      '\u001b[2m 7 |\u001b[22m process where process.name = "cmd.exe"',
    ].join('\n');
    expect(wrapMessage(drawn, 20)).toBe(drawn);
  });

  it('keeps colours, which take no columns', () => {
    const text = `\u001b[31merror\u001b[39m: two equals signs`;
    expect(wrapMessage(text, 25)).toBe(text);
    expect(wrapMessage(text, 20).split('\n')).toHaveLength(2);
  });
});
