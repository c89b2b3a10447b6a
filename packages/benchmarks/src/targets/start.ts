import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchContext } from '../bench-context.js';
import { measureEqlRun } from '../measure/eql-run.js';
import { interleave, type Variant } from '../measure/interleave.js';
import { median } from '../measure/median.js';
import { runNode } from '../measure/node-process.js';
import type { Figure, TargetResult } from '../report/target-result.js';

const EMPTY = 'node -e 0';

/** Times `eql --version` against an empty Node, and the loading of whole packs. */
export async function measureStart(context: BenchContext): Promise<TargetResult> {
  return {
    name: 'start',
    target: 'eql --version at most 150 ms above node -e 0; loading and compiling 1,400 rules at most 3 s',
    figures: [...(await measureVersion(context)), ...(await measureLoading(context))],
    notes: [],
  };
}

async function measureVersion(context: BenchContext): Promise<Figure[]> {
  context.progress('eql --version');
  const timed = (name: string, args: readonly string[]): Variant<number> => ({
    name,
    measure: async () => (await runNode(args)).wallMs,
  });
  const samples = await interleave(
    [
      timed(EMPTY, ['-e', '0']),
      ...context.builds.map(({ name, root }) => timed(name, [join(root, 'packages/cli/bin/eql.js'), '--version'])),
    ],
    context.rounds * 2,
  );
  const empty = samples.get(EMPTY) ?? [];
  return context.builds.map(({ name }, index) => ({
    label: `eql --version above ${EMPTY}${index === 0 ? '' : ` (base ${name})`}`,
    value: median((samples.get(name) ?? []).map((time, round) => time - (empty[round] ?? Number.NaN))),
    unit: 'ms',
    ...(index === 0 && !context.quick ? { limit: { atMost: 150 } } : {}),
  }));
}

async function measureLoading(context: BenchContext): Promise<Figure[]> {
  const noEvents = join(context.folder, 'empty.ndjson');
  await writeFile(noEvents, '');
  const figures: Figure[] = [];
  for (const pack of context.packs) {
    context.progress(`loading ${pack.name}`);
    const samples = await interleave(
      context.builds.map(({ name, root }) => ({
        name,
        measure: async () => (await measureEqlRun(root, [...pack.paths, '--events', noEvents])).wallMs,
      })),
      context.rounds,
    );
    context.builds.forEach(({ name }, index) => {
      figures.push({
        label: `load and compile ${pack.name}, the whole process${index === 0 ? '' : ` (base ${name})`}`,
        value: median(samples.get(name) ?? []),
        unit: 'ms',
        ...(index === 0 && !context.quick ? { limit: { atMost: 3000 } } : {}),
      });
    });
  }
  return figures;
}
