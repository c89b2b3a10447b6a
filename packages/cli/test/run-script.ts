import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './run-eql.js';

/** Runs an example as a script that lies in a folder, so that it finds the packages that this one depends on. */
export function runScript(folder: string, code: string): { status: number | null; stdout: string; stderr: string } {
  const script = join(folder, `readme-example-${process.pid}.mjs`);
  writeFileSync(script, code);
  try {
    return spawnSync(process.execPath, [script], { cwd: ROOT, encoding: 'utf8' });
  } finally {
    rmSync(script);
  }
}
