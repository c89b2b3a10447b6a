import { describe, expect, it } from 'vitest';
import { EventRecord } from '../../../src/event/event-record.js';
import type { JoinKey } from '../../../src/sequence/join-key.js';
import { NOT_PENDING, PendingStore } from '../../../src/sequence/pending/pending-store.js';
import type { Timestamp } from '../../../src/time/timestamp.js';
import { drawNumbers } from './draw-numbers.js';

const SEED = 20_261_130;

/** What is known of a pending sequence without the store: a list of them, in the order in which they began. */
interface Expected {
  readonly key: JoinKey;
  readonly start: Timestamp;
  readonly leading: Timestamp | null;
  events: readonly EventRecord[];
  spoiled: boolean;
}

const eventAt = (number: number): EventRecord =>
  new EventRecord({}, { ms: number, ns: Math.abs(number % 7) }, null, number);
const keyOf = (number: number): JoinKey => {
  switch (number % 3) {
    case 0:
      return { id: `k${number}`, values: [`k${number}`] };
    case 1:
      return { id: `k${number}`, values: [number] };
    default:
      return { id: `k${number}`, values: [number % 2 === 0 ? null : 'x', number] };
  }
};

/** What the store says of its sequences, in their order. */
function read(store: PendingStore): readonly unknown[] {
  return store.all().map((row) => ({
    key: store.keyOf(row),
    start: store.startOf(row),
    leading: store.leadingOf(row),
    events: store.eventsOf(row).map(({ arrival }) => arrival),
    spoiled: store.isSpoiled(row),
    stage: store.stageOf(row),
  }));
}

function write(expected: readonly Expected[]): readonly unknown[] {
  return expected.map(({ key, start, leading, events, spoiled }) => {
    return { key, start, leading, events: events.map(({ arrival }) => arrival), spoiled, stage: events.length - 1 };
  });
}

describe(`pending sequences (seed ${SEED})`, () => {
  it('are what was done to them, in the order in which they began', () => {
    const draw = drawNumbers(SEED, 60_000);
    const store = new PendingStore();
    const expected: Expected[] = [];
    const find = ({ id }: JoinKey, stage: number): number =>
      expected.findIndex(({ key, events }) => key.id === id && events.length - 1 === stage);
    const drop = (place: number): void => {
      const [one] = expected.slice(place);
      if (one === undefined) return;
      store.remove(store.find(one.key.id, one.events.length - 1));
      expected.splice(place, 1);
    };
    for (let step = 0; step < 6_000; step += 1) {
      // Times of all kinds: before 1970, and beyond what 32 bits hold.
      const event = eventAt(step * 1_234_567_890 - 3_000_000_000_000);
      const key = keyOf(draw(300));
      const stage = draw(4);
      const place = find(key, stage);
      const row = store.find(key.id, stage);
      expect(row === NOT_PENDING).toBe(place === -1);
      const one = expected[place];
      if (one === undefined) {
        if (stage > 0) continue;
        const leading = draw(10) < 3 ? { ms: step, ns: 1 } : null;
        store.add(key, event.timestamp, leading, event);
        expected.push({ key, start: event.timestamp, leading, events: [event], spoiled: false });
      } else if (draw(10) < 1) {
        drop(place);
      } else if (stage < 3 && find(key, stage + 1) === -1) {
        const forks = draw(10) < 3;
        const moved = forks ? store.fork(row) : row;
        store.advance(moved, stage + 1, event);
        if (forks) expected.splice(place + 1, 0, { ...one, events: [...one.events, event] });
        else one.events = [...one.events, event];
        if (draw(10) < 1) {
          store.spoil(moved);
          (forks ? (expected[place + 1] ?? one) : one).spoiled = true;
        }
      } else if (draw(10) < 3) {
        drop(0);
      }
      if (step % 100 === 0) {
        expect(read(store)).toEqual(write(expected));
        expect(store.keys).toBe(new Set(expected.map((each) => each.key.id)).size);
        const ofKey = store.ofKey(key.id).map((each) => store.stageOf(each));
        const stages = expected.filter((each) => each.key.id === key.id).map((each) => each.events.length - 1);
        expect([...ofKey].sort()).toEqual(stages.sort());
      }
    }
    expect(expected.length).toBeGreaterThan(100);
  });

  it('give back the memory that few need no longer, and stay what they are', () => {
    const store = new PendingStore();
    const begun = Array.from({ length: 100_000 }, (_, number) => number);
    for (const number of begun) {
      store.add(keyOf(number), eventAt(number).timestamp, null, eventAt(number));
      // Two of one key, next to each other in the order.
      if (number % 5_000 === 1) store.advance(store.fork(store.find(`k${number}`, 0)), 1, eventAt(number + 1));
    }
    const most = store.pageCount;
    expect(most).toBeGreaterThan(20);
    for (const number of begun) if (number % 500 !== 1) store.remove(store.find(`k${number}`, 0));
    const left = read(store);
    expect(left).toHaveLength(220);
    for (let step = 0; step < 100_000; step += 1) store.tidy();
    expect(store.pageCount).toBeLessThanOrEqual(2);
    expect(read(store)).toEqual(left);
    expect(store.find('k5001', 1)).not.toBe(NOT_PENDING);
    expect(store.ofKey('k5001')).toHaveLength(2);
    for (const row of store.all()) store.remove(row);
    expect([store.keys, store.pageCount, store.oldest]).toEqual([0, 0, NOT_PENDING]);
    store.add(keyOf(3), { ms: 1, ns: 2 }, null, eventAt(3));
    expect(read(store)).toHaveLength(1);
  });
});
