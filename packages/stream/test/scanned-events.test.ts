import { LazyEvent, type JsonObject, type JsonValue } from '@eqlkit/engine';
import { generateMixedStream } from '@eqlkit/test-support';
import { describe, expect, it } from 'vitest';
import type { EventProblem } from '../src/decode/event-problem.js';
import { scannedEvents } from '../src/scanned-events.js';
import type { EventSource } from '../src/sources/event-source.js';
import { collectOrdered } from './collect-events.js';
import { makeSource } from './make-folder.js';

const FIELDS = ['event.category', 'process.name', 'process.args', 'process.parent', '@timestamp'];

interface Seen {
  readonly event: JsonObject;
  readonly timestampMs: number;
  readonly fields: readonly (JsonValue | undefined)[] | null;
  /** What the engine would keep, to be read when all has been read. */
  readonly kept: LazyEvent | null;
}

async function collectScanned(sources: readonly EventSource[]) {
  const problems: EventProblem[] = [];
  const seen: Seen[] = [];
  const batches = scannedEvents(sources, {
    fieldPaths: FIELDS.map((field) => ({ parts: field.split('.'), structured: true })),
    onProblem: (problem) => problems.push(problem),
  });
  for await (const batch of batches) {
    batch.visit((event, { ms }) => {
      const lazy = event instanceof LazyEvent;
      seen.push({
        event: lazy ? event.decode() : event,
        timestampMs: ms,
        fields: lazy ? FIELDS.map((_, place) => event.readField(place)) : null,
        kept: lazy ? event.retain() : null,
      });
    });
  }
  return { seen, problems };
}

const ODD_LINES = [
  '{"@timestamp":3,"event":{"category":"process"},"process":{"name":"plain"}}',
  '{"@timestamp":1,"event":{"category":"process"},"process":{"name":"twice"},"process":{"name":"last"}}',
  '{"@timestamp":2,"event.category":["process"],"process.name":"dotted","pid":12345678901234567890}',
  '{"\\u0040timestamp":5,"event":{"category":"process"}}',
  '{"nested":{"@timestamp":4},"event":{"category":"process"}}',
  '{"@timestamp":6}',
  '{"@timestamp":7,"event":{"category":[]}}',
  '{"@timestamp":8,"event":{"category":"process"}',
  '{"@timestamp":"soon","event":{"category":"process"}}',
  '["@timestamp"]',
  '{"@timestamp":9,"event":{"category":"process"},"process":{"name":"caf\u00e9"}}',
];

describe('scannedEvents', () => {
  it('gives each event of a file of many chunks that has to be sorted on disk as it stands', async () => {
    const pad = 'x'.repeat(1_000);
    const lines = Array.from({ length: 16_000 }, (_, index) => {
      const time = (index * 2_741) % 16_000;
      return `{"@timestamp":${String(time)},"event":{"category":"process"},"process":{"name":"p${String(time)}"},"pad":"${pad}"}`;
    });
    const source = await makeSource(lines.join('\n'));
    const seen: (JsonValue | undefined)[] = [];
    const problems: EventProblem[] = [];
    const batches = scannedEvents([source], {
      fieldPaths: [{ parts: ['process', 'name'], structured: false }],
      // Where one is given, lines are not read by position.
      tiebreakerField: 'event.sequence',
      onProblem: (problem) => problems.push(problem),
    });
    for await (const batch of batches) {
      batch.visit((event) => {
        seen.push(event instanceof LazyEvent ? event.readField(0) : null);
      });
    }
    expect(problems).toEqual([]);
    expect(seen).toEqual(lines.map((_, index) => `p${String(index)}`));
  });

  it('gives each event of files of many chunks as it stands, one file alone or two merged', async () => {
    const pad = 'x'.repeat(1_000);
    const fileOf = (first: number): Promise<EventSource> => {
      const lines = Array.from({ length: 4_000 }, (_, index) => {
        const time = first + index * 2;
        return `{"@timestamp":${String(time)},"event":{"category":"process"},"process":{"name":"n${String(time)}"},"pad":"${pad}"}`;
      });
      return makeSource(`${lines.join('\n')}\n`);
    };
    const files = [await fileOf(0), await fileOf(1)];
    for (const sources of [files.slice(0, 1), files]) {
      const { seen, problems } = await collectScanned(sources);
      expect(problems).toEqual([]);
      expect(seen).toHaveLength(4_000 * sources.length);
      for (const { timestampMs, fields, kept } of seen) {
        expect([fields?.[1], kept?.readField(1)]).toEqual([`n${String(timestampMs)}`, `n${String(timestampMs)}`]);
      }
    }
  });

  it('gives the events and problems of orderedEvents, whatever the lines are like', async () => {
    const bad = Buffer.from('{"@timestamp":10,"event":{"category":"process"},"process":{"name":"\xff"}}\n', 'latin1');
    const source = await makeSource(Buffer.concat([Buffer.from(`${ODD_LINES.join('\n')}\n`), bad]));
    const ordered = await collectOrdered([source]);
    const { seen, problems } = await collectScanned([source]);
    expect(seen.map(({ event }) => event)).toEqual(ordered.records.map(({ event }) => event));
    expect(seen.map(({ timestampMs }) => timestampMs)).toEqual(ordered.records.map(({ timestamp }) => timestamp.ms));
    expect(problems).toEqual(ordered.problems);
    expect(problems.map(({ kind }) => kind).sort()).toEqual([
      'invalid-json',
      'invalid-timestamp',
      'invalid-utf8',
      'missing-category',
      'missing-category',
      'missing-timestamp',
      'not-an-object',
    ]);
    const names = seen.map(({ event, fields }) => [
      fields !== null,
      (event['process'] as JsonObject | undefined)?.['name'],
    ]);
    // What has a key twice or in disguise is decoded, all else is scanned.
    expect(names).toContainEqual([false, 'last']);
    expect(names).toContainEqual([true, 'plain']);
    expect(names).toContainEqual([true, 'café']);
    expect(seen.map(({ event }) => event['pid'])).toContain(12345678901234567890n);
  });

  it('gives fields that stay readable when the event is kept, in every order of asking', async () => {
    const events = [...generateMixedStream({ events: 400, seed: 11 })];
    const source = await makeSource(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    const { seen } = await collectScanned([source]);
    expect(seen.map(({ event }) => event)).toEqual(events);
    const read = ({ process, event }: JsonObject) => [
      (event as JsonObject)['category'],
      (process as JsonObject)['name'],
      (process as JsonObject)['args'],
      (process as JsonObject)['parent'],
    ];
    expect(seen.map(({ fields }) => fields?.slice(0, 4))).toEqual(events.map(read));
    for (const [index, { kept }] of [...seen.entries()].reverse()) {
      expect(FIELDS.slice(0, 4).map((_, place) => kept?.readField(place))).toEqual(read(events[index] ?? {}));
    }
    expect(seen.map(({ kept }) => kept?.decode())).toEqual(events);
    expect(seen[7]?.kept?.retain().decode()).toEqual(events[7]);
  });
});
