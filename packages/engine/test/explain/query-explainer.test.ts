import { analyzeQuery, DIALECTS, type CheckOptions } from '@eqlkit/language';
import {
  createQueryExplainer,
  hasKeyValues,
  parseTimestamp,
  type ExplainedCondition,
  type JsonObject,
  type KeyStory,
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

/** A condition as indented lines: `+` holds, `-` does not, `?` does not as a field is missing, `!` is decisive. */
function draw({ text, holds, lacksField, decisive, fields, parts, kind }: ExplainedCondition, indent = ''): string[] {
  const values = fields
    .map(({ field, value }) => `${field}=${value === undefined ? 'missing' : JSON.stringify(value)}`)
    .join(' ');
  const own = `${indent}${holds ? '+' : lacksField ? '?' : '-'}${decisive ? '!' : ' '} ${kind === 'leaf' ? `${text} (${values})` : kind}`;
  return [own, ...parts.flatMap((part) => draw(part, `${indent}  `))];
}

function drawFirst(explanation: QueryExplanation): string[] {
  const tally = explanation.stages[0]?.tally;
  const shown = tally?.matches[0] ?? tally?.nearest[0];
  return shown === undefined ? [] : draw(shown.condition);
}

function stepsOf(explanation: QueryExplanation, key: readonly string[]): readonly string[] {
  const story = storyOf(explanation, key);
  return (story?.steps ?? []).map((step) => {
    const place = 'stage' in step ? [step.stage] : 'cause' in step && step.cause !== null ? [step.cause.gap] : [];
    return [step.kind, ...place].join(' ');
  });
}

function storyOf(explanation: QueryExplanation, key: readonly string[] = []): KeyStory | undefined {
  return explanation.sequence?.stories.find((one) => hasKeyValues(one.key.values, key));
}

describe('the events that came nearest', () => {
  const network = (time: number, port?: number): JsonObject =>
    makeEvent(time, { event: { category: 'network' }, ...(port === undefined ? {} : { port }) });
  const nearestOf = (query: string, events: readonly JsonObject[]): readonly (number | undefined)[] =>
    explain(query, events).stages[0]?.tally.nearest.map(({ event }) => event.arrival) ?? [];

  it('have the field with another value before they lack it', () => {
    const events = [network(1), network(2), network(3), network(4), network(5, 443), network(6), network(7, 80)];
    expect(nearestOf('network where ?port == 4444', events).slice(0, 3)).toEqual([4, 6, 0]);
    expect(nearestOf('network where (?port == 4444 or ?port == 1)', events).slice(0, 3)).toEqual([4, 6, 0]);
    expect(nearestOf('network where not (?port == 443 or ?port == 80)', events.slice(4, 5))).toEqual([0]);
  });
});

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
      '  ?  length(d) > 2 (d=missing)',
    ]);
  });

  it('names the parts that made it hold', () => {
    expect(drawFirst(explain(query, [makeEvent(1, { ...process, a: [1, 5], c: 'z', d: 'long' })]))).toEqual([
      '+! and',
      '  +! event.category == "process" (event.category="process")',
      '  +! a == 1 (a=[1,5])',
      '  +! or',
      '    ?  b : "x*" (b=missing)',
      '    +! not',
      '      -! c == "y" (c="z")',
      '  +! length(d) > 2 (d="long")',
    ]);
  });

  it('keeps what constant folding would leave out, and has no category for any', () => {
    expect(drawFirst(explain('any where true or a == 1', [makeEvent(1)]))).toEqual([
      '+! or',
      '  +! true ()',
      '  ?  a == 1 (a=missing)',
    ]);
  });

  it('follows the three truth values of Python EQL', () => {
    const explanation = explain('any where not a == "x"', [makeEvent(1)], { dialect: DIALECTS.endgame });
    expect(drawFirst(explanation)).toEqual(['-! not', '  ?! a == "x" (a=missing)']);
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
    expect(tally?.nearest.map(({ event, failed }) => [event.timestamp.ms, failed])).toEqual([
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
      'pending 0',
    ]);
    expect(storyOf(explanation)).toMatchObject({ furthest: 2, completed: 1 });
    expect(storyOf(explanation)?.steps[2]).toMatchObject({ begun: { arrival: 0 }, event: { arrival: 1 } });
  });

  it('names what was overwritten by the event that it began with', () => {
    const explanation = explain(expandStages('sequence [A] [B] [C]'), makeEvents('A1 B2 A3 B4'));
    const overwritten = storyOf(explanation)?.steps.find(({ kind }) => kind === 'overwritten');
    expect(overwritten).toMatchObject({ stage: 1, begun: { arrival: 0 }, event: { arrival: 3 } });
  });

  it('tells what time ended, and which event came too late for it', () => {
    const explanation = explain(expandStages('sequence with maxspan=1s [A] [B]'), makeEvents('A1 B2@1002'));
    expect(stepsOf(explanation, [])).toEqual(['began', 'expired 0', 'unawaited 1']);
  });

  it('tells what until cut', () => {
    const explanation = explain(expandStages('sequence [A] [B] until [U]'), makeEvents('A1 U2 B3'));
    expect(stepsOf(explanation, [])).toEqual(['began', 'cut 0', 'unawaited 1']);
  });

  it('tells what a missing event refused, and what waits for one', () => {
    const middle = explain(expandStages('sequence with maxspan=1s [A] ![M] [B]'), makeEvents('A1 M2 B3'));
    expect(stepsOf(middle, [])).toEqual(['began', 'advanced 1', 'spoiled 1', 'refused']);
    const trailing = explain(expandStages('sequence with maxspan=1s [A] [B] ![M]'), makeEvents('A1 B2'));
    expect(stepsOf(trailing, [])).toEqual(['began', 'advanced 1', 'waiting', 'completed']);
    const seen = explain(expandStages('sequence with maxspan=1s [A] [B] ![M]'), makeEvents('A1 B2 M3'));
    expect(stepsOf(seen, [])).toEqual(['began', 'advanced 1', 'waiting', 'refused 2']);
    const leading = explain(expandStages('sequence with maxspan=1s ![M] [A] [B]'), makeEvents('M1 A2 B3'));
    expect(stepsOf(leading, [])).toEqual(['began', 'advanced 1', 'refused 0']);
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
    expect(explanation.sequence?.stories.map(({ key, furthest }) => [key.values, furthest])).toEqual([
      [['b'], 1],
      [['a'], 0],
    ]);
    expect(storyOf(explanation, ['a'])?.nearest).toMatchObject({ stage: 1, failed: 1, event: { arrival: 2 } });
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
    expect(storyOf(explanation, ['a'])?.nearest?.failed).toBe(1);
    expect(explanation.stages[1]?.tally.conjuncts.at(-1)).toMatchObject({ text: 'size > 5', failedAlone: 1 });
    const large = { host: 'a', type: 'B', path: '/x', size: 9 };
    const completed = explain(text, [...events, makeEvent(3, large)], { dialect: DIALECTS.endpoint });
    expect(stepsOf(completed, ['a'])).toEqual(['began', 'advanced 1', 'completed']);
  });

  it('tells what is pending when the events end, and of a wait whether time or the end decided it', () => {
    const pending = explain(expandStages('sequence with maxspan=1s [A] [B] [C]'), makeEvents('A1 B2 A3'));
    expect(stepsOf(pending, [])).toEqual(['began', 'advanced 1', 'began', 'pending 1', 'pending 0']);
    const trailing = expandStages('sequence with maxspan=1s [A] ![M]');
    const waitedOf = (shorthand: string) =>
      storyOf(explain(trailing, makeEvents(shorthand)))?.steps.flatMap((step) =>
        step.kind === 'completed' ? [step.waited] : [],
      );
    expect(waitedOf('A1')).toEqual([{ since: { ms: 1, ns: 0 }, untilEnd: true }]);
    expect(waitedOf('A1 X2000')).toEqual([{ since: { ms: 1, ns: 0 }, untilEnd: false }]);
  });

  it('counts the runs of a stage, and numbers stages as they are written', () => {
    const { sequence } = explain(
      expandStages('sequence with maxspan=1s [A] with runs=2 ![M] [B]'),
      makeEvents('A1 A2'),
    );
    expect(sequence?.places).toEqual([
      { stage: 0, run: 0, runs: 2 },
      { stage: 0, run: 1, runs: 2 },
      { stage: 2, run: 0, runs: 1 },
    ]);
    expect(sequence?.gaps).toEqual([[], [], [1], []]);
  });

  it('holds an event against the sequence that waits, not against one that began later', () => {
    const events = [
      makeEvent(1, { type: 'A' }),
      makeEvent(2, { type: 'B', path: '/x' }),
      makeEvent(3, { type: 'A' }),
      makeEvent(4, { type: 'C', path: '/x', size: 1 }),
    ];
    const text =
      'sequence [any where type == "A"] [any where type == "B"] as b [any where type == "C" and path == b.path and size > 5]';
    const explanation = explain(text, events, { dialect: DIALECTS.endpoint });
    expect(storyOf(explanation)?.nearest).toMatchObject({ stage: 2, failed: 1, event: { arrival: 3 } });
  });

  it('says nothing of a stage that an event fits, too, if it takes another', () => {
    const explanation = explain(expandStages('sequence [A] with runs=2 [B]'), makeEvents('A1 A2 B3 B4'));
    expect(stepsOf(explanation, [])).toEqual([
      'began',
      'advanced 1',
      'began',
      'advanced 2',
      'completed',
      'unawaited 2',
      'pending 0',
    ]);
  });

  it('takes an event that misses by a later condition for nearer', () => {
    const events = [
      makeEvent(1, { type: 'A', size: 9 }),
      makeEvent(2, { type: 'X', size: 9 }),
      makeEvent(3, { type: 'B', size: 1 }),
    ];
    const explanation = explain('sequence [any where type == "A"] [any where type == "B" and size > 5]', events);
    expect(storyOf(explanation)?.nearest).toMatchObject({ failed: 1, firstFailed: 1, event: { arrival: 2 } });
    expect(explanation.stages[1]?.tally.nearest[0]).toMatchObject({ event: { arrival: 2 } });
  });

  it('counts what fits a stage without a join key', () => {
    const explanation = explain(expandStages('sequence by host [A] [B]'), makeEvents('A1 A2'));
    expect(explanation.stages[0]?.tally).toMatchObject({ held: 2, withoutKey: 2 });
  });

  it('follows the wanted key beyond as many as it may', () => {
    const { query } = analyzeQuery(expandStages('sequence by host [A] [B]'));
    const explainer = query === null ? null : createQueryExplainer(query, { maxKeys: 1, key: ['h3'] }).explainer;
    for (let id = 1; id <= 3; id += 1)
      explainer?.observe(makeEvent(id, { host: `h${id}`, type: 'A' }), { ms: id, ns: 0 });
    const { sequence } = explainer?.finish() ?? {};
    expect(sequence?.stories.map(({ key }) => key.values)).toEqual([['h1'], ['h3']]);
  });

  it('follows no more keys than it may', () => {
    const { query } = analyzeQuery(expandStages('sequence by host [A] [B]'));
    const explainer = query === null ? null : createQueryExplainer(query, { maxKeys: 2 }).explainer;
    for (let id = 1; id <= 5; id += 1)
      explainer?.observe(makeEvent(id, { host: `h${id}`, type: 'A' }), { ms: id, ns: 0 });
    expect(explainer?.finish()).toMatchObject({ sequence: { unfollowedKeys: 3 } });
  });
});
