import { analyzeQuery, DIALECTS, type CheckOptions } from '@eqlkit/language';
import {
  createQueryExplainer,
  hasKeyValues,
  parseTimestamp,
  type ExplainedCondition,
  type JsonObject,
  type QueryExplanation,
} from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { expandStages, makeEvent, makeEvents } from '../run-query.js';

function explain(text: string, events: readonly JsonObject[], options: CheckOptions = {}): QueryExplanation {
  const { query } = analyzeQuery(text, options);
  const explainer = query === null ? null : createQueryExplainer(query).explainer;
  if (explainer === null) throw new Error(`${text} is no query`);
  for (const event of events) {
    const timestamp = parseTimestamp(event['@timestamp']);
    if (timestamp !== null) explainer.observe(event, timestamp);
  }
  return explainer.finish();
}

/** A condition as indented lines: `+` holds, `-` does not, `!` is decisive. */
function draw({ text, holds, decisive, fields, parts, kind }: ExplainedCondition, indent = ''): string[] {
  const values = fields
    .map(({ field, value }) => `${field}=${value === undefined ? 'missing' : JSON.stringify(value)}`)
    .join(' ');
  const own = `${indent}${holds ? '+' : '-'}${decisive ? '!' : ' '} ${kind === 'leaf' ? `${text} (${values})` : kind}`;
  return [own, ...parts.flatMap((part) => draw(part, `${indent}  `))];
}

function drawFirst(explanation: QueryExplanation): string[] {
  const tally = explanation.stages[0]?.tally;
  const shown = tally?.matches[0] ?? tally?.nearest[0];
  return shown === undefined ? [] : draw(shown.condition);
}

function stepsOf(explanation: QueryExplanation, key: readonly string[]): readonly string[] {
  const story = explanation.keys.find((one) => hasKeyValues(one.key.values, key));
  return (story?.steps ?? []).map((step) => ('stage' in step ? `${step.kind} ${step.stage}` : step.kind));
}

describe('explaining a condition', () => {
  const query = 'process where a == 1 and (b : "x*" or not c == "y") and length(d) > 2';
  const process = { event: { category: 'process' } };

  it('names the values and the part that decided against it', () => {
    expect(drawFirst(explain(query, [makeEvent(1, { ...process, a: 2, b: 'xyz', c: 'y' })]))).toEqual([
      '-! and',
      '  +  event.category == "process" (event.category="process")',
      '  -! a == 1 (a=2)',
      '  +  or',
      '    +  b : "x*" (b="xyz")',
      '    -  not',
      '      +  c == "y" (c="y")',
      '  -  length(d) > 2 (d=missing)',
    ]);
  });

  it('names the parts that made it hold', () => {
    expect(drawFirst(explain(query, [makeEvent(1, { ...process, a: [1, 5], c: 'z', d: 'long' })]))).toEqual([
      '+! and',
      '  +! event.category == "process" (event.category="process")',
      '  +! a == 1 (a=[1,5])',
      '  +! or',
      '    -  b : "x*" (b=missing)',
      '    +! not',
      '      -! c == "y" (c="z")',
      '  +! length(d) > 2 (d="long")',
    ]);
  });

  it('keeps what constant folding would leave out, and has no category for any', () => {
    expect(drawFirst(explain('any where true or a == 1', [makeEvent(1)]))).toEqual([
      '+! or',
      '  +! true ()',
      '  -  a == 1 (a=missing)',
    ]);
  });

  it('follows the three truth values of Python EQL', () => {
    const explanation = explain('any where not a == "x"', [makeEvent(1)], { dialect: DIALECTS.endgame });
    expect(drawFirst(explanation)).toEqual(['-! not', '  -! a == "x" (a=missing)']);
  });

  it('counts what keeps events away, among those of the category', () => {
    const events = [
      makeEvent(1, { ...process, a: 1, b: 'x' }),
      makeEvent(2, { ...process, a: 1, b: 'x', d: 'long' }),
      makeEvent(3, { ...process, a: 7, b: 'x', d: 'long' }),
      makeEvent(4, { ...process, a: 7 }),
      makeEvent(5, { event: { category: 'file' }, a: 1 }),
    ];
    const tally = explain(query, events).stages[0]?.tally;
    expect(tally).toMatchObject({ examined: 4, held: 1 });
    expect(tally?.conjuncts).toEqual([
      { text: 'event.category == "process"', failed: 0, failedAlone: 0 },
      { text: 'a == 1', failed: 2, failedAlone: 1 },
      { text: 'b : "x*" or not c == "y"', failed: 0, failedAlone: 0 },
      { text: 'length(d) > 2', failed: 2, failedAlone: 1 },
    ]);
    expect(tally?.nearest.map(({ record, failed }) => [record.event['id'], failed])).toEqual([
      [1, 1],
      [3, 1],
      [4, 2],
    ]);
  });
});

describe('explaining a sequence', () => {
  it('tells what was overwritten, completed and begun again', () => {
    const explanation = explain(expandStages('sequence [A] [B] [C]'), makeEvents('A1 A2 B3 C4 A5'));
    expect(stepsOf(explanation, [])).toEqual([
      'began',
      'began',
      'overwritten 0',
      'advanced 1',
      'advanced 2',
      'completed',
      'began',
    ]);
    expect(explanation.keys[0]).toMatchObject({ furthest: 2, completed: 1 });
  });

  it('tells what time ended, and which event came too late for it', () => {
    const explanation = explain(expandStages('sequence with maxspan=1s [A] [B]'), makeEvents('A1 B2@1002'));
    expect(stepsOf(explanation, [])).toEqual(['began', 'expired 0', 'unawaited 1']);
  });

  it('tells what until cut', () => {
    const explanation = explain(expandStages('sequence [A] [B] until [U]'), makeEvents('A1 U2 B3'));
    expect(stepsOf(explanation, [])).toEqual(['began', 'cut', 'unawaited 1']);
  });

  it('tells what a missing event refused, and what waits for one', () => {
    const middle = explain(expandStages('sequence with maxspan=1s [A] ![M] [B]'), makeEvents('A1 M2 B3'));
    expect(stepsOf(middle, [])).toEqual(['began', 'advanced 1', 'refused']);
    const trailing = explain(expandStages('sequence with maxspan=1s [A] [B] ![M]'), makeEvents('A1 B2'));
    expect(stepsOf(trailing, [])).toEqual(['began', 'advanced 1', 'waiting', 'completed']);
    const seen = explain(expandStages('sequence with maxspan=1s [A] [B] ![M]'), makeEvents('A1 B2 M3'));
    expect(stepsOf(seen, [])).toEqual(['began', 'advanced 1', 'waiting']);
  });

  it('keeps each key apart and names the event that nearly went on', () => {
    const events = [
      makeEvent(1, { host: 'a', type: 'A' }),
      makeEvent(2, { host: 'b', type: 'A' }),
      makeEvent(3, { host: 'a', type: 'B', port: 80 }),
      makeEvent(4, { host: 'a', type: 'B', port: 443, up: true }),
      makeEvent(5, { host: 'b', type: 'B', port: 80, up: true }),
    ];
    const text =
      'sequence by host [any where type == "A"] [any where type == "B" and port == 80 and up] [any where type == "C"]';
    const explanation = explain(text, events);
    expect(explanation.keys.map(({ key, furthest }) => [key.values, furthest])).toEqual([
      [['b'], 1],
      [['a'], 0],
    ]);
    const story = explanation.keys.find((one) => hasKeyValues(one.key.values, ['a']));
    expect(story?.nearest).toMatchObject({ stage: 1, failed: 1 });
    expect(story?.nearest?.record.event['id']).toBe(3);
    expect(explanation.keyFields).toEqual(['host']);
  });

  it('compares with the event that an alias stands for', () => {
    const text =
      'sequence by host [any where type == "A"] as first [any where type == "B" and path == first.path and size > 5]';
    const events = [
      makeEvent(1, { host: 'a', type: 'A', path: '/x' }),
      makeEvent(2, { host: 'a', type: 'B', path: '/x', size: 1 }),
    ];
    const explanation = explain(text, events, { dialect: DIALECTS.endpoint });
    expect(explanation.keys[0]?.nearest?.failed).toBe(1);
    expect(explanation.stages[1]?.tally.conjuncts.at(-1)).toMatchObject({ text: 'size > 5', failedAlone: 1 });
  });

  it('follows no more keys than it may', () => {
    const { query } = analyzeQuery(expandStages('sequence by host [A] [B]'));
    const explainer = query === null ? null : createQueryExplainer(query, { maxKeys: 2 }).explainer;
    for (let id = 1; id <= 5; id += 1)
      explainer?.observe(makeEvent(id, { host: `h${id}`, type: 'A' }), { ms: id, ns: 0 });
    expect(explainer?.finish()).toMatchObject({ unfollowedKeys: 3 });
  });
});
