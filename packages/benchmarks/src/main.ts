import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBase, type BaseBuild } from './base-revision.js';
import type { BenchContext, EventFile } from './bench-context.js';
import { writeOwnPack, type Pack } from './inputs/rule-packs.js';
import { writeMixedStream } from './inputs/write-mixed-stream.js';
import { HELP, parseOptions, type BenchOptions } from './options.js';
import { describeMachine } from './report/machine.js';
import { renderMachine, renderResult } from './report/print-report.js';
import type { TargetResult } from './report/target-result.js';
import { measureGrowth } from './targets/growth.js';
import { measureMemory } from './targets/memory.js';
import { measurePackCost } from './targets/pack-cost.js';
import { measureSequences } from './targets/sequences.js';
import { measureStart } from './targets/start.js';
import { measureWorkers } from './targets/workers.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const TARGETS: Readonly<Record<string, (context: BenchContext) => Promise<TargetResult>>> = {
  'pack-cost': measurePackCost,
  growth: measureGrowth,
  sequences: measureSequences,
  workers: measureWorkers,
  memory: measureMemory,
  start: measureStart,
};

const options = parseOptions(process.argv.slice(2));
if (options === null) process.stdout.write(HELP);
else await bench(options);

async function bench(asked: BenchOptions): Promise<void> {
  const unknown = asked.only.filter((name) => !(name in TARGETS));
  if (unknown.length > 0)
    throw new Error(`no such target: ${unknown.join(', ')}; there are ${Object.keys(TARGETS).join(', ')}`);
  const folder = await mkdtemp(join(tmpdir(), 'eqlkit-bench-'));
  let base: BaseBuild | null = null;
  try {
    const machine = describeMachine(ROOT);
    print(renderMachine(machine));
    if (asked.base !== null) base = buildBase(ROOT, asked.base, folder);
    const context = await prepare(asked, folder, base);
    const results: TargetResult[] = [];
    for (const [name, measure] of Object.entries(TARGETS)) {
      if (asked.only.length > 0 && !asked.only.includes(name)) continue;
      const result = await measure(context);
      results.push(result);
      print(renderResult(result));
    }
    const report = { machine, rounds: asked.rounds, quick: asked.quick, base: asked.base, results };
    if (asked.json !== null) await writeFile(asked.json, `${JSON.stringify(report, null, 2)}\n`);
  } finally {
    base?.remove();
    await rm(folder, { recursive: true });
  }
}

async function prepare(asked: BenchOptions, folder: string, base: BaseBuild | null): Promise<BenchContext> {
  const streamPath = join(folder, 'mixed.ndjson');
  // Few events have to fire as much as many do. Of many, the first thousands, in which the code warms up, weigh little.
  const size = asked.quick ? { events: 2000, suspiciousOneIn: 20 } : { events: 400_000 };
  await writeMixedStream(streamPath, { ...size, seed: 1 });
  const own = await writeOwnPack(ROOT, folder, asked.quick ? 200 : 617);
  const packs = asked.rules.map((path): Pack => ({ name: basename(path), paths: [resolve(path)], limit: 1.5 }));
  const all: Pack[] =
    packs.length < 2 ? packs : [...packs, { name: 'all', paths: packs.flatMap(({ paths }) => paths), limit: 2 }];
  const files = asked.events.map((path): EventFile => ({ name: basename(path), path: resolve(path) }));
  return {
    builds: [{ name: 'this', root: ROOT }, ...(base === null ? [] : [base])],
    rounds: asked.rounds,
    quick: asked.quick,
    folder,
    packs: [own, ...all],
    events: [{ name: 'mixed stream', path: streamPath }, ...files],
    progress: (text) => {
      if (process.stderr.isTTY) process.stderr.write(`… ${text}\n`);
    },
  };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
