import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rewriteRuleText } from '../../src/node/write-rule-text.js';
import { makeFolder } from './make-folder.js';

describe('rewriteRuleText', () => {
  it('writes a file that holds what was read, and keeps its mode and its byte order mark', async () => {
    const path = join(await makeFolder({ 'a.toml': '\ufeffold' }), 'a.toml');
    await chmod(path, 0o640);
    expect(await rewriteRuleText(path, 'old', 'new')).toBeNull();
    expect(await readFile(path, 'utf8')).toBe('\ufeffnew');
    expect((await stat(path)).mode & 0o777).toBe(0o640);
  });

  it('leaves a file that was changed meanwhile, or is gone', async () => {
    const folder = await makeFolder({ 'a.toml': 'old' });
    await writeFile(join(folder, 'a.toml'), 'of somebody else');
    expect(await rewriteRuleText(join(folder, 'a.toml'), 'old', 'new')).toBe('it was changed meanwhile');
    expect(await readFile(join(folder, 'a.toml'), 'utf8')).toBe('of somebody else');
    expect(await rewriteRuleText(join(folder, 'gone.toml'), 'old', 'new')).toBe('it was changed meanwhile');
  });

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'leaves a file that may not be written (needs a user other than root)',
    async () => {
      const path = join(await makeFolder({ 'a.toml': 'old' }), 'a.toml');
      await chmod(path, 0o444);
      expect(await rewriteRuleText(path, 'old', 'new')).toBe('permission is denied');
      expect(await readFile(path, 'utf8')).toBe('old');
    },
  );
});
