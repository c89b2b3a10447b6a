import { analyzeQuery } from '@eqlkit/language';
import { compileQuery, Engine, FieldTable, type CompiledQuery, type EngineOptions } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';

/** No event has an action that the regular expressions match. */
const SEQUENCES = [
  'sequence by host.id [any where event.action == "start"] [any where event.action regex "exec.*"]',
  'sequence by host.id [any where event.action == "start"] [any where event.action == "end"] until [any where event.action regex "exec.*"]',
];

/** So many that their conditions are decided together. */
const OTHERS = Array.from(
  { length: 100 },
  (_, index) =>
    `any where event.action in ("start", "stop", "end") and length(process.name) > ${String(1_000 + index)}`,
);

const ACTIONS = ['start', 'stop', 'end'];

function compileAll(): readonly CompiledQuery[] {
  const fields = new FieldTable();
  return [...SEQUENCES, ...OTHERS].map((text) => {
    const { query } = analyzeQuery(text);
    const compiled = query === null ? null : compileQuery(query, { fields }).query;
    if (compiled === null) throw new Error(`refused: ${text}`);
    return compiled;
  });
}

/** How many matches each sequence has. */
function countMatches(options: EngineOptions, surveyor: Engine | null): readonly number[] {
  const engine = new Engine(compileAll(), options);
  const counts = SEQUENCES.map(() => 0);
  for (let index = 0; index < 300; index += 1) {
    const event = {
      '@timestamp': index * 1_000,
      'event.category': 'process',
      'event.action': ACTIONS[index % ACTIONS.length] ?? '',
      'host.id': 'h',
      'process.name': `n${String(index)}`,
    };
    const arrival = surveyor === null ? {} : { survey: surveyor.survey(event) };
    for (const { query } of engine.process(event, undefined, arrival)) counts[query] = (counts[query] ?? 0) + 1;
  }
  return counts;
}

describe('a later stage and an until whose condition is known to fail by what led to a plan', () => {
  it('play no part, whether queries are tried one by one, found by an index, or surveyed', () => {
    expect(countMatches({ exhaustive: true }, null)).toEqual([0, 100]);
    expect(countMatches({}, null)).toEqual([0, 100]);
    expect(countMatches({}, new Engine(compileAll()))).toEqual([0, 100]);
  });
});
