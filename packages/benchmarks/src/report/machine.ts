import { execFileSync } from 'node:child_process';
import { cpus, loadavg, platform, release, totalmem } from 'node:os';

/** Where and with what figures were measured. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  /** Processes that waited for a core when the run began: above the number of cores, figures are noisy. */
  readonly loadAverage: number;
  readonly system: string;
  readonly node: string;
  readonly v8: string;
  /** The revision that was measured, with `+` if files were changed since. */
  readonly revision: string;
}

/** Describes this machine and the revision in a folder. */
export function describeMachine(root: string): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
    loadAverage: loadavg()[0] ?? 0,
    system: `${platform()} ${release()}`,
    node: process.version,
    v8: process.versions.v8,
    revision: describeRevision(root),
  };
}

function describeRevision(root: string): string {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain') === '' ? '' : '+');
  } catch {
    return 'unknown';
  }
}
