import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './run-eql.js';

/** What Git leaves of a merge; a line of equals signs alone may also underline a heading. */
const CONFLICT_MARKER = /^(?:<{7}|>{7}|\|{7})(?: |$)/mu;

function trackedFiles(): readonly string[] {
  return execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(ROOT, path)));
}

describe('no tracked text file', () => {
  it('has conflict markers of a merge', () => {
    const files = trackedFiles();
    expect(files).toContain('docs/configuration.md');
    const conflicting = files.filter((path) => {
      const bytes = readFileSync(join(ROOT, path));
      return !bytes.includes(0) && CONFLICT_MARKER.test(bytes.toString('utf8'));
    });
    expect(conflicting).toEqual([]);
  });
});
