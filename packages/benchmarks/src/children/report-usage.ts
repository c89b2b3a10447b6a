// Loaded with `--import` into what is measured; writes what the process has used when it ends.
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const path = process.env['EQLKIT_BENCH_USAGE'];
if (isMainThread && path !== undefined) {
  process.once('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    writeFileSync(
      path,
      JSON.stringify({ maxResidentBytes: maxRSS * 1024, cpuMs: (userCPUTime + systemCPUTime) / 1000 }),
    );
  });
}
