import { parentPort, workerData } from 'node:worker_threads';
import { RuleEngine, type RuleFindings } from '@eqlkit/rules';
import { loadMappings, serveLines } from '@eqlkit/stream';
import type { RuleTask } from './rule-workers.js';

// The thread that `startRuleWorkers` starts.
const { rules, options, sources, maps } = workerData as RuleTask;
if (parentPort === null) throw new Error('this is a script for a worker thread');
const port = parentPort;
const { map } = await loadMappings(maps, { cwd: process.cwd() });
const engine = new RuleEngine(rules, options);
const { fieldPaths } = engine;
serveLines<RuleFindings>(
  port,
  sources,
  { fieldPaths, ...(map === undefined ? {} : { map }) },
  {
    survey: (event, ordinal) => engine.survey(event, ordinal),
    takeFindings: () => engine.takeFindings(),
  },
);
