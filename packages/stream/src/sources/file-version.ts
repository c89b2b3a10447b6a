import { stat } from 'node:fs/promises';

/** Changes whenever a file is written to or replaced; `null` if that cannot be told. */
export async function fileVersion(path: string | undefined): Promise<string | null> {
  if (path === undefined) return null;
  try {
    const { dev, ino, size, mtimeNs } = await stat(path, { bigint: true });
    return [dev, ino, size, mtimeNs].join(' ');
  } catch {
    // Reading it will say why.
    return null;
  }
}
