import { access, readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { suggestName } from '@eqlkit/language';

/** The path that exists and differs from a mistyped one in the name of one file or folder; null if there is none. */
export async function similarPath(input: string, cwd: string): Promise<string | null> {
  const segments = input.split('/');
  for (let place = 0; place < segments.length; place += 1) {
    const segment = segments[place] ?? '';
    const before = segments.slice(0, place);
    // An absolute path begins with an empty segment.
    if (segment === '' || (await exists(resolve(cwd, [...before, segment].join('/'))))) continue;
    const names = await namesIn(resolve(cwd, before.length === 0 ? '.' : `${before.join('/')}/`));
    const near = suggestName(segment, names);
    if (near === undefined) return null;
    const path = [...before, near, ...segments.slice(place + 1)].join('/');
    return (await exists(resolve(cwd, path))) ? path : null;
  }
  return null;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
