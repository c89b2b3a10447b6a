import { join } from 'node:path';
import type { BenchContext } from '../bench-context.js';
import { writeMixedStream } from '../inputs/write-mixed-stream.js';
import { measureEqlRun, requireSameAlerts } from '../measure/eql-run.js';
import { median } from '../measure/median.js';
import type { TargetResult } from '../report/target-result.js';

const MIB = 1024 * 1024;
const EVENT_BYTES = 1450;

/** Runs a pack over streams of which one is much longer than the other, and compares what stays in memory. */
export async function measureMemory(context: BenchContext): Promise<TargetResult> {
  const [pack] = context.packs.slice(-1);
  if (pack === undefined) throw new Error('no pack to run');
  const sizes = context.quick ? [MIB, 4 * MIB] : [128 * MIB, 1024 * MIB];
  const residents: { readonly bytes: number; readonly resident: number; readonly matches: number }[] = [];
  for (const size of sizes) {
    const path = join(context.folder, 'memory.ndjson');
    context.progress(`generating ${Math.round(size / MIB)} MiB of events`);
    const bytes = await writeMixedStream(path, { events: Math.round(size / EVENT_BYTES), seed: 3 });
    context.progress(`${pack.name} over ${Math.round(bytes / MIB)} MiB`);
    const rounds = size > 512 * MIB ? 1 : Math.min(3, context.rounds);
    const runs = [];
    for (let round = 0; round < rounds; round += 1) {
      runs.push(await measureEqlRun(context.builds[0].root, [...pack.paths, '--events', path]));
    }
    residents.push({
      bytes,
      resident: median(runs.map(({ maxResidentBytes }) => maxResidentBytes)),
      matches: requireSameAlerts(runs),
    });
  }
  return {
    name: 'memory',
    target: '1 GB of events through a pack in constant memory, at most 300 MB resident',
    figures: residents.map(({ bytes, resident, matches }) => ({
      label: `${pack.name} over ${Math.round(bytes / MIB)} MiB, most resident memory`,
      value: resident / 1e6,
      unit: 'MB',
      ...(context.quick ? {} : { limit: { atMost: 300 } }),
      matches,
    })),
    notes: [],
  };
}
