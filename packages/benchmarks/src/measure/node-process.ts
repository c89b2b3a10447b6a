import { spawn } from 'node:child_process';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPORT_USAGE = new URL('../children/report-usage.js', import.meta.url).href;

/** What a process has used, as `report-usage.ts` writes it. */
export interface Usage {
  readonly maxResidentBytes: number;
  readonly cpuMs: number;
}

/** A process of Node that has ended. */
export interface NodeRun extends Usage {
  readonly exitCode: number | null;
  readonly wallMs: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script with Node, and tells how long it took and what it used. Its output goes through files, not pipes. */
export async function runNode(args: readonly string[]): Promise<NodeRun> {
  const folder = await mkdtemp(join(tmpdir(), 'eqlkit-bench-run-'));
  try {
    const paths = { stdout: join(folder, 'stdout'), stderr: join(folder, 'stderr'), usage: join(folder, 'usage') };
    const stdout = await open(paths.stdout, 'w');
    const stderr = await open(paths.stderr, 'w');
    const begun = performance.now();
    const child = spawn(process.execPath, ['--import', REPORT_USAGE, ...args], {
      stdio: ['ignore', stdout.fd, stderr.fd],
      env: { ...process.env, NO_COLOR: '1', EQLKIT_BENCH_USAGE: paths.usage },
    });
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    const wallMs = performance.now() - begun;
    await stdout.close();
    await stderr.close();
    const read = (path: string): Promise<string> => readFile(path, 'utf8');
    const usage = JSON.parse(await read(paths.usage)) as Usage;
    return { exitCode, wallMs, stdout: await read(paths.stdout), stderr: await read(paths.stderr), ...usage };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Runs one of the scripts under `children`, which print one JSON value. Throws if it fails. */
export async function runChild<Result>(
  script: string,
  args: readonly string[],
  nodeOptions: readonly string[] = [],
): Promise<Result> {
  const path = fileURLToPath(new URL(`../children/${script}.js`, import.meta.url));
  const { exitCode, stdout, stderr } = await runNode([...nodeOptions, path, ...args]);
  if (exitCode !== 0) throw new Error(`${script} failed with ${String(exitCode)}: ${stderr}`);
  return JSON.parse(stdout) as Result;
}
