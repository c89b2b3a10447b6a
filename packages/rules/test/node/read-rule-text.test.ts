import { chmod, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRuleText, MAX_RULE_FILE_BYTES, readRuleText } from '../../src/node/read-rule-text.js';
import { makeFolder } from './make-folder.js';

function complaint(...bytes: number[]): string | undefined {
  return decodeRuleText(Uint8Array.from(bytes)).diagnostic?.message;
}

describe('readRuleText', () => {
  it('reads text of any length up to the limit', async () => {
    const text = 'a = "ß漢😀"\n'.repeat(20_000);
    const folder = await makeFolder({ 'a.toml': text, 'empty.toml': '' });
    expect(await readRuleText(join(folder, 'a.toml'))).toEqual({ text, diagnostic: null });
    expect(await readRuleText(join(folder, 'empty.toml'))).toEqual({ text: '', diagnostic: null });
  });

  it('refuses a file beyond the limit, naming it', async () => {
    const folder = await makeFolder({ 'a.toml': '' });
    const path = join(folder, 'a.toml');
    await truncate(path, MAX_RULE_FILE_BYTES + 1);
    const { diagnostic, text } = await readRuleText(path);
    expect(text).toBe('');
    expect(diagnostic).toMatchObject({
      code: 'EQL4001',
      message: 'The file has 8388609 bytes; the limit for a rule file is 8388608 (8 MiB).',
    });
  });

  it('refuses a folder and a missing file', async () => {
    const folder = await makeFolder({});
    expect((await readRuleText(folder)).diagnostic?.message).toBe('It is not a regular file.');
    expect((await readRuleText(join(folder, 'x'))).diagnostic?.message).toBe(
      'The file cannot be read: it does not exist.',
    );
  });

  it.skipIf(process.getuid?.() === 0)('refuses a file that it may not read', async () => {
    const folder = await makeFolder({ 'a.toml': '' });
    const path = join(folder, 'a.toml');
    await chmod(path, 0);
    expect((await readRuleText(path)).diagnostic?.message).toBe('The file cannot be read: permission is denied.');
  });
});

describe('decodeRuleText', () => {
  it('names the first byte that is not UTF-8', () => {
    expect(complaint(0x61, 0xff, 0x62)).toBe('The file is not UTF-8 text: byte 1 (0xff) does not belong there.');
    expect(complaint(0xc3, 0x28)).toContain('byte 0 (0xc3)');
    expect(complaint(0x61, 0xe6, 0xbc)).toContain('byte 1 (0xe6)');
    expect(complaint(0xef, 0xbb, 0xbf, 0x61, 0x80)).toContain('byte 4 (0x80)');
    // A replacement character that the file itself has is no mistake.
    expect(complaint(0xef, 0xbf, 0xbd, 0xc3, 0x9f, 0xef, 0xbf, 0xbd, 0xc0)).toContain('byte 8 (0xc0)');
  });

  it('finds that byte wherever it stands', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (before, after) => {
        const start = new TextEncoder().encode(before.replaceAll('\0', ''));
        const end = new TextEncoder().encode(after.replaceAll('\0', ''));
        expect(complaint(...start, 0xff, ...end)).toContain(`byte ${String(start.length)} (0xff)`);
      }),
    );
  });

  it('points at the place in the text as far as it can be decoded', () => {
    const { text, diagnostic } = decodeRuleText(Uint8Array.from([0xc3, 0x9f, 0x0a, 0x61, 0xff]));
    expect(text).toBe('ß\na\ufffd');
    expect(diagnostic?.span).toEqual({ start: 3, end: 4 });
  });

  it('knows a binary file', () => {
    expect(complaint(0x7f, 0x45, 0x00, 0xff)).toBe('It is not a text file: byte 2 is zero.');
  });
});
