import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { alertToJson, isEqlRule, RuleEngine, type Rule, type RuleEngineOptions } from '@eqlkit/rules';
import { loadRules } from '@eqlkit/rules/node';
import { LineWorkers, resolveEventSources, scannedEvents, surveyedEvents, type EventSource } from '@eqlkit/stream';
import { generateMixedStream } from '@eqlkit/test-support';
import { afterEach, describe, expect, it } from 'vitest';
import type { RuleTask, RuleWorkers } from '../src/run/rule-workers.js';
import { ROOT } from './run-eql.js';
import { useTestFolder } from './test-folder.js';

/*
 * Workers that are ready before the first event, over files in small ranges: they answer for all events, as in long runs. The
 * command hands a short file to no worker, since it is through before one is ready.
 */

const SEED = 20_261_125;

const QUERIES: Readonly<Record<string, string>> = {
  descendant: 'file where descendant of [process where event.type == "start" and process.pid % 3 == 0]',
  child: 'process where child of [process where process.pid % 2 == 0] and event.type == "end"',
  descendantSequence: `sequence by host.id with maxspan=3s
    [process where event.type == "start"] [network where descendant of [process where process.pid % 5 == 0]]`,
  expiry: 'sequence by host.id with maxspan=1s [file where true] [network where true] [process where true]',
  missing:
    'sequence by host.id with maxspan=2s [process where true] ![file where event.type == "deletion"] [network where true]',
  waiting: 'sequence by host.id with maxspan=1s [file where event.type == "creation"] ![network where true]',
  division:
    'sequence by host.id with maxspan=3s [network where true] [process where process.pid / (process.pid % 3) > 1000]',
};

const folder = useTestFolder();
let workers: RuleWorkers | null = null;
afterEach(async () => {
  await workers?.close();
  workers = null;
});

async function start(task: RuleTask, count: number): Promise<RuleWorkers> {
  await workers?.close();
  const script = new URL('../dist/run/survey-worker.js', import.meta.url);
  const started: RuleWorkers = new LineWorkers(script, count, task, { execArgv: [] });
  workers = started;
  await expect.poll(() => started.error?.message ?? started.ready, { timeout: 60_000 }).toBe(count);
  return started;
}

/** What a run came to. */
function summarize(engine: RuleEngine, alerts: readonly string[], events: number) {
  return {
    alerts,
    events,
    late: engine.lateEvents,
    problems: engine.evaluationProblems().map(({ rule, problem, count }) => [rule.name, problem, count]),
    unmatchable: engine.unmatchable().map(({ rule, lacks }) => [rule.name, lacks]),
  };
}

/** Runs rules with one thread, then with workers, and expects the same. Gives the number of alerts. */
async function expectSame(rules: readonly Rule[], sources: readonly EventSource[], options: RuleEngineOptions = {}) {
  const settings: RuleEngineOptions = { nowMs: Date.UTC(2026, 1, 1), watchCoverage: true, ...options };
  const alone = new RuleEngine(rules, settings);
  const { fieldPaths } = alone;
  const expected: string[] = [];
  let events = 0;
  for await (const batch of scannedEvents(sources, { fieldPaths, onProblem: () => undefined })) {
    batch.visit((event, timestamp, ordinal) => {
      events += 1;
      for (const alert of alone.process(event, timestamp, { ordinal }))
        expected.push(JSON.stringify(alertToJson(alert)));
    });
  }
  for (const alert of alone.finish()) expected.push(JSON.stringify(alertToJson(alert)));
  const outcome = summarize(alone, expected, events);

  for (const count of [1, 2, 3]) {
    const engine = new RuleEngine(rules, settings);
    const together = await start({ rules, options: settings, sources, maps: [] }, count);
    const alerts: string[] = [];
    let seen = 0;
    const batches = surveyedEvents(sources, {
      fieldPaths: engine.fieldPaths,
      workers: together,
      looksAtAll: engine.looksAtAll,
      rangeBytes: 40_000,
      onProblem: () => undefined,
      onFindings: (findings) => {
        engine.addFindings(findings);
      },
    });
    for await (const batch of batches) {
      batch.visit((event, timestamp, ordinal, survey) => {
        seen += 1;
        if (survey === null) throw new Error('no worker has looked at an event');
        for (const alert of engine.process(event, timestamp, { survey, ordinal })) {
          alerts.push(JSON.stringify(alertToJson(alert)));
        }
      });
    }
    for (const alert of engine.finish()) alerts.push(JSON.stringify(alertToJson(alert)));
    expect(summarize(engine, alerts, seen), `${String(count)} workers`).toEqual(outcome);
  }
  return expected.length;
}

async function load(...paths: readonly string[]): Promise<readonly Rule[]> {
  const { rules } = await loadRules(paths, { cwd: ROOT });
  return rules.map(({ rule }) => rule).filter(isEqlRule);
}

function loadQueries(names: readonly string[]): Promise<readonly Rule[]> {
  return load(
    ...names.map((name) =>
      folder.write(`${name}.toml`, `[rule]\nname = "${name}"\nquery = '''\n${QUERIES[name] ?? ''}\n'''\n`),
    ),
  );
}

async function streamOf(events: number): Promise<readonly EventSource[]> {
  const lines = Array.from(generateMixedStream({ events, seed: SEED, suspiciousOneIn: 20 }), (event) =>
    JSON.stringify(event),
  );
  const path = folder.write(`events-${String(events)}.ndjson`, `${lines.join('\n')}\n`);
  return (await resolveEventSources([path], { cwd: ROOT })).sources;
}

describe(`workers that are ready give what one thread gives (seed ${String(SEED)})`, () => {
  it('with rules that ask for nothing but the events at hand', async () => {
    const rules = await loadQueries(['expiry', 'missing', 'waiting', 'division']);
    expect(new RuleEngine(rules).broken).toEqual([]);
    expect(new RuleEngine(rules).looksAtAll).toBe(false);
    expect(await expectSame(rules, await streamOf(2_500))).toBeGreaterThan(100);
  });

  it('with rules about process trees', async () => {
    // Only one of the dialects has process trees.
    const trees = await loadQueries(['descendant', 'child', 'descendantSequence']);
    const rules: Rule[] = trees.map((rule) => ({ ...rule, dialect: 'endpoint' }));
    rules.push(...(await loadQueries(['expiry', 'missing', 'waiting'])));
    expect(new RuleEngine(rules).broken).toEqual([]);
    expect(new RuleEngine(rules).looksAtAll).toBe(true);
    expect(await expectSame(rules, await streamOf(2_000))).toBeGreaterThan(100);
  });

  it('with a tiebreaker', async () => {
    const rules = await loadQueries(['expiry', 'waiting']);
    await expectSame(rules, await streamOf(1_000), { tiebreakerField: 'process.pid' });
  });

  it('with the shipped rules, over a stream and every example of events that need no mapping', async () => {
    const rules = await load('rules');
    expect(await expectSame(rules, await streamOf(1_500))).toBeGreaterThan(0);
    const examples = readdirSync(join(ROOT, 'examples'));
    const { sources } = await resolveEventSources(
      examples.map((example) => join(ROOT, 'examples', example, 'events.ndjson')),
      { cwd: ROOT },
    );
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources) await expectSame(rules, [source]);
  });
});
