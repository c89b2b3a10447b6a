import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TemporaryFolder } from '../../src/order/temporary-folder.js';
import { makeFolder } from '../make-folder.js';

describe('TemporaryFolder', () => {
  it('is made once, for this user only, and removed with what is in it', async () => {
    const folder = new TemporaryFolder();
    const path = await folder.path();
    expect(await folder.path()).toBe(path);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o700);
    writeFileSync(join(path, 'x'), '');
    await folder.remove();
    expect(existsSync(path)).toBe(false);
    await folder.remove();
  });

  it('leaves no listener behind', async () => {
    const before = process.listenerCount('exit');
    const folder = new TemporaryFolder();
    await folder.path();
    expect(process.listenerCount('exit')).toBe(before + 1);
    await folder.remove();
    expect(process.listenerCount('exit')).toBe(before);
  });

  it('names the cure where none can be made', async () => {
    const nowhere = join(await makeFolder(), 'missing');
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = nowhere;
    onTestFinished(() => {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    });
    await expect(new TemporaryFolder().path()).rejects.toThrow('set TMPDIR');
  });
});
