import { Engine, type JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { compile, expandStages, idsOf, makeEvent, matchesOf, run } from '../run-query.js';

const SAMPLE = expandStages('sample by host [A] [B]');

function pairs(...hosts: readonly (JsonObject[string] | undefined)[]): JsonObject[] {
  return hosts.flatMap((host, index) =>
    ['A', 'B'].map((type, place) => makeEvent(index * 2 + place + 1, host === undefined ? { type } : { type, host })),
  );
}

describe('samples', () => {
  const events = pairs('delta', 'Alpha', 'beta', 7, 10);

  it('come as they are found in a stream', () => {
    expect(run(SAMPLE, events)).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
      [9, 10],
    ]);
  });

  it('come at the end by ascending key where an answer is wanted', () => {
    const engine = new Engine([compile(SAMPLE, { sampleOrder: 'by-key' })]);
    expect(events.flatMap((event) => engine.process(event))).toEqual([]);
    const keys = engine.finish().map(({ match }) => match.keys[0]?.value);
    expect(keys).toEqual([7, 10, 'Alpha', 'beta', 'delta']);
    expect(engine.finish()).toEqual([]);
  });

  it('put a missing key before all others', () => {
    const query = expandStages('sample by ?host [A] [B]');
    const matches = matchesOf(query, pairs('a', undefined), { sampleOrder: 'by-key' });
    expect(matches.map((match) => match.keys[0]?.value)).toEqual([null, 'a']);
  });

  it('are ordered by each key in turn', () => {
    const query = expandStages('sample by ?host, user [A] [B]');
    const keyed = (id: number, host: string | null, user: string): JsonObject[] =>
      ['A', 'B'].map((type, place) => makeEvent(id + place, { type, host, user }));
    const matches = matchesOf(query, [...keyed(1, 'b', 'x'), ...keyed(3, 'a', 'z'), ...keyed(5, 'a', 'y')], {
      sampleOrder: 'by-key',
    });
    expect(matches.map(idsOf)).toEqual([
      [5, 6],
      [3, 4],
      [1, 2],
    ]);
  });

  it.each([
    [0, []],
    [2, [7, 10]],
    [9, [7, 10, 'Alpha', 'beta', 'delta']],
  ])('are counted by size in that order: %i', (size, expected) => {
    for (const resultPosition of ['head', 'tail'] as const) {
      const matches = matchesOf(SAMPLE, events, { sampleOrder: 'by-key', size, resultPosition });
      expect(matches.map((match) => match.keys[0]?.value)).toEqual(expected);
    }
  });

  it('are the same in both orders, so many for each key', () => {
    const many = [...pairs('a', 'b', 'a'), ...pairs('a').map((event) => ({ ...event, id: 20 }))];
    for (const maxSamplesPerKey of [1, 2, 5]) {
      const found = run(SAMPLE, many, { maxSamplesPerKey });
      const ordered = run(SAMPLE, many, { maxSamplesPerKey, sampleOrder: 'by-key' });
      expect([...ordered].sort()).toEqual([...found].sort());
    }
  });

  it.each(['as-found', 'by-key'] as const)('go on from a snapshot: %s', (sampleOrder) => {
    const whole = run(SAMPLE, events, { sampleOrder });
    for (let cut = 0; cut <= events.length; cut += 1) {
      const first = new Engine([compile(SAMPLE, { sampleOrder })]);
      const before = events.slice(0, cut).flatMap((event) => first.process(event));
      const second = new Engine([compile(SAMPLE, { sampleOrder })]);
      second.restore(first.snapshot());
      const after = [...events.slice(cut).flatMap((event) => second.process(event)), ...second.finish()];
      expect([...before, ...after].map(({ match }) => idsOf(match))).toEqual(whole);
    }
  });
});
