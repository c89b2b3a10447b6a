import { DIALECTS } from '@eqlkit/language';
import { Engine, type JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { compile, expandStages, idsOf, makeEvent, run, type RunOptions } from '../run-query.js';

/*
 * Sequences as timelines. `A1 B2` are two events of type A and B; the number is the id and the time in milliseconds,
 * `B2@9` puts the event at 9 ms, `A1:x` gives it the key u=x, and `A1:x,y` two of them. What is found is written the same
 * way: `1-2` is the sequence of the events 1 and 2, `1-·-2` has a missing event in the middle.
 */
type Timeline = readonly [query: string, events: string, found: string, options?: RunOptions];

const ENDGAME: RunOptions = { dialect: DIALECTS.endgame };

function readTimeline(text: string): readonly JsonObject[] {
  return text.split(' ').map((word) => {
    const [, type = '', id = '', time = id, keys] = /^([A-Za-z])(\d+)(?:@(\d+))?(?::([\w,]*))?$/u.exec(word) ?? [];
    const values = keys?.split(',') ?? [];
    const u = values.length > 1 ? values : (values[0] ?? null);
    return makeEvent(Number(id), { '@timestamp': Number(time), type, ...(keys === undefined ? {} : { u }) });
  });
}

function find(query: string, events: string, options: RunOptions = {}): string {
  const found = run(expandStages(query), readTimeline(events), options);
  return found.map((ids) => ids.map((id) => (id === -1 ? '·' : String(id))).join('-')).join(' ');
}

const ORDER: readonly Timeline[] = [
  ['sequence [A] [B]', 'A1 B2', '1-2'],
  ['sequence [A] [B]', 'B1 A2', ''],
  ['sequence [A] [B]', 'A1 x2 B3', '1-3'],
  // The latest first event wins, and a sequence takes its events with it.
  ['sequence [A] [B]', 'A1 A2 B3 B4', '2-3'],
  ['sequence [A] [B]', 'A1 B2 A3 B4', '1-2 3-4'],
  ['sequence [A] [B] [C]', 'A1 B2 A3 B4 C5', '3-4-5'],
  // An older sequence that is further on is overwritten only when the younger one reaches it.
  ['sequence [A] [B] [C]', 'A1 B2 A3 C4', '1-2-4'],
  ['sequence [A] [B] [C]', 'A1 B2 A3 C4 B5 C6', '1-2-4 3-5-6'],
  // The same event cannot take two stages of one sequence, but serves two sequences.
  ['sequence [A] [A]', 'A1', ''],
  ['sequence [A] [A]', 'A1 A2 A3', '1-2 2-3'],
  ['sequence [any where true] [A] [any where true]', 'A1 A2 A3 A4', '1-2-3 2-3-4'],
  // Events of one time keep their order.
  ['sequence [A] [B]', 'A1@5 B2@5', '1-2'],
  ['sequence [A] [B]', 'B1@5 A2@5', ''],
];

const MAXSPAN: readonly Timeline[] = [
  ['sequence with maxspan=10ms [A] [B]', 'A1 B11', '1-11'],
  ['sequence with maxspan=10ms [A] [B]', 'A1 B12', ''],
  // The span is that of the whole sequence.
  ['sequence with maxspan=10ms [A] [B] [C]', 'A1 B6 C11', '1-6-11'],
  ['sequence with maxspan=10ms [A] [B] [C]', 'A1 B6 C12', ''],
  // One that comes too late for the latest candidate does not fall back to an earlier one.
  ['sequence with maxspan=10ms [A] [B] [C]', 'A1 A5 B6 C15', '5-6-15'],
  ['sequence with maxspan=10ms [A] [B]', 'A1 B12 A13 B14', '13-14'],
];

const RUNS: readonly Timeline[] = [
  ['sequence [A] with runs=2', 'A1 A2 A3', '1-2 2-3'],
  ['sequence [A] with runs=3', 'A1 A2 A3 A4 A5', '1-2-3 2-3-4 3-4-5'],
  ['sequence [A] with runs=2 [B]', 'A1 A2 A3 B4', '2-3-4'],
  ['sequence [A] [B] with runs=2', 'A1 B2 B3 B4', '1-2-3'],
  ['sequence [A] [B] with runs=2', 'A1 B2 A3 B4', '1-2-4'],
  ['sequence by u [A] with runs=2 [B]', 'A1:x A2:y A3:x B4:x B5:y', '1-3-4'],
];

const UNTIL: readonly Timeline[] = [
  ['sequence [A] [B] until [C]', 'A1 C2 B3', ''],
  ['sequence [A] [B] until [C]', 'A1 B2 C3', '1-2'],
  ['sequence [A] [B] until [C]', 'A1 C2 A3 B4', '3-4'],
  // Stages come before until: what it completes stays, what it begins or carries on goes.
  ['sequence [A] [B] until [B]', 'A1 B2', '1-2'],
  ['sequence [A] [B] until [A]', 'A1 B2', ''],
  ['sequence [A] [B] [C] until [B]', 'A1 B2 C3', ''],
  ['sequence by u [A] [B] until [C]', 'A1:x A2:y C3:x B4:x B5:y', '2-5'],
  ['sequence by u [A] [B] until [C]', 'A1:x C2 B3:x', '1-3'],
  ['sequence by u [A] [B] until [C]', 'A1:x A2:y C3:x,y B4:x B5:y', ''],
  // In Python EQL until comes first.
  ['sequence [A] [B] until [B]', 'A1 B2', '', ENDGAME],
  ['sequence [A] [B] until [A]', 'A1 B2', '1-2', ENDGAME],
];

const KEYS: readonly Timeline[] = [
  ['sequence by u [A] [B]', 'A1:x A2:y B3:y B4:x', '2-3 1-4'],
  ['sequence by u [A] [B]', 'A1 B2', ''],
  ['sequence by ?u [A] [B]', 'A1 B2', '1-2'],
  ['sequence by ?u [A] [B]', 'A1:x B2 A3 B4:x', '1-4'],
  ['sequence by u [A] [B]', 'A1:x,y B2:y,z', '1-2'],
  ['sequence by u [A] [B]', 'A1:x,y B2:x,y', '1-2 1-2'],
  ['sequence by u [A] [B]', 'A1:x,x B2:x', '1-2'],
  ['sequence by u [A] [B]', 'A1:x B2:X', ''],
  ['sequence by u [A] [B]', 'A1:x B2:X', '1-2', ENDGAME],
  ['sequence by u [A] [B]', 'A1 B2', '1-2', ENDGAME],
  ['sequence [A] by u [B] by id', 'A1:2 B2:9', '1-2'],
];

const MISSING: readonly Timeline[] = [
  // In the middle: strictly between the times of its neighbours, whatever came first at one time.
  ['sequence with maxspan=10ms [A] ![M] [B]', 'A1 B3', '1-·-3'],
  ['sequence with maxspan=10ms [A] ![M] [B]', 'A1 M2 B3', ''],
  ['sequence with maxspan=10ms [A] ![M] [B]', 'A1 M2@1 B3', '1-·-3'],
  ['sequence with maxspan=10ms [A] ![M] [B]', 'A1 M2@3 B3', '1-·-3'],
  ['sequence with maxspan=10ms [A] ![M] [B]', 'A1 M2 A3 B4', '3-·-4'],
  ['sequence with maxspan=10ms [A] ![M] ![N] [B]', 'A1 N2 B3 A4 B5', '4-·-·-5'],
  ['sequence with maxspan=10ms [A] ![M] with runs=2 [B]', 'A1 B3', '1-·-·-3'],
  ['sequence with maxspan=10ms [A] ![M] [B] ![N] [C]', 'A1 N2 B3 M4 C5 A6 B7 C8', '1-·-3-·-5 6-·-7-·-8'],
  // First: silence for longer than maxspan, counted back from the last event.
  ['sequence with maxspan=10ms ![M] [A]', 'M1 A11 A12', '·-12'],
  ['sequence with maxspan=10ms ![M] [A]', 'A1 M2@1', '·-1'],
  ['sequence with maxspan=10ms ![M] [A] [B]', 'M1 A5 B11 A12 B13', '·-12-13'],
  ['sequence with maxspan=10ms ![M] ![N] [A]', 'M1 N5 A12 A16', '·-·-16'],
  // Last: silence for longer than maxspan, counted from the first event; the end of all events is silence.
  ['sequence with maxspan=10ms [A] ![M]', 'A1 M11 A20 M31', '20-·'],
  ['sequence with maxspan=10ms [A] ![M]', 'A1 M2@1', '1-·'],
  ['sequence with maxspan=10ms [A] [B] ![M]', 'A1 B5 M11 A20 B21 M31', '20-21-·'],
  ['sequence with maxspan=10ms [A] ![M]', 'A1 A2 M3 A4', '4-·'],
  // Both: from the last neighbour before to the first one behind; one side alone does no harm.
  ['sequence with maxspan=10ms ![M] [A] ![M]', 'M1 A2 M12', '·-2-·'],
  ['sequence with maxspan=10ms ![M] [A] ![M]', 'M1 A2 M11', ''],
  ['sequence with maxspan=10ms ![M] [A] ![M]', 'A2 M3', '·-2-·'],
  ['sequence with maxspan=10ms ![M] [A] ![M]', 'M1 A2', '·-2-·'],
  // A sequence that is refused is gone.
  ['sequence with maxspan=10ms [A] [B] ![M] [C] [D]', 'A1 B2 M3 B4 C5 D7', ''],
  // Neither until nor matching knows of them, and only the same key counts.
  ['sequence by u with maxspan=10ms [A] ![M] [B]', 'A1:x M2:y B3:x', '1-·-3'],
  ['sequence by u with maxspan=10ms [A] ![M] [B]', 'A1:x M2:x,y B3:x', ''],
  ['sequence by u with maxspan=10ms [A] ![M] [B]', 'A1:x M2 B3:x', '1-·-3'],
  ['sequence by ?u with maxspan=10ms [A] ![M] [B]', 'A1 M2 B3', ''],
  ['sequence with maxspan=10ms [A] ![M] [B] until [M]', 'A1 M2 B3', ''],
  // `until ![…]` is read as `until […]`.
  ['sequence with maxspan=10ms [A] [B] until ![C]', 'A1 C2 B3 A4 B5', '4-5'],
];

const GROUPS: readonly (readonly [string, readonly Timeline[]])[] = [
  ['order', ORDER],
  ['maxspan', MAXSPAN],
  ['with runs', RUNS],
  ['until', UNTIL],
  ['keys', KEYS],
  ['missing events', MISSING],
];

describe.each(GROUPS)('%s', (_name, timelines) => {
  for (const [query, events, found, options] of timelines) {
    it(`${query} over ${events} finds ${found || 'nothing'}`, () => {
      expect(find(query, events, options)).toBe(found);
    });
  }

  it('goes on from a snapshot at any point', () => {
    for (const [query, events, found, options] of timelines) {
      const records = readTimeline(events);
      for (let cut = 0; cut <= records.length; cut += 1) {
        const first = new Engine([compile(expandStages(query), options)]);
        const before = records.slice(0, cut).flatMap((event) => first.process(event));
        const second = new Engine([compile(expandStages(query), options)]);
        second.restore(first.snapshot());
        const after = [...records.slice(cut).flatMap((event) => second.process(event)), ...second.finish()];
        const ids = [...before, ...after].map(({ match }) => idsOf(match).map((id) => (id === -1 ? '·' : String(id))));
        expect(ids.map((one) => one.join('-')).join(' '), `${query} over ${events}, cut at ${String(cut)}`).toBe(found);
      }
    }
  });
});

describe('a trailing missing event', () => {
  const query = expandStages('sequence with maxspan=10ms [A] ![M]');

  it('is decided when time has passed the end of the span, not before', () => {
    const engine = new Engine([compile(query)]);
    const [event] = readTimeline('A1');
    expect(event === undefined ? [] : engine.process(event)).toEqual([]);
    expect(engine.advanceTo(11)).toEqual([]);
    expect(engine.advanceTo(12).map(({ match }) => idsOf(match))).toEqual([[1, -1]]);
    expect(engine.finish()).toEqual([]);
  });

  it('is decided by any event that comes later', () => {
    const engine = new Engine([compile(query)]);
    const found = readTimeline('A1 x11 x12').map((event) => engine.process(event).length);
    expect(found).toEqual([0, 0, 1]);
  });
});

describe('a tiebreaker', () => {
  const query = expandStages('sequence [A] [B]');
  const at = (id: number, type: string, tb?: JsonObject[string]): JsonObject => ({
    '@timestamp': 5,
    id,
    type,
    ...(tb === undefined ? {} : { tb }),
  });

  it.each<[string, readonly JsonObject[], readonly (readonly number[])[]]>([
    ['orders events of one time', [at(1, 'B', 2), at(2, 'A', 1)], [[2, 1]]],
    ['compares numbers as numbers', [at(1, 'B', 10), at(2, 'A', 9)], [[2, 1]]],
    ['compares text by code point', [at(1, 'B', '10'), at(2, 'A', '9')], []],
    ['comes last where it is missing', [at(1, 'B'), at(2, 'A', 1)], [[2, 1]]],
    ['leaves events in the order of their arrival where it is equal', [at(1, 'A', 1), at(2, 'B', 1)], [[1, 2]]],
    ['leaves them so where both lack it', [at(1, 'B'), at(2, 'A')], []],
    ['counts with its first value where it has several', [at(1, 'B', [3, 1]), at(2, 'A', 2)], [[2, 1]]],
    ['keeps 64-bit integers apart', [at(1, 'B', 9223372036854775807n), at(2, 'A', 9223372036854775806n)], [[2, 1]]],
  ])('%s', (_name, events, found) => {
    expect(run(query, events, { tiebreakerField: 'tb' })).toEqual(found);
  });

  it('orders the results of queries for single events, too', () => {
    const events = [at(1, 'B', 2), at(2, 'A', 1)];
    expect(run('any where true | head 1', events, { tiebreakerField: 'tb' })).toEqual([[2]]);
  });
});

describe('nanoseconds', () => {
  const at = (id: number, type: string, nanoseconds: string): JsonObject => ({
    '@timestamp': `2024-01-01T00:00:00.${nanoseconds}Z`,
    id,
    type,
  });

  it.each([
    ['001000001', [[1, 2]]],
    ['001000002', []],
  ])('count in maxspan: %s', (second, found) => {
    const events = [at(1, 'A', '000000001'), at(2, 'B', second)];
    expect(run(expandStages('sequence with maxspan=1ms [A] [B]'), events)).toEqual(found);
  });

  it('order events, so that a missing event lies strictly between', () => {
    const query = expandStages('sequence with maxspan=1ms [A] ![M] [B]');
    const around = (missing: string): readonly JsonObject[] => [
      at(1, 'A', '000000001'),
      at(2, 'M', missing),
      at(3, 'B', '000000003'),
    ];
    expect(run(query, around('000000002'))).toEqual([]);
    expect(run(query, around('000000001'))).toEqual([[1, -1, 3]]);
  });
});
