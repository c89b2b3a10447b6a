import { DIALECTS } from '@eqlkit/language';
import type { JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { makeEvent, run } from '../run-query.js';

const ENDPOINT = { dialect: DIALECTS.endpoint };

function start(id: number, process: string, parent: string, name: string): JsonObject {
  return makeEvent(id, {
    event: { category: 'process' },
    process: { entity_id: process, name, parent: { entity_id: parent } },
  });
}

// Each test proves a row of docs/compatibility.md.
describe('where Elastic Defend differs', () => {
  it('a process tree is what the events told', () => {
    const query = 'process where descendant of [process where process.name == "a"]';
    const events = [start(1, 'p1', 'p0', 'a'), start(2, 'p2', 'p1', 'b'), start(3, 'p3', 'p2', 'c')];
    expect(run(query, events, ENDPOINT)).toEqual([[2], [3]]);
    // The process between was not seen.
    expect(
      run(
        query,
        events.filter(({ id }) => id !== 2),
        ENDPOINT,
      ),
    ).toEqual([]);
  });

  it('an alias is the latest event in the slot of its stage', () => {
    const query = 'sequence by u [process where true] as first [file where file.path == first.process.executable]';
    const events = [
      makeEvent(1, { event: { category: 'process' }, u: 'x', process: { executable: '/a' } }),
      makeEvent(2, { event: { category: 'process' }, u: 'x', process: { executable: '/b' } }),
      makeEvent(3, { event: { category: 'file' }, u: 'x', file: { path: '/a' } }),
      makeEvent(4, { event: { category: 'file' }, u: 'x', file: { path: '/b' } }),
    ];
    expect(run(query, events, ENDPOINT)).toEqual([[2, 4]]);
  });

  it('missing events, samples and pipes are there as in Elasticsearch', () => {
    const events = [1, 2, 3].map((id) => makeEvent(id, { event: { category: 'c' }, u: 1 }));
    expect(run('c where true | tail 1', events, ENDPOINT)).toEqual([[3]]);
    expect(run('sequence with maxspan=1s [c where id == 1] ![d where true]', events, ENDPOINT)).toEqual([[1, -1]]);
    expect(run('sample by u [c where id == 2] [c where id == 1]', events, ENDPOINT)).toEqual([[2, 1]]);
  });
});
