import { schemaFromMapping } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';
import { matchToJson } from '../../src/batch/match-to-json.js';
import { searchResponse } from '../../src/batch/search-response.js';
import type { JsonObject } from '../../src/values/value.js';
import { compile, matchesOf, type RunOptions } from '../run-query.js';

const ADDRESS = { addressOf: () => ({ index: 'file', id: '7' }), tookMs: 3.4 };
const BIG = 9_223_372_036_854_775_807n;

function respond(text: string, events: readonly JsonObject[], options: RunOptions = {}): JsonObject {
  const singleEvents = !/^(?:sequence|sample|join)/u.test(text);
  return searchResponse(matchesOf(text, events, options), { ...ADDRESS, singleEvents });
}

describe('the body of a search response', () => {
  it('has events with their own address, or the one where they were read', () => {
    const document = { _index: 'logs', _id: 'x1', '@timestamp': 1, n: BIG };
    expect(respond('any where true', [document, { '@timestamp': 2 }])).toEqual({
      is_partial: false,
      is_running: false,
      took: 3,
      timed_out: false,
      hits: {
        total: { value: 2, relation: 'eq' },
        events: [
          { _index: 'logs', _id: 'x1', _source: { '@timestamp': 1, n: BIG } },
          { _index: 'file', _id: '7', _source: { '@timestamp': 2 } },
        ],
      },
    });
  });

  it('has a list without results, too', () => {
    expect(respond('any where false', [])).toMatchObject({ hits: { total: { value: 0 }, events: [] } });
    expect(respond('sequence [a where true] [b where true]', [])).toMatchObject({ hits: { sequences: [] } });
  });

  it('has sequences with join keys, and marks the missing event', () => {
    const event = { '@timestamp': 5, host: 'a' };
    expect(respond('sequence by host with maxspan=1s [any where true] ![any where x == 1]', [event])).toMatchObject({
      hits: {
        sequences: [
          {
            join_keys: ['a'],
            events: [
              { _index: 'file', _id: '7', _source: event },
              { _index: '', _id: '', _source: {}, missing: true },
            ],
          },
        ],
      },
    });
  });

  it('leaves join keys out where the query has none', () => {
    const { hits } = respond('sequence [any where true] [any where true]', [{ '@timestamp': 1 }, { '@timestamp': 2 }]);
    expect(JSON.stringify(hits)).not.toContain('join_keys');
  });

  it('shows a date among the keys as an instant in a sequence and as milliseconds in a sample', () => {
    const schema = schemaFromMapping([{ properties: { day: { type: 'date' } } }], { strict: false });
    const events = [1, 2].map((time) => ({ '@timestamp': time, day: '2024-05-01' }));
    expect(respond('sequence by day [any where true] [any where true]', events, { schema })).toMatchObject({
      hits: { sequences: [{ join_keys: ['2024-05-01T00:00:00.000Z'] }] },
    });
    expect(respond('sample by day [any where true] [any where true]', events, { schema })).toMatchObject({
      hits: { sequences: [{ join_keys: [Date.UTC(2024, 4, 1)] }] },
    });
  });
});

describe('a result as plain data', () => {
  function json(text: string, events: readonly JsonObject[], options: RunOptions = {}): readonly JsonObject[] {
    const query = compile(text, options);
    return matchesOf(text, events, options).map((match) => matchToJson(query, match));
  }

  it('is the event itself for a single event', () => {
    expect(json('any where n == 1', [{ '@timestamp': 1, n: 1, _case: 'x' }])).toEqual([
      { '@timestamp': 1, n: 1, _case: 'x' },
    ]);
  });

  it('names keys and what each stage matched', () => {
    const events = [
      { '@timestamp': 1, host: { id: 'h' }, n: 1 },
      { '@timestamp': 2, host: { id: 'h' }, n: 2 },
    ];
    expect(json('sequence by host.id [any where n == 1] [any where n == 2]', events)).toEqual([
      {
        kind: 'sequence',
        timestamp: '1970-01-01T00:00:00.002Z',
        join_keys: { 'host.id': 'h' },
        events: [
          { stage: 0, missing: false, event: events[0], matched: { n: 1 } },
          { stage: 1, missing: false, event: events[1], matched: { n: 2 } },
        ],
      },
    ]);
  });
});
