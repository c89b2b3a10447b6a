import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { EventSource } from '../src/sources/event-source.js';
import { collectOrdered, collectRead } from './collect-events.js';
import { makeSource } from './make-folder.js';

const GOOD = '{"@timestamp":1,"event.category":"x"}\n';

async function unreadable(sources: readonly EventSource[]) {
  const { problems } = await collectOrdered(sources);
  return problems
    .filter(({ kind }) => kind === 'unreadable-source')
    .map(({ source, line, detail }) => [source, line, detail]);
}

describe('a source without a line that is an event', () => {
  it.each([
    ['a list of numbers', '[1, 2]', 1, /none of its 2 lines is an event: the line is a number/u],
    ['a binary file', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 0x0a, 0xff, 0xfe]), 1, /none of its 2 lines/u],
    ['events without a timestamp', '{"a":1}\n{"a":2}\n', 1, /the event has no @timestamp/u],
    ['events out of range', '{"@timestamp":9e15}', 1, /beyond the years/u],
    ['a compressed text', gzipSync('hello\nworld\n'), 1, /none of its 2 lines/u],
  ])('is reported once: %s', async (_about, content, line, detail) => {
    const [found, ...others] = await unreadable([await makeSource(content)]);
    expect(found).toEqual(['events.ndjson', line, expect.stringMatching(detail)]);
    expect(others).toEqual([]);
  });

  it.each([
    ['is empty', ''],
    ['is blank', '\n \n'],
    ['has one event among the rest', `oops\n${GOOD}oops\n`],
    ['has an event without a category', '{"@timestamp":1}\n'],
  ])('is not one that %s', async (_about, content) => {
    expect(await unreadable([await makeSource(content)])).toEqual([]);
  });

  it('is told from readable ones beside it', async () => {
    const good = { ...(await makeSource(GOOD.repeat(3))), name: 'good' };
    const bad = { ...(await makeSource('oops\n')), name: 'bad' };
    expect((await unreadable([bad, good])).map(([source]) => source)).toEqual(['bad']);
  });

  it('is reported where events are read as they stand, too', async () => {
    const { problems } = await collectRead(await makeSource('oops\noops\n'));
    expect(problems.map(({ kind }) => kind)).toEqual(['invalid-json', 'invalid-json', 'unreadable-source']);
  });
});
