import type { JsonObject } from '@eqlkit/engine';
import { stringify } from 'smol-toml';
import type { Rule } from '../model/rule.js';
import { analyzeRule } from '../rule-analysis.js';
import { RuleEngine } from '../rule-engine.js';
import { draftBreakingEvents, draftEvents } from './draft-events.js';
import { quoteBlock } from './quote-block.js';

/** What the file with the tests of `<name>.toml` ends in: it is `<name>.test.toml`, beside it. */
export const RULE_TEST_SUFFIX = '.test.toml';

/** The tests of a new rule. */
export interface RuleTestDraft {
  /** The file. */
  readonly text: string;
  /** Whether the rule fires on the events of its first test; if not, the author has to complete them. */
  readonly fires: boolean;
}

/**
 * Writes the tests of a new rule: events on which it fires, and events on which it does not, drawn from what its query asks
 * for. Each was tried on the rule; a test of silence that would not hold is left out.
 *
 * @param file - The name of the rule's file.
 * @param startMs - The time of the first event, in milliseconds since the epoch.
 */
export function createRuleTestToml(rule: Rule, file: string, startMs: number): RuleTestDraft {
  const { query } = analyzeRule(rule);
  const events = query === null ? [] : draftEvents(query.statement, startMs);
  const matches = countAlerts(rule, events);
  const header = [
    '# Each test says how many alerts its events bring: one JSON object on each line, in the order of time.',
    ...(matches > 0 ? [] : ['# The events of the first one do not fire the rule yet: complete them.']),
    stringify({ rule: file }).trimEnd(),
  ];
  const tests = [writeTest('fires', Math.max(1, matches), events)];
  const fewer = takeAway(events);
  if (matches > 0 && countAlerts(rule, fewer) === 0) {
    const name = events.length > 1 ? 'silent without the last event' : 'silent without the last field';
    tests.push(writeTest(name, 0, fewer));
  }
  const broken = query === null ? null : draftBreakingEvents(query.statement, startMs);
  if (matches > 0 && broken !== null && countAlerts(rule, broken) === 0) {
    tests.push(writeTest('silent with the missing event', 0, broken));
  }
  return { text: `${[header.join('\n'), ...tests].join('\n\n')}\n`, fires: matches > 0 };
}

function writeTest(name: string, alerts: number, events: readonly JsonObject[]): string {
  const lines = events.map((event) => JSON.stringify(event)).join('\n');
  return `[[test]]\n${stringify({ name, alerts }).trimEnd()}\nevents = ${quoteBlock(lines)}`;
}

function countAlerts(rule: Rule, events: readonly JsonObject[]): number {
  const engine = new RuleEngine([rule], {});
  return [...events.flatMap((event) => engine.process(event)), ...engine.finish()].length;
}

/** All events but the last; one event alone, without the last of its fields. */
function takeAway(events: readonly JsonObject[]): readonly JsonObject[] {
  const [only] = events;
  return events.length === 1 && only !== undefined ? [withoutLastField(only)] : events.slice(0, -1);
}

function withoutLastField(event: JsonObject): JsonObject {
  const entries = Object.entries(event);
  const [name, value] = entries.pop() ?? [];
  if (name === undefined || value === undefined || name === '@timestamp') return event;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const rest =
    isObject && Object.keys(value).length > 1 ? [[name, withoutLastField(value as JsonObject)] as const] : [];
  return Object.fromEntries([...entries, ...rest]);
}
