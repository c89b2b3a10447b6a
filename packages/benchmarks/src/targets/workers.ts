import { join } from 'node:path';
import type { BenchContext } from '../bench-context.js';
import { writeMixedStream } from '../inputs/write-mixed-stream.js';
import { compareTimes } from '../measure/compare-times.js';
import { measureEqlRun, requireSameAlerts } from '../measure/eql-run.js';
import { interleave } from '../measure/interleave.js';
import type { Figure, TargetResult } from '../report/target-result.js';

/** Long enough for the start of the threads, which costs each some two seconds of CPU, not to matter much: 2.9 GB. */
const EVENTS = 2_000_000;
const QUICK_EVENTS = 2_000;

const ALONE = 'one thread';
const TOGETHER = '--workers 2';

/** Runs every pack over a long stream with one thread and with two workers. */
export async function measureWorkers(context: BenchContext): Promise<TargetResult> {
  const path = join(context.folder, 'workers.ndjson');
  const size = context.quick ? { events: QUICK_EVENTS, suspiciousOneIn: 20 } : { events: EVENTS };
  context.progress(`generating ${size.events} events`);
  await writeMixedStream(path, { ...size, seed: 4 });
  const [{ root }] = context.builds;
  const figures: Figure[] = [];
  for (const { name, paths } of context.packs) {
    context.progress(`pack ${name} with workers`);
    const args = [...paths, '--events', path];
    const samples = await interleave(
      [
        { name: ALONE, measure: () => measureEqlRun(root, args) },
        { name: TOGETHER, measure: () => measureEqlRun(root, [...args, '--workers', '2']) },
      ],
      context.rounds,
    );
    const timesOf = (variant: string): number[] => (samples.get(variant) ?? []).map(({ eventsMs }) => eventsMs);
    const { value, against, ratio } = compareTimes(timesOf(ALONE), timesOf(TOGETHER));
    figures.push({
      label: `${name}, ${ALONE}`,
      value,
      unit: 'ms',
      against: { label: TOGETHER, value: against },
      ratio,
      ...(context.quick ? {} : { limit: { atLeast: 1.7 } }),
      matches: requireSameAlerts([...samples.values()].flat()),
    });
  }
  return {
    name: 'workers',
    target:
      'events only, one thread takes at least 1.7 × the time of --workers 2, with the same alerts in the same order',
    figures,
    notes: ['needs two idle cores: with less, the threads wait for each other'],
  };
}
