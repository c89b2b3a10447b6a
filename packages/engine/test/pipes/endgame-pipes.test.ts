import { DIALECTS } from '@eqlkit/language';
import { Engine, type JsonObject, type JsonValue, type Match } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { compile, idsOf, makeEvent, matchesOf, run } from '../run-query.js';

const ENDGAME = { dialect: DIALECTS.endgame };

const EVENTS: readonly JsonObject[] = [
  makeEvent(1, { name: 'b', n: 3, hostname: 'h2' }),
  makeEvent(2, { name: 'A', n: 1, hostname: 'h1' }),
  makeEvent(3, { name: 'B', n: 2, hostname: 'h2' }),
  makeEvent(4, { n: 5 }),
  makeEvent(5, { name: 'a', n: 4, hostname: 'h1' }),
  makeEvent(6, { name: 'c', n: 0, hostname: 'h3' }),
];

function ids(pipes: string, query = 'any where true'): readonly unknown[] {
  return run(`${query} ${pipes}`, EVENTS, ENDGAME).flat();
}

function rows(pipes: string): readonly JsonValue[] {
  return matchesOf(`any where true ${pipes}`, EVENTS, ENDGAME).map(({ row }) => row);
}

describe('head and tail', () => {
  const many = Array.from({ length: 120 }, (_, index) => makeEvent(index + 1));

  it.each([
    ['head', 1, 50],
    ['tail', 71, 50],
    ['head 3', 1, 3],
    ['tail 3', 118, 3],
  ])('%s takes 50 where no number is given', (pipe, first, count) => {
    const found = run(`any where true | ${pipe}`, many, ENDGAME).flat();
    expect([found[0], found.length]).toEqual([first, count]);
  });
});

describe('filter', () => {
  it('keeps what is true, and neither false nor null', () => {
    expect(ids('| filter n > 1')).toEqual([1, 3, 4, 5]);
    expect(ids('| filter name != "a"')).toEqual([1, 3, 6]);
    expect(ids('| filter not name == "a"')).toEqual([1, 3, 6]);
  });

  it('sees the events of a sequence one by one', () => {
    const query = 'sequence [any where n == 3] [any where n == 5]';
    expect(ids('| filter n == 3 and events[0].n == 3 and events[1].n == 5', query)).toEqual([1, 4]);
    expect(ids('| filter events[1].n == 3', query)).toEqual([]);
  });
});

describe('unique', () => {
  it('keeps the first row of each key, whatever its case', () => {
    expect(ids('| unique name')).toEqual([1, 2, 4, 6]);
    expect(ids('| unique name, hostname')).toEqual([1, 2, 4, 6]);
    expect(ids('| unique n > 2')).toEqual([1, 2]);
  });
});

describe('sort', () => {
  it('orders without case, a missing text first, and leaves equal rows in their order', () => {
    expect(ids('| sort name')).toEqual([4, 2, 5, 1, 3, 6]);
  });

  it('orders by each expression in turn, numbers as numbers', () => {
    expect(ids('| sort hostname, n')).toEqual([4, 2, 5, 3, 1, 6]);
    expect(ids('| sort n | head 2')).toEqual([6, 2]);
  });
});

describe('count', () => {
  it('makes one row of totals', () => {
    expect(rows('| count')).toEqual([{ key: 'totals', count: 6, total_hosts: 3, hosts: ['h1', 'h2', 'h3'] }]);
    expect(rows('| filter false | count')).toEqual([{ key: 'totals', count: 0 }]);
  });

  it('makes a row for each key, the rarest first, with the case that was seen first', () => {
    expect(rows('| count name')).toEqual([
      { count: 1, key: null, percent: 1 / 6 },
      { count: 1, key: 'c', percent: 1 / 6, total_hosts: 1, hosts: ['h3'] },
      { count: 2, key: 'A', percent: 2 / 6, total_hosts: 1, hosts: ['h1'] },
      { count: 2, key: 'b', percent: 2 / 6, total_hosts: 1, hosts: ['h2'] },
    ]);
  });

  it('makes a tuple of several keys, and its rows can be filtered', () => {
    expect(rows('| count name, n > 2 | filter count > 0 | head 1')).toEqual([
      { count: 1, key: [null, true], percent: 1 / 6 },
    ]);
    expect(rows('| count hostname | filter percent > 0.3 and key == "H1"')).toHaveLength(1);
  });
});

describe('unique_count', () => {
  it('adds counts to the first row of each key, in order of appearance', () => {
    const found = matchesOf('any where true | unique_count hostname', EVENTS, ENDGAME);
    expect(found.map((match) => [...idsOf(match), match.row?.['count']])).toEqual([
      [1, 2],
      [2, 2],
      [4, 1],
      [6, 1],
    ]);
    expect(found.map(({ row }) => row?.['percent'])).toEqual([2 / 6, 2 / 6, 1 / 6, 1 / 6]);
  });

  it('sums the counts that rows bring along', () => {
    const found = matchesOf('any where true | unique_count name | unique_count hostname', EVENTS, ENDGAME);
    expect(found.map(({ row }) => row?.['count'])).toEqual([2, 2, 1, 1]);
  });

  it('can be filtered by count', () => {
    expect(ids('| unique_count name | filter count == 2')).toEqual([1, 2]);
  });
});

describe('a running pipe', () => {
  const PIPES = [
    'filter n > 1',
    'head 3',
    'tail 3',
    'unique name',
    'sort name',
    'count',
    'count name',
    'unique_count name',
    'sort n | tail 4 | head 2',
    'unique_count name | count hostname',
  ];

  it.each(PIPES)('goes on from a snapshot at any point: %s', (pipe) => {
    const query = `any where true | ${pipe}`;
    const show = (match: Match): unknown => [idsOf(match), match.row];
    const whole = matchesOf(query, EVENTS, ENDGAME).map(show);
    for (let cut = 0; cut <= EVENTS.length; cut += 1) {
      const first = new Engine([compile(query, ENDGAME)]);
      const before = EVENTS.slice(0, cut).flatMap((event) => first.process(event));
      const second = new Engine([compile(query, ENDGAME)]);
      second.restore(first.snapshot());
      const after = [...EVENTS.slice(cut).flatMap((event) => second.process(event)), ...second.finish()];
      expect([...before, ...after].map(({ match }) => show(match))).toEqual(whole);
    }
  });
});
