import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file found below a folder. */
export interface WalkedFile {
  /** Path below the folder, with `/` between its segments. */
  readonly relativePath: string;
  readonly path: string;
}

/** How a folder is walked. */
export interface WalkOptions {
  /** Deepest level looked at: 1 is the folder itself. */
  readonly maxDepth: number;
  /** Called for a folder that cannot be read; the walk goes on. */
  onError(path: string, error: unknown): void;
}

/**
 * Lists all files below a folder, depth first, the entries of each folder sorted by name in code-unit order. Symbolic
 * links are followed; a folder that contains itself through a link is entered once on each path. Broken links are left
 * out.
 */
export async function walkFolder(folder: string, options: WalkOptions): Promise<WalkedFile[]> {
  const files: WalkedFile[] = [];
  await walk({ path: folder, prefix: '', depth: 1, ancestors: new Set() }, options, files);
  return files;
}

interface Visit {
  readonly path: string;
  readonly prefix: string;
  readonly depth: number;
  /** Real paths of the folders that the walk is inside of. */
  readonly ancestors: ReadonlySet<string>;
}

async function walk(visit: Visit, options: WalkOptions, files: WalkedFile[]): Promise<void> {
  let entries: Dirent[];
  let realPath: string;
  try {
    realPath = await realpath(visit.path);
    if (visit.ancestors.has(realPath)) return;
    entries = await readdir(visit.path, { withFileTypes: true });
  } catch (error) {
    options.onError(visit.path, error);
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const ancestors = new Set(visit.ancestors).add(realPath);
  for (const entry of entries) {
    const path = join(visit.path, entry.name);
    const relativePath = visit.prefix + entry.name;
    const type = await typeOf(entry, path);
    if (type === 'file') files.push({ relativePath, path });
    if (type === 'folder' && visit.depth < options.maxDepth) {
      await walk({ path, prefix: `${relativePath}/`, depth: visit.depth + 1, ancestors }, options, files);
    }
  }
}

async function typeOf(entry: Dirent, path: string): Promise<'file' | 'folder' | 'other'> {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  if (!entry.isSymbolicLink()) return 'other';
  try {
    const target = await stat(path);
    if (target.isFile()) return 'file';
    return target.isDirectory() ? 'folder' : 'other';
  } catch {
    return 'other';
  }
}
