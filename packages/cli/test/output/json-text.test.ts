import { describe, expect, it } from 'vitest';
import { jsonLine, jsonText } from '../../src/output/json-text.js';

describe('jsonText', () => {
  it('keeps every value, and lets no control character through', () => {
    const data = { '\u001b[31m': ['\u009b31m', '\u202e', '\u007f\u2028', 'a\nb', '\ud800', '\u{e0001}', '👍🏽 ä'], n: 1 };
    const text = jsonText(data);
    expect(JSON.parse(text)).toEqual(data);
    expect(text).not.toMatch(/[^\n\P{C}]|\u2028/u);
    expect(text).toContain('👍🏽 ä');
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('writes large integers as texts', () => {
    expect(jsonText({ a: 2n ** 63n })).toBe('{\n  "a": "9223372036854775808"\n}\n');
  });
});

describe('jsonLine', () => {
  it('keeps large integers and all values, on one line without control characters', () => {
    const line = jsonLine({ '\u009b31m': '\u202e\n\u2028', n: 2n ** 63n });
    expect(line).toBe('{"\\u009b31m":"\\u202e\\n\\u2028","n":9223372036854775808}');
  });
});
