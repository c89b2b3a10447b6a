import type { BenchContext } from '../bench-context.js';
import { compareTimes } from '../measure/compare-times.js';
import { interleave } from '../measure/interleave.js';
import { median } from '../measure/median.js';
import { runChild } from '../measure/node-process.js';
import type { Figure, TargetResult } from '../report/target-result.js';

interface SequenceRun {
  readonly nsPerEvent: number;
  readonly bytesPerKey: number;
  readonly longestPauseMs: number;
  readonly matches: number;
}

/** Runs one sequence rule with few and with very many live keys. */
export async function measureSequences(context: BenchContext): Promise<TargetResult> {
  const [few, many] = context.quick ? [10, 1000] : [1000, 1_000_000];
  const timed = context.quick ? 1000 : 200_000;
  const samples = await interleave(
    context.builds.flatMap(({ name, root }) =>
      [few, many].map((keys) => ({
        name: `${name} ${keys}`,
        measure: () => {
          context.progress(`a sequence with ${keys} live keys`);
          return runChild<SequenceRun>('sequence-run', [root, String(keys), String(timed)], ['--expose-gc']);
        },
      })),
    ),
    context.rounds,
  );
  const runsOf = (build: string, keys: number): readonly SequenceRun[] => samples.get(`${build} ${keys}`) ?? [];
  const figures = context.builds.flatMap(({ name }, index): Figure[] => {
    const judged = index === 0 && !context.quick;
    const suffix = index === 0 ? '' : ` (base ${name})`;
    const times = (keys: number): number[] => runsOf(name, keys).map(({ nsPerEvent }) => nsPerEvent);
    const { value, against, ratio } = compareTimes(times(many), times(few));
    const manyRuns = runsOf(name, many);
    const matches = requireSameMatches(context.builds.flatMap((build) => runsOf(build.name, many)));
    return [
      {
        label: `an event with ${many} live keys${suffix}`,
        value: value / 1000,
        unit: 'µs',
        against: { label: `${few} keys`, value: against / 1000 },
        ratio,
        ...(judged ? { limit: { atMost: 1.5 } } : {}),
        matches,
      },
      {
        label: `heap of a live key, its event not counted${suffix}`,
        value: median(manyRuns.map(({ bytesPerKey }) => bytesPerKey)),
        unit: 'bytes',
        ...(judged ? { limit: { atMost: 400 } } : {}),
      },
      {
        label: `longest pause while ${many} keys expire, garbage collection not counted${suffix}`,
        value: median(manyRuns.map(({ longestPauseMs }) => longestPauseMs)),
        unit: 'ms',
        ...(judged ? { limit: { atMost: 10 } } : {}),
      },
    ];
  });
  return {
    name: 'sequences',
    target:
      '1,000,000 live keys: an event at most 1.5 × that with 1,000; at most 400 bytes a key; no pause above 10 ms',
    figures,
    notes: [],
  };
}

function requireSameMatches(runs: readonly SequenceRun[]): number {
  const counts = new Set(runs.map(({ matches }) => matches));
  if (counts.size !== 1) throw new Error(`the variants disagree: ${[...counts].join(', ')} matches`);
  return [...counts][0] ?? 0;
}
