import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Build } from './bench-context.js';

/** A build of another revision, in a worktree of its own. */
export interface BaseBuild extends Build {
  remove(): void;
}

/** Checks out and builds a revision beside the workspace. Throws, with the output, if a step fails. */
export function buildBase(root: string, revision: string, folder: string): BaseBuild {
  const worktree = join(folder, 'base');
  const run = (command: string, args: readonly string[], cwd: string): void => {
    execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  };
  run('git', ['worktree', 'add', '--detach', worktree, revision], root);
  const remove = (): void => {
    run('git', ['worktree', 'remove', '--force', worktree], root);
  };
  try {
    run('npx', ['-y', 'pnpm@10.34.9', 'install', '--frozen-lockfile', '--prefer-offline'], worktree);
    run('npx', ['-y', 'pnpm@10.34.9', 'build'], worktree);
  } catch (error) {
    remove();
    throw error;
  }
  return { name: revision, root: worktree, remove };
}
