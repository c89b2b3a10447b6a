import type { BenchContext, EventFile } from '../bench-context.js';
import type { Pack } from '../inputs/rule-packs.js';
import { compareTimes } from '../measure/compare-times.js';
import { measureEqlRun, requireSameAlerts, type EqlRun } from '../measure/eql-run.js';
import { interleave, type Variant } from '../measure/interleave.js';
import { runChild } from '../measure/node-process.js';
import type { Figure, TargetResult } from '../report/target-result.js';

const FLOOR = 'JSON.parse loop';

/** Runs every pack over every event file, against a bare loop that reads the file and decodes each line. */
export async function measurePackCost(context: BenchContext): Promise<TargetResult> {
  const figures: Figure[] = [];
  for (const events of context.events) {
    for (const pack of context.packs) figures.push(...(await measurePack(context, events, pack)));
  }
  return {
    name: 'pack-cost',
    target: 'eql run of a whole pack, events only, at most 1.5 × (1,400 rules: 2 ×) a loop of JSON.parse over the file',
    figures,
    notes: [],
  };
}

interface Sample {
  readonly elapsedMs: number;
  readonly run: EqlRun | null;
}

async function measurePack(context: BenchContext, events: EventFile, pack: Pack): Promise<Figure[]> {
  context.progress(`pack ${pack.name} over ${events.name}`);
  const floor: Variant<Sample> = {
    name: FLOOR,
    measure: async () => {
      const { elapsedMs } = await runChild<{ elapsedMs: number }>('json-parse-floor', [events.path]);
      return { elapsedMs, run: null };
    },
  };
  const runs = context.builds.map(({ name, root }): Variant<Sample> => ({
    name,
    measure: async () => {
      const run = await measureEqlRun(root, [...pack.paths, '--events', events.path]);
      return { elapsedMs: run.eventsMs, run };
    },
  }));
  const samples = await interleave([floor, ...runs], context.rounds);
  const timesOf = (name: string): number[] => (samples.get(name) ?? []).map(({ elapsedMs }) => elapsedMs);
  const all = [...samples.values()].flat().flatMap(({ run }) => (run === null ? [] : [run]));
  const matches = requireSameAlerts(all);
  return context.builds.map(({ name }, index) => {
    const { value, against, ratio } = compareTimes(timesOf(name), timesOf(FLOOR));
    return {
      label: `${pack.name} over ${events.name}${index === 0 ? '' : ` (base ${name})`}`,
      value,
      unit: 'ms',
      against: { label: FLOOR, value: against },
      ratio,
      ...(pack.limit === undefined || index > 0 ? {} : { limit: { atMost: pack.limit } }),
      matches,
    };
  });
}
