import { DIALECTS } from '@eqlkit/language';
import { Engine, type JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { compile, expandStages, idsOf, makeEvents, run } from '../run-query.js';

const ENDGAME = { dialect: DIALECTS.endgame };

function find(query: string, events: readonly JsonObject[]): readonly (readonly unknown[])[] {
  return run(expandStages(query), events, ENDGAME);
}

describe('a join', () => {
  it.each([
    ['join [A] [B]', 'A1 B2', [[1, 2]]],
    // Stages come in any order; the result has them in that of the query.
    ['join [A] [B]', 'B1 A2', [[2, 1]]],
    ['join [A] [B] [C]', 'C1 A2 B3', [[2, 3, 1]]],
    // The first event of each stage counts, and a complete join starts over.
    ['join [A] [B]', 'A1 A2 B3', [[1, 3]]],
    ['join [A] [B]', 'A1 B2 B3', [[1, 2]]],
    [
      'join [A] [B]',
      'A1 B2 B3 A4',
      [
        [1, 2],
        [4, 3],
      ],
    ],
    ['join [A] [B] until [C]', 'A1 C2 B3', []],
    ['join [A] [B] until [C]', 'A1 B2 C3', [[1, 2]]],
    ['join [A] [B] until [C]', 'A1 C2 A3 B4', [[3, 4]]],
    // One event may take several stages.
    ['join [A] [any where true]', 'A1', [[1, 1]]],
  ])('%s over %s', (query, events, found) => {
    expect(find(query, makeEvents(events))).toEqual(found);
  });

  it('keeps keys apart, without regard to case', () => {
    const events = [...makeEvents('A1', { u: 'x' }), ...makeEvents('B2', { u: 'y' }), ...makeEvents('B3', { u: 'X' })];
    expect(find('join by u [A] [B]', events)).toEqual([[1, 3]]);
    expect(find('join [A] by u [B] by u', events)).toEqual([[1, 3]]);
  });

  it('goes on from a snapshot at any point', () => {
    const query = compileJoin;
    const events = makeEvents('A1 B2 B3 A4 C5 A6 B7');
    for (let cut = 0; cut <= events.length; cut += 1) {
      const first = query();
      const before = events.slice(0, cut).flatMap((event) => first.process(event));
      const second = query();
      second.restore(first.snapshot());
      const after = [...events.slice(cut).flatMap((event) => second.process(event)), ...second.finish()];
      expect([...before, ...after].map(({ match }) => idsOf(match))).toEqual([
        [1, 2],
        [4, 3],
        [6, 7],
      ]);
    }
  });
});

function compileJoin(): Engine {
  return new Engine([compile(expandStages('join [A] [B] until [C]'), ENDGAME)]);
}

describe('fork', () => {
  it('lets a sequence go on from the same beginning', () => {
    expect(find('sequence [A] [B]', makeEvents('A1 B2 B3'))).toEqual([[1, 2]]);
    expect(find('sequence [A] [B] fork=true', makeEvents('A1 B2 B3'))).toEqual([
      [1, 2],
      [1, 3],
    ]);
    expect(find('sequence [A] [B] fork [C]', makeEvents('A1 B2 C3 B4 C5'))).toEqual([
      [1, 2, 3],
      [1, 4, 5],
    ]);
  });

  it.each(['fork=false', 'fork=0'])('can be turned off: %s', (option) => {
    expect(find(`sequence [A] [B] ${option}`, makeEvents('A1 B2 B3'))).toEqual([[1, 2]]);
  });

  it('ends with maxspan', () => {
    expect(find('sequence with maxspan=5ms [A] [B] fork=true', makeEvents('A1 B2 B6 B7'))).toEqual([
      [1, 2],
      [1, 6],
    ]);
  });
});
