import { Engine, type JsonObject, type JsonValue } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { compile, expandStages, idsOf, makeEvents, type RunOptions } from '../run-query.js';

/** `process where true` and its like, over events whose category is their type. */
const CATEGORIES: RunOptions = { categoryField: 'type' };

function runOver(query: string, events: readonly JsonObject[], options: RunOptions = {}): [Engine, readonly unknown[]] {
  const engine = new Engine([compile(query, options)]);
  const found = [...events.flatMap((event) => engine.process(event)), ...engine.finish()];
  return [engine, found.map(({ match }) => idsOf(match))];
}

describe('an event that comes behind a later one', () => {
  it('is left out of sequences and counted', () => {
    const [engine, found] = runOver(expandStages('sequence [A] [B]'), makeEvents('A1@5 B2@4 B3@5'));
    expect(found).toEqual([[1, 3]]);
    expect(engine.lateEvents).toBe(1);
  });

  it('is late even if the later one does not concern the query', () => {
    const events = makeEvents('A1@4 C2@9 B3@8 B4@9');
    const [engine, found] = runOver('sequence [A where true] [B where true]', events, CATEGORIES);
    expect(found).toEqual([[1, 4]]);
    expect(engine.lateEvents).toBe(1);
  });

  it('is late while events of the later time are held for their tiebreaker', () => {
    const [engine, found] = runOver(expandStages('sequence [A] [B]'), makeEvents('B1@5 A2@4 A3@5 B4@5'), {
      tiebreakerField: 'order',
    });
    expect(found).toEqual([[3, 4]]);
    expect(engine.lateEvents).toBe(1);
  });

  it('is late behind a time that was said to have passed, in a restored run too', () => {
    const query = compile(expandStages('sequence [A] [B]'));
    const first = new Engine([query]);
    first.advanceTo(10);
    const second = new Engine([query]);
    second.restore(JSON.parse(JSON.stringify(first.snapshot())) as JsonValue);
    for (const engine of [first, second]) {
      const found = makeEvents('A1@9 A2@10 B3@10').flatMap((event) => engine.process(event));
      expect(found.map(({ match }) => idsOf(match))).toEqual([[2, 3]]);
    }
  });

  it.each([
    ['any where true', [[1], [2]]],
    [expandStages('sample by u [A] [B]'), [[1, 2]]],
  ])('does no harm where order does not matter: %s', (query, expected) => {
    const [engine, found] = runOver(query, makeEvents('A1@5 B2@4', { u: 'x' }));
    expect(found).toEqual(expected);
    expect(engine.lateEvents).toBe(0);
  });
});
