import { analyzeQuery, DIALECTS } from '@eqlkit/language';
import { createQueryExplainer, parseTimestamp, type JsonObject, type QueryExplanation } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { expandStages, makeEvent, makeEvents, run } from '../run-query.js';

function explain(text: string, events: readonly JsonObject[], only?: number): QueryExplanation {
  const { query } = analyzeQuery(text, { dialect: DIALECTS.endgame });
  const explainer = query === null ? null : createQueryExplainer(query, { only }).explainer;
  if (explainer === null) throw new Error(`${text} is no query`);
  for (const event of events) {
    const timestamp = parseTimestamp(event['@timestamp']);
    if (timestamp !== null) explainer.observe(event, timestamp);
  }
  return explainer.finish();
}

function passed(explanation: QueryExplanation): readonly string[] {
  return explanation.pipes.map(({ text, taken, passed }) => `${text}: ${taken} -> ${passed}`);
}

const events = [1, 2, 3, 4, 5, 6].map((n) => makeEvent(n, { n, odd: n % 2 === 1 }));

describe('explaining pipes', () => {
  it.each([
    [
      'any where true | head 4 | tail 3 | filter n > 2',
      ['| head 4: 6 -> 4', '| tail 3: 4 -> 3', '| filter n > 2: 3 -> 2'],
    ],
    ['any where n > 1 | unique odd | sort n', ['| unique odd: 5 -> 2', '| sort n: 2 -> 2']],
    ['any where true | count odd | head 1', ['| count odd: 6 -> 2', '| head 1: 2 -> 1']],
    [
      'any where true | unique_count odd | filter count > 5',
      ['| unique_count odd: 6 -> 2', '| filter count > 5: 2 -> 0'],
    ],
  ])('counts what each lets pass: %s', (text, expected) => {
    const explanation = explain(text, events);
    expect(passed(explanation)).toEqual(expected);
    expect(explanation.pipes.at(-1)?.passed).toBe(run(text, events, { dialect: DIALECTS.endgame }).length);
  });

  it('counts what the conditions of a filter reject, also of later events of a sequence', () => {
    const { pipes } = explain(expandStages('sequence by host [A] [B] | filter events[1].size > 5 and size == 1'), [
      makeEvent(1, { host: 'a', type: 'A', size: 1 }),
      makeEvent(2, { host: 'a', type: 'B', size: 9 }),
      makeEvent(3, { host: 'b', type: 'A', size: 1 }),
      makeEvent(4, { host: 'b', type: 'B', size: 2 }),
    ]);
    expect(pipes[0]?.filter).toMatchObject({
      examined: 2,
      held: 1,
      conjuncts: [
        { text: 'events[1].size > 5', failed: 1, failedAlone: 1 },
        { text: 'size == 1', failed: 0, failedAlone: 0 },
      ],
      matches: [{ event: { arrival: 0 } }],
      nearest: [{ event: { arrival: 1 }, failed: 1 }],
    });
  });

  it('follows the result of one event', () => {
    const text = 'any where true | filter odd | head 2';
    expect(passed(explain(text, events, 3))).toEqual(['| filter odd: 1 -> 1', '| head 2: 1 -> 1']);
    expect(passed(explain(text, events, 5))).toEqual(['| filter odd: 1 -> 1', '| head 2: 1 -> 0']);
    expect(passed(explain(text, events, 2))).toEqual(['| filter odd: 1 -> 0', '| head 2: 0 -> 0']);
  });
});

describe('explaining joins and samples', () => {
  it('counts what a join gathered and lacks, and what until cleared', () => {
    const text = expandStages('join by host [A] [B] [C] until [U]');
    const { combination } = explain(text, [
      ...makeEvents('A1 B2 U3 B4', { host: 'x' }),
      ...makeEvents('A5 A6 C7 B8 A9', { host: 'y' }),
    ]);
    expect(combination).toMatchObject({ kind: 'join', completed: 1 });
    expect(
      combination?.gatherings.map(({ key, seen, lacking, cut, completed }) => ({
        key: key.values,
        seen,
        lacking,
        cut,
        completed,
      })),
    ).toEqual([
      { key: ['x'], seen: [1, 2, 0], lacking: [0, 2], cut: 1, completed: 0 },
      { key: ['y'], seen: [3, 1, 1], lacking: [1, 2], cut: 0, completed: 1 },
    ]);
  });

  it('tells a sample that lacks a stage from one whose stages share their events', () => {
    const text = 'sample by host [any where type == "A"] [any where type in ("A", "B")]';
    const { query } = analyzeQuery(text);
    const explainer = query === null ? null : createQueryExplainer(query, { sampleOrder: 'by-key' }).explainer;
    for (const [id, type, host] of [
      [1, 'A', 'x'],
      [2, 'B', 'y'],
      [3, 'A', 'z'],
      [4, 'B', 'z'],
    ] as const)
      explainer?.observe(makeEvent(id, { type, host }), { ms: id, ns: 0 });
    const { combination } = explainer?.finish() ?? {};
    expect(combination?.gatherings.map(({ key, lacking, completed }) => [key.values, lacking, completed])).toEqual([
      [['x'], [], 0],
      [['y'], [0], 0],
      [['z'], [], 1],
    ]);
  });
});
