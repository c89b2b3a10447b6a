import { access, readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { suggestName } from '@eqlkit/language';
import { printableText } from '@eqlkit/stream';

/** The sentence that proposes the path that exists under nearly the same name, behind a blank; empty if there is none. */
export async function adviseOfPath(input: string, cwd: string): Promise<string> {
  const near = await similarPath(input, cwd);
  return near === null ? '' : ` Did you mean "${printableText(near)}"?`;
}

/**
 * The path that exists and differs from a mistyped one in the name of one file or folder, or has an ending that it lacks; null
 * if there is none.
 */
async function similarPath(input: string, cwd: string): Promise<string | null> {
  const segments = input.split('/');
  for (let place = 0; place < segments.length; place += 1) {
    const segment = segments[place] ?? '';
    const before = segments.slice(0, place);
    // An absolute path begins with an empty segment.
    if (segment === '' || (await exists(resolve(cwd, [...before, segment].join('/'))))) continue;
    const names = await namesIn(resolve(cwd, before.length === 0 ? '.' : `${before.join('/')}/`));
    const longer = names.filter((name) => name.startsWith(`${segment}.`));
    const near = suggestName(segment, names) ?? (longer.length === 1 ? longer[0] : undefined);
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
