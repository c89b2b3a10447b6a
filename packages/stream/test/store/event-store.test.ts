import { LazyEvent, readField, type JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { encodeEvent } from '../../src/decode/encode-event.js';
import { EventStore } from '../../src/store/event-store.js';

function add(store: EventStore, ms: number, event: JsonObject): void {
  addLine(store, ms, encodeEvent(event));
}

function addLine(store: EventStore, ms: number, text: string): void {
  const bytes = Buffer.from(text);
  const line = store.size + 1;
  store.add({ bytes, start: 0, end: bytes.length, timestamp: { ms, ns: 0 }, source: 'a.ndjson', line });
}

function idsOf(store: EventStore): readonly unknown[] {
  return [...store.records()].map(({ event }) => event['id']);
}

describe('EventStore', () => {
  it('gives events back as they were, in order of time', () => {
    const store = new EventStore();
    add(store, 2, { id: 1, big: 18_446_744_073_709_551_615n, text: 'é😀', list: [null, { a: true }] });
    add(store, 1, { id: 2 });
    add(store, 2, { id: 3 });
    expect(idsOf(store)).toEqual([2, 1, 3]);
    const [, first] = [...store.records()];
    expect(first).toMatchObject({
      event: { id: 1, big: 18_446_744_073_709_551_615n, text: 'é😀', list: [null, { a: true }] },
      timestamp: { ms: 2, ns: 0 },
      source: 'a.ndjson',
      line: 1,
    });
    expect(store.size).toBe(3);
    add(store, 0, { id: 4 });
    expect(idsOf(store)).toEqual([4, 2, 1, 3]);
  });

  it('gives the same events unread, those among them that cannot be scanned, too', () => {
    const store = new EventStore();
    add(store, 2, { a: { b: 'x' }, id: 1 });
    add(store, 1, { 'a.b': 'y', a: { b: 'z' }, id: 2 });
    add(store, 3, { id: 3 });
    const paths = [{ parts: ['a', 'b'], structured: false }];
    const fields: unknown[] = [];
    const kept: unknown[] = [];
    for (const { event, timestamp } of store.scan(paths)) {
      fields.push([timestamp.ms, event instanceof LazyEvent ? event.readField(0) : readField(event, 'a.b')]);
      kept.push(event instanceof LazyEvent ? event.retain() : event);
    }
    const decoded = [...store.records()];
    expect(fields).toEqual(decoded.map(({ event, timestamp }) => [timestamp.ms, readField(event, 'a.b')]));
    expect(kept.map((event) => (event instanceof LazyEvent ? event.decode() : event))).toEqual(
      decoded.map(({ event }) => event),
    );
  });

  it('keeps events that fill many blocks, and one that is longer than a block', () => {
    const store = new EventStore();
    const text = 'x'.repeat(3 * 1024 * 1024);
    for (let id = 0; id < 8; id += 1) add(store, id, { id, text });
    add(store, 9, { id: 9, text: 'y'.repeat(12 * 1024 * 1024) });
    expect(idsOf(store)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 9]);
    expect(store.sizeBytes).toBeGreaterThan(36 * 1024 * 1024);
  });

  it('keeps lines as they are, and each where scanners look beyond its end', () => {
    const store = new EventStore();
    for (let id = 0; id < 5_000; id += 1) addLine(store, 5_000 - (id % 1_000), `{"id":${id},"n":{"m":[1]}}`);
    const paths = [{ parts: ['id'], structured: false }];
    const scanned = [...store.scan(paths)].map(({ event }) => event instanceof LazyEvent);
    expect(scanned).toEqual(Array.from({ length: 5_000 }, () => true));
    const ids = idsOf(store);
    expect(ids.slice(0, 6)).toEqual([999, 1999, 2999, 3999, 4999, 998]);
    expect([...store.records({ every: 1_000 })].map(({ line }) => line)).toEqual([1000, 800, 600, 400, 200]);
  });

  it('is empty once it is cleared', () => {
    const store = new EventStore();
    add(store, 1, { id: 1 });
    store.clear();
    expect(idsOf(store)).toEqual([]);
    add(store, 1, { id: 2 });
    expect(idsOf(store)).toEqual([2]);
  });
});
