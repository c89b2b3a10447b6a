import { DIALECTS } from '@eqlkit/language';
import { Engine, type JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { compile, idsOf, makeEvent, run } from '../run-query.js';

function makeProcess(id: number, name: string, unique: string, parent: string): JsonObject {
  return makeEvent(id, { process: { name, entity_id: unique, parent: { entity_id: parent } } });
}

const SHELLS = [
  makeProcess(1, 'sshd', 's', 'root'),
  makeProcess(2, 'sh', 'a', 's'),
  makeProcess(3, 'cat', 'b', 'a'),
  makeProcess(4, 'cat', 'c', 'root'),
];

describe('process trees', () => {
  it('belong to a run: another run of the same compiled query starts without them', () => {
    const query = compile('any where child of [any where process.name == "sh"]', { dialect: DIALECTS.endpoint });
    const child = SHELLS.slice(2, 3);
    const first = new Engine([query]);
    const second = new Engine([query]);
    expect(SHELLS.flatMap((event) => first.process(event)).map(({ match }) => idsOf(match))).toEqual([[3]]);
    expect(child.flatMap((event) => second.process(event))).toEqual([]);
  });

  it.each([
    ['child of [any where process.name == "sh"]', [[3]]],
    ['descendant of [any where process.name == "sshd"]', [[2], [3]]],
    ['event of [any where process.name == "cat"]', [[3], [4]]],
  ])('can be asked by a pipe: filter %s', (condition, expected) => {
    expect(run(`any where true | filter ${condition}`, SHELLS, { dialect: DIALECTS.endgame })).toEqual(expected);
  });
});
