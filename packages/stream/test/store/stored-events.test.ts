import { loadMappings } from '../../src/mapping/load-mappings.js';
import { generateMixedStream } from '@eqlkit/test-support';
import { describe, expect, it } from 'vitest';
import type { EventProblem } from '../../src/decode/event-problem.js';
import type { OrderedEventsOptions } from '../../src/order/ordered-events.js';
import type { EventSource } from '../../src/sources/event-source.js';
import { EventStore } from '../../src/store/event-store.js';
import { storedEvents } from '../../src/store/stored-events.js';
import { collectOrdered } from '../collect-events.js';
import { makeSource } from '../make-folder.js';

async function store(sources: readonly EventSource[], options: Omit<Partial<OrderedEventsOptions>, 'onProblem'> = {}) {
  const events = new EventStore();
  const problems: EventProblem[] = [];
  let bytesRead = 0;
  const reading = storedEvents(sources, events, { ...options, onProblem: (problem) => problems.push(problem) });
  for await (const bytes of reading) bytesRead += bytes;
  return { records: [...events.records()], problems, bytesRead };
}

const ODD_LINES = [
  '{"@timestamp":3,"event":{"category":"process"},"process":{"name":"plain"}}',
  '{"@timestamp":1,"event":{"category":"process"},"process":{"name":"twice"},"process":{"name":"last"}}',
  '{"@timestamp":2,"event.category":["process"],"process.name":"dotted","pid":12345678901234567890}',
  '{"\\u0040timestamp":5,"event":{"category":"process"}}',
  '{"event":{"category":"process"},"undated":true}',
  '{"nested":{"@timestamp":4},"event":{"category":"process"}}',
  '  {"@timestamp":6}  ',
  '{"@timestamp":8,"event":{"category":"process"}',
  '{"@timestamp":"soon","event":{"category":"process"}}',
  '["@timestamp"]',
  '{"@timestamp":9,"event":{"category":"process"},"process":{"name":"caf\u00e9"}}',
];

describe('storedEvents', () => {
  it.each(['first', 'skip'] as const)(
    'keeps what orderedEvents gives, odd lines, too; undated: %s',
    async (undated) => {
      const bad = Buffer.from('{"@timestamp":10,"event":{"category":"process"},"process":{"name":"\xff"}}\n', 'latin1');
      const source = await makeSource(Buffer.concat([Buffer.from(`${ODD_LINES.join('\r\n')}\r\n`), bad]));
      const ordered = await collectOrdered([source], { undated });
      const stored = await store([source], { undated });
      const withoutSize = ordered.records.map((record) => ({ ...record, sizeBytes: 0 }));
      expect(stored.records.map((record) => ({ ...record, sizeBytes: 0 }))).toEqual(withoutSize);
      expect(stored.problems).toEqual(ordered.problems);
      expect(stored.bytesRead).toBe(ordered.bytesRead);
      expect(stored.problems.map(({ kind }) => kind)).toContain('invalid-json');
    },
  );

  it('keeps the events of several files in order, and tells where each stood', async () => {
    const lines = [...generateMixedStream({ events: 3_000, seed: 5 })].map((event) => `${JSON.stringify(event)}\n`);
    const sources = [await makeSource(lines.slice(0, 2_000).join('')), await makeSource(lines.slice(1_000).join(''))];
    const ordered = await collectOrdered(sources);
    const stored = await store(sources);
    expect(stored.records).toHaveLength(4_000);
    expect(stored.records).toEqual(ordered.records);
  });

  it('keeps events as a mapping makes them', async () => {
    const source = await makeSource(
      '{"timestamp":131485996510000000,"event_type":"process","process_name":"cmd.exe"}\n',
    );
    const { map } = await loadMappings(['python-eql'], { cwd: process.cwd() });
    const options = map === undefined ? {} : { map };
    const ordered = await collectOrdered([source], options);
    const stored = await store([source], options);
    expect(stored.records.map(({ event }) => event)).toEqual(ordered.records.map(({ event }) => event));
    expect(stored.records[0]?.event).toMatchObject({ process: { name: 'cmd.exe' } });
  });
});
