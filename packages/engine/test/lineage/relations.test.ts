import { DIALECTS } from '@eqlkit/language';
import { Engine, type JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { compile, idsOf, makeEvent, run } from '../run-query.js';

/** A process that starts. */
function start(id: number, process: string, parent: string, name: string): JsonObject {
  return makeEvent(id, {
    event: { category: 'process' },
    process: { entity_id: process, name, parent: { entity_id: parent } },
  });
}

/** Something else that a process does. */
function act(id: number, process: string, parent: string): JsonObject {
  return makeEvent(id, { event: { category: 'file' }, process: { entity_id: process, parent: { entity_id: parent } } });
}

//   1 init ── 2 word ── 3 cmd ── 4 curl
//        └─── 5 sshd ── 6 bash
const TREE: readonly JsonObject[] = [
  start(1, 'p1', 'p0', 'init'),
  start(2, 'p2', 'p1', 'word'),
  start(3, 'p3', 'p2', 'cmd'),
  start(4, 'p4', 'p3', 'curl'),
  start(5, 'p5', 'p1', 'sshd'),
  start(6, 'p6', 'p5', 'bash'),
  act(7, 'p2', 'p1'),
  act(8, 'p3', 'p2'),
  act(9, 'p4', 'p3'),
  act(10, 'p6', 'p5'),
];

const WORD = '[process where process.name == "word"]';

describe.each(['endpoint', 'endgame'] as const)('lineage in the %s dialect', (name) => {
  const options = { dialect: DIALECTS[name] };
  const find = (condition: string, events = TREE): readonly unknown[] =>
    run(`any where ${condition}`, events, options).flat();

  it.each([
    [`child of ${WORD}`, [3, 8]],
    [`descendant of ${WORD}`, [3, 4, 8, 9]],
    [`event of ${WORD}`, [2, 7]],
    [`not descendant of ${WORD}`, [1, 2, 5, 6, 7, 10]],
    [`descendant of [process where child of ${WORD}]`, [4, 9]],
    ['descendant of [process where process.name == "none"]', []],
    [`descendant of ${WORD} or event of ${WORD}`, [2, 3, 4, 7, 8, 9]],
  ])('%s', (condition, expected) => {
    expect(find(condition)).toEqual(expected);
  });

  it('knows only what has happened', () => {
    const [init, word, ...others] = TREE;
    const reordered = [...others, init, word].filter((event) => event !== undefined);
    const retimed = reordered.map((event, index): JsonObject => ({ ...event, '@timestamp': index }));
    expect(find(`descendant of ${WORD}`, retimed)).toEqual([]);
  });

  it('stands in a stage of a sequence', () => {
    const query = `sequence by process.entity_id [process where descendant of ${WORD}] [file where true]`;
    expect(run(query, TREE, options)).toEqual([
      [3, 8],
      [4, 9],
    ]);
  });

  it('goes on from a snapshot at any point', () => {
    const make = (): Engine => new Engine([compile(`any where descendant of ${WORD}`, options)]);
    for (let cut = 0; cut <= TREE.length; cut += 1) {
      const first = make();
      const before = TREE.slice(0, cut).flatMap((event) => first.process(event));
      const second = make();
      second.restore(first.snapshot());
      const after = TREE.slice(cut).flatMap((event) => second.process(event));
      expect([...before, ...after].flatMap(({ match }) => idsOf(match))).toEqual([3, 4, 8, 9]);
    }
  });
});

describe('the ancestry that an event brings along', () => {
  it('is enough where the processes between were not seen', () => {
    const events = [
      start(1, 'p1', 'p0', 'word'),
      makeEvent(2, {
        event: { category: 'file' },
        process: { entity_id: 'p9', parent: { entity_id: 'p8' }, Ext: { ancestry: ['p8', 'p7', 'p1'] } },
      }),
    ];
    expect(run(`file where descendant of ${WORD}`, events, { dialect: DIALECTS.endpoint })).toEqual([[2]]);
  });
});
