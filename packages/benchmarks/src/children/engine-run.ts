// Runs rules over decoded events in this process: what evaluation alone costs.
// Arguments: root of a built workspace, file of rules (one JSON rule a line), event file, events to take.
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { createGunzip } from 'node:zlib';
import type { JsonObject } from '@eqlkit/engine';
import type { Rule, RuleEngine } from '@eqlkit/rules';

const [root = '', rulesPath = '', eventsPath = '', limit = '0'] = process.argv.slice(2);
const built = (await import(pathToFileURL(join(root, 'packages/rules/dist/index.js')).href)) as {
  readonly RuleEngine: typeof RuleEngine;
};
const rules = (await readFile(rulesPath, 'utf8'))
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Rule);

const events: JsonObject[] = [];
const file = createReadStream(eventsPath);
const input = eventsPath.endsWith('.gz') ? file.pipe(createGunzip()) : file;
for await (const line of createInterface({ input, crlfDelay: Infinity })) {
  if (events.length >= Number(limit)) break;
  events.push(JSON.parse(line) as JsonObject);
}
const timeOf = (event: JsonObject): string => event['@timestamp'] as string;
events.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0));

const compileBegun = performance.now();
const engine = new built.RuleEngine(rules);
const compileMs = performance.now() - compileBegun;

// The first half of the events warms the code up and shows the engine what kinds of events there are; the second one counts.
const half = Math.floor(events.length / 2);
let matches = 0;
const run = (some: readonly JsonObject[]): number => {
  const begun = performance.now();
  for (const event of some) matches += engine.process(event).length;
  return (1e6 * (performance.now() - begun)) / some.length;
};
const firstNsPerEvent = run(events.slice(0, half));
const nsPerEvent = run(events.slice(half));
matches += engine.finish().length;
process.stdout.write(JSON.stringify({ compileMs, matches, nsPerEvent, firstNsPerEvent, events: events.length }));
