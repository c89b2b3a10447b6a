// Runs one sequence rule with a number of keys alive, and tells what an event, a key and expiry cost.
// Arguments: root of a built workspace, live keys, further events to time. Needs --expose-gc.
import { join } from 'node:path';
import { PerformanceObserver } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import type * as EngineModule from '@eqlkit/engine';
import type { JsonObject } from '@eqlkit/engine';
import type * as LanguageModule from '@eqlkit/language';

const QUERY = `sequence by process.entity_id with maxspan=1h
  [process where event.action == "exec" and process.name == "sh"]
  [network where event.action == "connection_attempted" and destination.port == 4444]`;

const [root = '', keyText = '0', eventText = '0'] = process.argv.slice(2);
const liveKeys = Number(keyText);
const timedEvents = Number(eventText);
const builtModule = async (name: string): Promise<unknown> =>
  import(pathToFileURL(join(root, `packages/${name}/dist/index.js`)).href);
const { Engine, compileQuery } = (await builtModule('engine')) as typeof EngineModule;
const { analyzeQuery } = (await builtModule('language')) as typeof LanguageModule;
const checked = analyzeQuery(QUERY).query;
const query = checked === null ? null : compileQuery(checked).query;
if (query === null) throw new Error('the query of the benchmark is broken');
const collect = globalThis.gc;
if (collect === undefined) throw new Error('run with --expose-gc');

const START_MS = Date.UTC(2026, 0, 12);
const SPAN_MS = 3_600_000;

const WARM_KEYS = 50_000;
const WARM_LIVE_KEYS = 100;

/** Bytes that objects take, those of binary data among them. */
const usedBytes = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

// As a decoder makes them: joined texts would be pieces until somebody reads them, and cost more with each look. Ids are of
// one length, however many there are.
const decoded = (event: JsonObject): JsonObject => JSON.parse(JSON.stringify(event)) as JsonObject;
const processOf = (key: number): JsonObject => ({ entity_id: `entity-${String(key).padStart(9, '0')}`, name: 'sh' });
const execEvent = (key: number): JsonObject =>
  decoded({ event: { category: ['process'], type: ['start'], action: 'exec' }, process: processOf(key) });
const connectEvent = (key: number): JsonObject =>
  decoded({
    event: { category: ['network'], type: ['start'], action: 'connection_attempted' },
    process: processOf(key),
    destination: { port: 4444 },
  });

let matches = 0;
const feed = (engine: EngineModule.Engine, event: JsonObject, ms: number): void => {
  matches += engine.process(event, { ms, ns: 0 }).length;
};

// Few keys must not pay for compilation that many have behind them, and many none for steps that only begin to be taken.
const warm = new Engine([query], { timesGiven: true });
for (let key = 0; key < WARM_KEYS; key += 1) {
  feed(warm, execEvent(key), START_MS + key);
  if (key >= WARM_LIVE_KEYS) feed(warm, connectEvent(key - WARM_LIVE_KEYS), START_MS + key);
}
matches = 0;

// Events are made beforehand, so that neither their making nor their memory counts as the machine's.
const events = Array.from({ length: liveKeys }, (_, key) => execEvent(key));
const engine = new Engine([query], { timesGiven: true });
collect();
const usedBefore = usedBytes();
// Spread over half a span, so that all are alive at its end.
events.forEach((event, key) => feed(engine, event, START_MS + Math.floor((key / liveKeys) * (SPAN_MS / 2))));
collect();
const bytesPerKey = (usedBytes() - usedBefore) / liveKeys;

// Steady state: one event in two completes the sequence of some live key, the next one begins one under a new key; so
// there are as many matches with few keys as with many.
const live = Array.from({ length: liveKeys }, (_, key) => key);
const steady = Array.from({ length: timedEvents }, (_, index) => {
  const newKey = liveKeys + index;
  if (index % 2 === 1) return execEvent(newKey);
  const place = (index * 7919) % liveKeys;
  const key = live[place] ?? 0;
  live[place] = newKey + 1;
  return connectEvent(key);
});
collect();
const begun = performance.now();
steady.forEach((event, index) =>
  feed(engine, event, START_MS + SPAN_MS / 2 + Math.floor((index / timedEvents) * 1000)),
);
const nsPerEvent = (1e6 * (performance.now() - begun)) / timedEvents;

// Then time passes, one event a second, and everything expires. Collections of garbage are not the machine's.
const collections: { readonly start: number; readonly end: number }[] = [];
const observer = new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries())
    collections.push({ start: startTime, end: startTime + duration });
});
observer.observe({ entryTypes: ['gc'] });
const pauses: { readonly start: number; readonly end: number }[] = [];
const other: JsonObject = {
  event: { category: ['process'], action: 'fork' },
  process: { entity_id: 'other', name: 'x' },
};
for (let jump = 0; jump <= 4; jump += 1) {
  for (let step = 0; step < 2000; step += 1) {
    const start = performance.now();
    feed(engine, other, START_MS + SPAN_MS / 2 + 2000 + jump * (SPAN_MS / 2) + step);
    pauses.push({ start, end: performance.now() });
  }
  await new Promise((resolve) => setTimeout(resolve, 10));
}
observer.disconnect();
const longestPauseMs = Math.max(
  ...pauses.map(({ start, end }) => {
    const collecting = collections
      .filter((one) => one.start < end && one.end > start)
      .reduce((sum, one) => sum + Math.min(one.end, end) - Math.max(one.start, start), 0);
    return end - start - collecting;
  }),
);
process.stdout.write(JSON.stringify({ nsPerEvent, bytesPerKey, longestPauseMs, matches }));
