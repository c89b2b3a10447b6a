import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describeFileError } from './describe-file-error.js';
import { PACK_FILE } from './pack-finder.js';

/** What {@link walkRuleFiles} finds. */
export interface WalkedFiles {
  /** Paths that begin with the folder as given. */
  readonly paths: readonly string[];
  /** Folders that could not be read, with the reason. */
  readonly problems: readonly string[];
}

/**
 * Every `*.toml` below a folder except `pack.toml`, in the order of their paths. Hidden folders, hidden files and
 * `node_modules` are left out. Symbolic links are followed, each folder once.
 */
export async function walkRuleFiles(folder: string): Promise<WalkedFiles> {
  const paths: string[] = [];
  const problems: string[] = [];
  const visited = new Set<string>();
  // A stack instead of recursion; entries go on it last first, so that they come off in order.
  const pending: { readonly path: string; readonly isFolder: boolean }[] = [{ path: folder, isFolder: true }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (!next.isFolder) {
      paths.push(next.path);
      continue;
    }
    try {
      const real = await realpath(next.path);
      if (visited.has(real)) continue;
      visited.add(real);
      for (const entry of await listFolder(next.path)) pending.push(entry);
    } catch (error) {
      problems.push(`The folder "${next.path}" cannot be read: ${describeFileError(error)}.`);
    }
  }
  return { paths, problems };
}

/** What of a folder is to be looked at, in reverse order. */
async function listFolder(folder: string): Promise<{ path: string; isFolder: boolean }[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const listed: { path: string; isFolder: boolean }[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    const isFolder = await leadsToFolder(entry, path);
    if (isFolder || isRuleFileName(entry.name)) listed.push({ path, isFolder });
  }
  return listed.sort((a, b) => (a.path < b.path ? 1 : -1));
}

async function leadsToFolder(entry: Dirent, path: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // A link that leads nowhere is reported when it is read, if it is named like a rule.
    return false;
  }
}

function isRuleFileName(name: string): boolean {
  return name.endsWith('.toml') && name !== PACK_FILE;
}
