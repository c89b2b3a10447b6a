import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createDiagnostic, type Diagnostic } from '@eqlkit/language';
import { RULE_TEST_SUFFIX } from '../scaffold/create-rule-test-toml.js';
import { describeFileError } from './describe-file-error.js';
import { isInside, PACK_FILE } from './pack-finder.js';

/** A path below a folder that is left out. */
export interface LeftOutPath {
  /** Begins with the folder as given. */
  readonly path: string;
  /** `EQL4001`, with what to do about it. */
  readonly diagnostic: Diagnostic;
}

/** A rule file below a folder. */
export interface WalkedFile {
  /** Begins with the folder as given. */
  readonly path: string;
  /** Without symbolic links on the way; the path itself where a link leads nowhere. */
  readonly realPath: string;
}

/** What {@link walkRuleFiles} finds. */
export interface WalkedFiles {
  readonly files: readonly WalkedFile[];
  /** Folders that could not be read, and links that lead outside the folder. */
  readonly leftOut: readonly LeftOutPath[];
}

/**
 * Every `*.toml` below a folder except `pack.toml` and the tests of rules, `*.test.toml`, in the order of their paths. Hidden
 * folders, hidden files and `node_modules` are left out. Symbolic links are followed, each folder once, unless they lead outside: a pack may come
 * from somebody else, and must not bring in what lies elsewhere on this machine.
 */
export async function walkRuleFiles(folder: string): Promise<WalkedFiles> {
  const files: WalkedFile[] = [];
  const leftOut: LeftOutPath[] = [];
  const visited = new Set<string>();
  const leaveOut = (path: string, message: string, help: string): void => {
    leftOut.push({ path, diagnostic: createDiagnostic('EQL4001', message, { start: 0, end: 0 }, { help }) });
  };
  // If the folder itself cannot be read, that is found below.
  const top = await realpath(folder).catch(() => folder);
  // A stack instead of recursion; entries go on it last first, so that they come off in order.
  const pending: WalkEntry[] = [{ path: folder, realPath: top, isFolder: true, isLink: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { path, isFolder, isLink } = next;
    try {
      // Only a link leads elsewhere than its folder says; asking for every file would take as long as reading it.
      const realPath = isLink ? await realpath(path).catch(() => null) : next.realPath;
      if (realPath !== null && !isInside(realPath, top)) {
        leaveOut(
          path,
          'It is a link to something outside the folder, which is not followed.',
          'Name the target itself, beside the folder, if its rules are to be loaded.',
        );
      } else if (!isFolder) {
        // A link that leads nowhere is reported when it is read.
        files.push({ path, realPath: realPath ?? path });
      } else {
        const place = realPath ?? path;
        if (visited.has(place)) continue;
        visited.add(place);
        for (const entry of await listFolder(path, place)) pending.push(entry);
      }
    } catch (error) {
      const reason = `The folder cannot be read: ${describeFileError(error)}.`;
      leaveOut(path, reason, 'Check its permissions. Rules below it are not loaded.');
    }
  }
  return { files, leftOut };
}

interface WalkEntry {
  readonly path: string;
  /** Where it stands without the links on the way to it, be it a link itself. */
  readonly realPath: string;
  readonly isFolder: boolean;
  readonly isLink: boolean;
}

/** What of a folder is to be looked at, in reverse order. */
async function listFolder(folder: string, realFolder: string): Promise<WalkEntry[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const listed: WalkEntry[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    const isFolder = await leadsToFolder(entry, path);
    if (!isFolder && !isRuleFileName(entry.name)) continue;
    listed.push({ path, realPath: join(realFolder, entry.name), isFolder, isLink: entry.isSymbolicLink() });
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
  return name.endsWith('.toml') && !name.endsWith(RULE_TEST_SUFFIX) && name !== PACK_FILE;
}
