import { Engine, type JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { MAX_KEYS_PER_EVENT } from '../../src/sequence/join-key.js';
import { compile, makeEvent } from '../run-query.js';

const PAIR = '[x where true] [y where true]';

/** Numbers as texts that sort as the numbers do, in descending order. */
function descending(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(count - 1 - index).padStart(6, '0'));
}

function run(text: string, events: readonly JsonObject[]) {
  const query = compile(text);
  const engine = new Engine([query]);
  const matches = [...events.flatMap((event) => engine.process(event)), ...engine.finish()];
  return {
    keys: matches.map(({ match }) => match.keys.map(({ value }) => value)),
    dropped: query.plan.problems.get('too-many-join-keys') ?? 0,
  };
}

function pairOf(fields: JsonObject): readonly JsonObject[] {
  return ['x', 'y'].map((category, id) => makeEvent(id, { 'event.category': category, ...fields }));
}

describe('an event with many join keys', () => {
  it('joins by each of as many as it may have', () => {
    const { keys, dropped } = run(`sequence by a ${PAIR}`, pairOf({ a: descending(MAX_KEYS_PER_EVENT) }));
    expect(keys).toEqual([...descending(MAX_KEYS_PER_EVENT)].reverse().map((key) => [key]));
    expect(dropped).toBe(0);
  });

  it('keeps the first ones in ascending order of more, in both events, and counts that', () => {
    const { keys, dropped } = run(`sequence by a ${PAIR}`, pairOf({ a: descending(10_000) }));
    expect(keys).toHaveLength(MAX_KEYS_PER_EVENT);
    expect(keys[0]).toEqual(['000000']);
    expect(keys.at(-1)).toEqual(['000999']);
    expect(dropped).toBe(2);
  });

  it('has no more of them where several arrays multiply', () => {
    const { keys, dropped } = run(`sequence by a, b ${PAIR}`, pairOf({ a: descending(10_000), b: descending(10_000) }));
    expect(keys).toHaveLength(MAX_KEYS_PER_EVENT);
    expect(new Set(keys.map(([a]) => a))).toEqual(new Set(['000000']));
    expect(dropped).toBe(2);
  });

  it('counts equal values once', () => {
    const { keys, dropped } = run(`sequence by a ${PAIR}`, pairOf({ a: Array.from({ length: 5_000 }, () => 'one') }));
    expect(keys).toEqual([['one']]);
    expect(dropped).toBe(0);
  });

  it('has every combination of small arrays', () => {
    const { keys } = run(`sequence by a, b ${PAIR}`, pairOf({ a: ['q', 'p'], b: [2, 1] }));
    expect(keys).toEqual([
      ['p', 1],
      ['p', 2],
      ['q', 1],
      ['q', 2],
    ]);
  });
});
