import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchContext } from '../bench-context.js';
import { loadPack, multiplyRules } from '../inputs/rule-packs.js';
import { compareTimes } from '../measure/compare-times.js';
import { interleave, type Variant } from '../measure/interleave.js';
import { median } from '../measure/median.js';
import { runChild } from '../measure/node-process.js';
import type { Figure, TargetResult } from '../report/target-result.js';
import { createRandom } from '@eqlkit/test-support';
import type { Rule } from '@eqlkit/rules';

const COUNTS = [1, 10, 100, 618, 1400, 10_000];
const QUICK_COUNTS = [1, 10, 100];
const COMPARED = { from: 100, to: 10_000, atMost: 5 };

interface EngineRun {
  /** Once the engine has seen as many events as these. */
  readonly nsPerEvent: number;
  /** Of those first events. */
  readonly firstNsPerEvent: number;
  readonly matches: number;
  readonly compileMs: number;
}

/** Times evaluation alone, events decoded beforehand, with ever more rules. */
export async function measureGrowth(context: BenchContext): Promise<TargetResult> {
  const [pack] = context.packs.slice(-1);
  if (pack === undefined) throw new Error('no pack to run');
  const rules = shuffle(await loadPack(pack));
  const figures: Figure[] = [];
  for (const events of context.events) {
    const variants: Variant<EngineRun>[] = [];
    for (const count of context.quick ? QUICK_COUNTS : COUNTS) {
      const path = join(context.folder, `rules-${count}.jsonl`);
      await writeFile(path, multiplyRules(rules, count).map(toLine).join(''));
      for (const { name, root } of context.builds) {
        variants.push({
          name: `${name} ${count}`,
          measure: () => {
            context.progress(`${count} rules over ${events.name}`);
            return runChild<EngineRun>('engine-run', [root, path, events.path, context.quick ? '1000' : '60000']);
          },
        });
      }
    }
    const samples = await interleave(variants, context.rounds);
    for (const { name } of context.builds) figures.push(...describeGrowth(name, events.name, context, samples));
  }
  return {
    name: 'growth',
    target: 'time per event net of decoding: 10,000 rules at most 5 × that of 100',
    figures,
    notes: [],
  };
}

function describeGrowth(
  build: string,
  events: string,
  { quick, builds }: BenchContext,
  samples: ReadonlyMap<string, readonly EngineRun[]>,
): Figure[] {
  const runsOf = (count: number): readonly EngineRun[] => samples.get(`${build} ${count}`) ?? [];
  const timesOf = (count: number): number[] => runsOf(count).map(({ nsPerEvent }) => nsPerEvent);
  return (quick ? QUICK_COUNTS : COUNTS).map((count) => {
    const matches = new Set(
      builds.flatMap(({ name }) => samples.get(`${name} ${count}`) ?? []).map((run) => run.matches),
    );
    if (matches.size > 1)
      throw new Error(`the variants disagree with ${count} rules: ${[...matches].join(', ')} matches`);
    const { value, against, ratio } = compareTimes(timesOf(count), timesOf(COMPARED.from));
    return {
      label: `${count} rules over ${events}${build === builds[0].name ? '' : ` (base ${build})`}, compiled in ${Math.round(median(runsOf(count).map(({ compileMs }) => compileMs)))} ms, first events ${(median(runsOf(count).map(({ firstNsPerEvent }) => firstNsPerEvent)) / 1000).toFixed(1)} µs`,
      value: value / 1000,
      unit: 'µs/event',
      matches: [...matches][0] ?? 0,
      ...(count === COMPARED.to
        ? {
            against: { label: `${COMPARED.from} rules`, value: against / 1000 },
            ratio,
            ...(build === builds[0].name ? { limit: { atMost: COMPARED.atMost } } : {}),
          }
        : {}),
    };
  });
}

/** A fixed order that mixes kinds of rules, so that the first 100 are like the rest. */
function shuffle(rules: readonly Rule[]): Rule[] {
  const random = createRandom(7);
  return rules
    .map((rule) => ({ rule, rank: random.integer(0, 2 ** 30) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ rule }) => rule);
}

/** What the file says beyond what running needs would only fill the memory. */
function toLine(rule: Rule): string {
  return `${JSON.stringify({ ...rule, raw: {}, note: null, setup: null, filters: [], exceptions: [], actions: [] })}\n`;
}
