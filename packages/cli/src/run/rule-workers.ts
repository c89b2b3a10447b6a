import type { Rule, RuleEngineOptions, RuleFindings } from '@eqlkit/rules';
import { LineWorkers, type EventSource } from '@eqlkit/stream';

/** What a run's engines are made from, as data that can be sent between threads. */
export interface RuleTask {
  readonly rules: readonly Rule[];
  readonly options: RuleEngineOptions;
  readonly sources: readonly EventSource[];
  /** The mappings of the events, as `loadMappings` takes them. */
  readonly maps: readonly string[];
}

export type RuleWorkers = LineWorkers<RuleFindings>;

/** Starts threads that find the rules which events may concern. */
export function startRuleWorkers(task: RuleTask, count: number): RuleWorkers {
  return new LineWorkers(new URL('survey-worker.js', import.meta.url), count, task);
}
