import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';

/** A folder for the files of a test. */
export interface TestFolder {
  readonly path: string;
  /** The path of a file in it. */
  file(name: string): string;
  /** Writes a file, with the folders that it lies in, and gives its path. */
  write(name: string, content: string | Buffer): string;
  read(name: string): string;
}

/**
 * Gives the tests of this file, or of the `describe` that calls it, an empty folder, and removes it after them; if it is to be
 * fresh, one for each test.
 */
export function useTestFolder({ fresh = 'once' }: { fresh?: 'once' | 'each' } = {}): TestFolder {
  let path = '';
  const [before, after] = fresh === 'once' ? [beforeAll, afterAll] : [beforeEach, afterEach];
  before(() => {
    path = mkdtempSync(join(tmpdir(), 'eql-test-'));
  });
  after(() => {
    rmSync(path, { recursive: true });
  });
  const file = (name: string): string => join(path, name);
  return {
    get path() {
      return path;
    },
    file,
    write: (name, content) => {
      mkdirSync(dirname(file(name)), { recursive: true });
      writeFileSync(file(name), content);
      return file(name);
    },
    read: (name) => readFileSync(file(name), 'utf8'),
  };
}
