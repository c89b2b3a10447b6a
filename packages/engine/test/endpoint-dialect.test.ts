import { DIALECTS, type CheckOptions } from '@eqlkit/language';
import { Engine, matchedFields, type CompiledQuery, type JsonObject, type JsonValue } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { compile, errorClasses, idsOf, makeEvent, matchesOf, run } from './run-query.js';

const ENDPOINT: CheckOptions = { dialect: DIALECTS.endpoint };

/** The numbers of the events for which a condition holds. */
function holdsFor(condition: string, events: readonly JsonObject[]): unknown[] {
  const numbered = events.map((fields, index) => makeEvent(index, fields));
  return run(`any where ${condition}`, numbered, ENDPOINT).flat();
}

describe('numbers and the text that spells them', () => {
  const EVENTS = [{ user: { id: '0' } }, { user: { id: 0 } }, { user: { id: '00' } }, { user: { id: ['7', '0'] } }, {}];

  it.each([
    ['user.id == 0', [0, 1, 3]],
    ['user.id == "0"', [0, 1, 3]],
    ['user.id != 0', [2, 4]],
    ['user.id in (0, 5)', [0, 1, 3]],
    ['user.id in ("0", "5")', [0, 1, 3]],
    ['user.id : "0*"', [0, 1, 2, 3]],
    ['user.id > 5', [3]],
  ])('%s', (condition, expected) => {
    expect(holdsFor(condition, EVENTS)).toEqual(expected);
  });

  it('join', () => {
    const events = [
      makeEvent(1, { type: 'a', pid: 5 }),
      makeEvent(2, { type: 'b', ppid: '5' }),
      makeEvent(3, { type: 'b', ppid: '6' }),
    ];
    expect(run('sequence [any where type == "a"] by pid [any where type == "b"] by ppid', events, ENDPOINT)).toEqual([
      [1, 2],
    ]);
  });
});

describe('a field against a field', () => {
  const EVENTS = [
    { a: 'x', b: 'x', c: 'xy' },
    { a: 'x', b: 'X', c: 'yx' },
    { a: ['x', 'z'], b: 'z', c: 'z' },
    { a: 'x' },
    { a: 5, b: '5', c: 5 },
  ];

  it.each([
    ['a == b', [0, 2, 4]],
    ['a != b', [1, 3]],
    ['a : b', null],
    ['a < b', [2]],
    ['a > b', [1]],
    ['startswith~(c, a)', [0, 2]],
    ['endswith(c, a)', [1, 2]],
    ['stringcontains~(c, b)', [0, 1, 2]],
    ['length(c) > length(a)', [0, 1]],
    ['concat(a, "y") == c', [0]],
    ['concat(a, "!") : "5!"', [4]],
    ['endswith~(substring(c, 0, length(c) - 1), b)', [0]],
  ])('%s', (condition, expected) => {
    if (expected === null) expect(errorClasses(`any where ${condition}`, ENDPOINT)).toEqual(['parse']);
    else expect(holdsFor(condition, EVENTS)).toEqual(expected);
  });
});

describe('_arraysearch', () => {
  const frame = (symbol: string, more: JsonObject = {}): JsonObject => ({ symbol_info: symbol, ...more });
  const EVENTS = [
    { stack: [frame('ntdll!a'), frame('evil!b', { size: 20 })], name: 'evil' },
    { stack: [frame('ntdll!a'), frame('kernel!b', { size: 5 })], name: 'kernel' },
    { stack: frame('evil!c') },
    { stack: [] },
    {},
    { stack: [frame('evil!d', { bytes: ['0f05', '90'] }), 'text', null, 7] },
  ];

  it.each([
    ['_arraysearch(stack, $entry, $entry.symbol_info : "evil!*")', [0, 2, 5]],
    ['_arraysearch(stack, $caller, $caller.symbol_info == "evil!b" and $caller.size >= 10)', [0]],
    // Both must hold for one element.
    ['_arraysearch(stack, $entry, $entry.symbol_info : "ntdll!*" and $entry.size > 1)', []],
    ['not _arraysearch(stack, $entry, $entry.symbol_info : "evil!*")', [1, 3, 4]],
    ['_arraysearch(stack, $entry, not $entry.symbol_info : "evil!*")', [0, 1, 5]],
    ['_arraysearch(stack, $entry, $entry.size == null)', [0, 1, 2, 5]],
    ['_arraysearch(stack, $entry, $entry.size < 10 and name == "kernel")', [1]],
    ['_arraysearch(stack, $entry, startswith~($entry.symbol_info, name))', [0, 1]],
    ['_arraysearch(stack, $entry, $entry.bytes : "0F*")', [5]],
    ['_arraysearch(stack, $entry, length($entry.bytes) == 2)', [5]],
    ['_arraysearch(stack, $entry, length($entry.symbol_info) > 7)', [1]],
    ['_arraysearch(stack, $entry, $entry == "text")', [5]],
    ['_arraysearch(stack, $entry, _arraysearch($entry.bytes, $byte, $byte == "90"))', [5]],
    [
      '_arraysearch(stack, $entry, _arraysearch($entry.bytes, $byte, $byte == "90" and $entry.symbol_info : "*d"))',
      [5],
    ],
    ['_ArraySearch(stack, $e, $e.size == 20)', [0]],
  ])('%s', (condition, expected) => {
    expect(holdsFor(condition, EVENTS)).toEqual(expected);
  });

  it('finds a field in backquotes nested and dotted, as elsewhere', () => {
    const events = [{ list: [{ details: { 'a-b': 'x' } }] }, { list: [{ 'details.a-b': 'x' }] }, { list: ['x'] }];
    expect(holdsFor('_arraysearch(list, $e, $e.`details.a-b` == "x")', events)).toEqual([0, 1]);
  });

  it('looks at no more than a million elements for searches within searches, and says so', () => {
    const list = Array.from({ length: 2_000 }, (_, index) => index);
    const nested = (innermost: string): CompiledQuery =>
      compile(
        `any where _arraysearch(list, $a, _arraysearch(list, $b, _arraysearch(list, $c, ${innermost})))`,
        ENDPOINT,
      );
    const hopeless = nested('$a == $b and $b == $c and $c == "nothing"');
    expect(new Engine([hopeless]).process(makeEvent(1, { list }))).toEqual([]);
    expect(hopeless.plan.problems).toEqual(new Map([['too-many-combinations', 1]]));
    const easy = nested('$a == $b and $b == $c');
    expect(new Engine([easy]).process(makeEvent(1, { list }))).toHaveLength(1);
    expect(easy.plan.problems).toEqual(new Map());
  });

  it('looks at an array that is spelled with dots', () => {
    const event = { 'process.thread.Ext.call_stack': [frame('evil!x')] };
    expect(holdsFor('_arraysearch(process.thread.Ext.call_stack, $e, $e.symbol_info : "evil*")', [event])).toEqual([0]);
  });

  it.each([
    ['any where $entry.x == 1', 'verification'],
    ['any where _arraysearch(a, $x, $y.z == 1)', 'verification'],
    ['any where _arraysearch(a, "x", true)', 'verification'],
    ['any where _arraysearch(a, $x)', 'parse'],
    ['any where _arraysearch(a, $x, 5)', 'verification'],
  ])('%s is refused', (query, expected) => {
    expect(errorClasses(query, ENDPOINT)).toEqual([expected]);
  });
});

describe('length', () => {
  const EVENTS = [{ a: ['x', 'y', 'z'] }, { a: 'xyz' }, { a: [] }, {}, { a: [{ b: 1 }, { b: 2 }] }, { a: ['xyz'] }];

  it.each([
    ['length(a) == 3', [0, 1]],
    ['length(a) == 2', [4]],
    ['length(a) == 1', [5]],
    ['length(a) == 0', [2]],
    ['length(a) == null', [3]],
  ])('%s counts the elements of an array, the characters of a text', (condition, expected) => {
    expect(holdsFor(condition, EVENTS)).toEqual(expected);
  });
});

describe('aliases', () => {
  const event = (id: number, type: string, fields: JsonObject = {}): JsonObject =>
    makeEvent(id, { type, k: 1, ...fields });

  it('let a later stage speak of the event of an earlier one', () => {
    const query = 'sequence by k [any where type == "a"] as event0 [any where type == "b" and path == event0.path]';
    const events = [event(1, 'a', { path: 'x' }), event(2, 'b', { path: 'y' }), event(3, 'b', { path: 'x' })];
    expect(run(query, events, ENDPOINT)).toEqual([[1, 3]]);
  });

  it('may stand behind the join keys of the stage', () => {
    const query =
      'sequence [any where type == "a"] by k as first [any where type == "b" and startswith~(path, first.path)] by k';
    expect(run(query, [event(1, 'a', { path: 'X' }), event(2, 'b', { path: 'xy' })], ENDPOINT)).toEqual([[1, 2]]);
  });

  it('reach over several stages, each to its own', () => {
    const query = `sequence by k
      [any where type == "a"] as event0
      [any where type == "b" and n > event0.n] as event1
      [any where type == "c" and n == event0.n and m == event1.m]`;
    const events = [
      event(1, 'a', { n: 1 }),
      event(2, 'b', { n: 1, m: 1 }),
      event(3, 'b', { n: 2, m: 2 }),
      event(4, 'c', { n: 1, m: 1 }),
      event(5, 'c', { n: 1, m: 2 }),
    ];
    expect(run(query, events, ENDPOINT)).toEqual([[1, 3, 5]]);
  });

  it('speak inside array functions, and of arrays', () => {
    const inside = `sequence by k [any where type == "a"] as event0
      [any where type == "b" and _arraysearch(stack, $e, $e.path == event0.path and $e.size > 1)]`;
    const events = [
      event(1, 'a', { path: 'x', stack: [{ path: 'q' }] }),
      event(2, 'b', {
        stack: [
          { path: 'x', size: 1 },
          { path: 'y', size: 2 },
        ],
      }),
      event(3, 'b', { stack: [{ path: 'y' }, { path: 'x', size: 2 }] }),
    ];
    expect(run(inside, events, ENDPOINT)).toEqual([[1, 3]]);
    const array = `sequence by k [any where type == "a"] as event0
      [any where type == "b" and _arraysearch(event0.stack, $e, $e.path == "q") and length(event0.stack) == 1]`;
    expect(run(array, events, ENDPOINT)).toEqual([[1, 2]]);
  });

  it('speak of the event that is pending, not of one that came before it', () => {
    const query = 'sequence by k [any where type == "a"] as e [any where type == "b" and n == e.n]';
    const events = [event(1, 'a', { n: 1 }), event(2, 'a', { n: 2 }), event(3, 'b', { n: 1 }), event(4, 'b', { n: 2 })];
    expect(run(query, events, ENDPOINT)).toEqual([[2, 4]]);
  });

  it('keep the sequences of other keys apart', () => {
    const query = 'sequence by k [any where type == "a"] as e [any where type == "b" and n == e.n]';
    const events = [
      event(1, 'a', { k: 1, n: 1 }),
      event(2, 'a', { k: 2, n: 2 }),
      event(3, 'b', { k: 1, n: 2 }),
      event(4, 'b', { k: 2, n: 2 }),
      event(5, 'b', { k: 1, n: 1 }),
    ];
    expect(run(query, events, ENDPOINT)).toEqual([
      [2, 4],
      [1, 5],
    ]);
  });

  it('compare what is missing as false, and its negation as true', () => {
    const events = [event(1, 'a'), event(2, 'b', { n: 1 })];
    expect(run('sequence by k [any where type == "a"] as e [any where n == e.n]', events, ENDPOINT)).toEqual([]);
    expect(run('sequence by k [any where type == "a"] as e [any where n != e.n and n == 1]', events, ENDPOINT)).toEqual(
      [[1, 2]],
    );
    expect(
      run('sequence by k [any where type == "a"] as e [any where e.n == null and n == 1]', events, ENDPOINT),
    ).toEqual([[1, 2]]);
  });

  it('may be used in until', () => {
    const query = `sequence by k [any where type == "a"] as e [any where type == "b"]
      until [any where type == "end" and n == e.n]`;
    const begin = event(1, 'a', { n: 1 });
    expect(run(query, [begin, event(2, 'end', { n: 2 }), event(3, 'b')], ENDPOINT)).toEqual([[1, 3]]);
    expect(run(query, [begin, event(2, 'end', { n: 1 }), event(3, 'b')], ENDPOINT)).toEqual([]);
  });

  it('show the fields of the other event among those that matched', () => {
    const query = 'sequence by k [any where type == "a"] as e [any where type == "b" and (n == 9 or n == e.n)]';
    const compiled = compile(query, ENDPOINT);
    const [match] = matchesOf(query, [event(1, 'a', { n: 1 }), event(2, 'b', { n: 1 })], ENDPOINT);
    if (match === undefined) throw new Error('no match');
    expect(matchedFields(compiled, match)[1]).toEqual([
      { field: 'type', value: 'b' },
      { field: 'n', value: 1 },
      { field: 'e.n', value: 1 },
    ]);
  });

  it.each([
    ['sequence [any where a == 1] as e [any where b == 1] as e', 'parse'],
    ['sample by k [any where a == 1] as e [any where b == e.b]', 'parse'],
    ['sequence with maxspan=1m [any where a == 1] ![any where b == 1] as e', 'parse'],
    ['sequence with maxspan=1m [any where a == 1] as e ![any where b == e.b]', 'parse'],
    ['sequence [any where a == e.b] as e [any where b == 1]', null],
  ])('%s', (query, expected) => {
    expect(errorClasses(query, ENDPOINT)).toEqual(expected === null ? [] : [expected]);
  });

  it('leave the word free for fields', () => {
    expect(holdsFor('source.as.number == 5 and as == 1', [{ source: { as: { number: 5 } }, as: 1 }])).toEqual([0]);
    const query = 'sequence [any where as == 1] by as as first [any where as.as == 1 and first.as == 1] by as.as';
    expect(run(query, [makeEvent(1, { as: 1 }), makeEvent(2, { as: { as: 1 } })], ENDPOINT)).toEqual([[1, 2]]);
  });
});

describe('lineage', () => {
  /** An event of a process, by its id and that of its parent. */
  function process(id: number, entity: string, parent: string | null, fields: JsonObject = {}): JsonObject {
    const parentFields: JsonObject = parent === null ? {} : { parent: { entity_id: parent } };
    return makeEvent(id, {
      event: { category: 'process' },
      process: { entity_id: entity, ...parentFields, ...fields },
    });
  }

  const DESCENDANT = 'process where descendant of [process where process.name == "word"] and process.name == "cmd"';

  it.each<[string, JsonObject[], number[]]>([
    ['a child', [process(1, 'w', 'x', { name: 'word' }), process(2, 'c', 'w', { name: 'cmd' })], [2]],
    [
      'a grandchild',
      [process(1, 'w', 'x', { name: 'word' }), process(2, 'm', 'w'), process(3, 'c', 'm', { name: 'cmd' })],
      [3],
    ],
    [
      'a grandchild whose parent was started before the ancestor was noticed',
      [
        process(1, 'm', 'w'),
        process(2, 'c', 'm', { name: 'sh' }),
        process(3, 'w', 'x', { name: 'word' }),
        process(4, 'c', null, { name: 'cmd' }),
      ],
      [4],
    ],
    [
      'no ancestor that is noticed only later',
      [process(1, 'c', 'w', { name: 'cmd' }), process(2, 'w', 'x', { name: 'word' })],
      [],
    ],
    ['not the process itself', [process(1, 'w', 'x', { name: 'word' }), process(2, 'w', 'x', { name: 'cmd' })], []],
    ['not a sibling', [process(1, 'w', 'x', { name: 'word' }), process(2, 'c', 'x', { name: 'cmd' })], []],
    [
      'an ancestor that the event lists',
      [
        process(1, 'w', 'x', { name: 'word' }),
        process(2, 'c', 'p', { name: 'cmd', Ext: { ancestry: ['p', 'g', 'w'] } }),
      ],
      [2],
    ],
    [
      'an ancestor of one that the event lists',
      [
        process(1, 'w', 'x', { name: 'word' }),
        process(2, 'm', 'w'),
        process(3, 'c', 'p', { name: 'cmd', Ext: { ancestry: ['p', 'm'] } }),
      ],
      [3],
    ],
    [
      'a circle, which has no end',
      [process(1, 'a', 'b'), process(2, 'b', 'a'), process(3, 'c', 'b', { name: 'cmd' })],
      [],
    ],
  ])('finds %s', (_about, events, expected) => {
    expect(run(DESCENDANT, events, ENDPOINT).flat()).toEqual(expected);
  });

  it('stands under and, or and not', () => {
    const tree = [
      process(1, 'w', 'x', { name: 'word' }),
      process(2, 'c', 'w', { name: 'cmd' }),
      process(3, 'd', 'y', { name: 'cmd' }),
    ];
    const of = 'descendant of [process where process.name == "word"]';
    expect(run(`process where process.name == "cmd" and not ${of}`, tree, ENDPOINT)).toEqual([[3]]);
    expect(run(`process where process.name == "word" or ${of}`, tree, ENDPOINT)).toEqual([[1], [2]]);
    expect(run(`process where not (${of} or process.name == "word")`, tree, ENDPOINT)).toEqual([[3]]);
    expect(
      run(`process where ${of} and descendant of [process where process.entity_id == "w"]`, tree, ENDPOINT),
    ).toEqual([[2]]);
  });

  it('tells child of and event of apart', () => {
    const tree = [
      process(1, 'w', 'x', { name: 'word' }),
      process(2, 'm', 'w'),
      process(3, 'c', 'm'),
      process(4, 'w', 'x'),
    ];
    const ids = (relation: string): unknown =>
      run(`process where ${relation} of [process where process.name == "word"]`, tree, ENDPOINT).flat();
    expect(ids('descendant')).toEqual([2, 3]);
    expect(ids('child')).toEqual([2]);
    expect(ids('event')).toEqual([1, 4]);
  });

  it('learns from every event of a process, in stages of any category', () => {
    const query = `sequence by process.entity_id
      [process where descendant of [process where process.name == "word"]]
      [file where descendant of [process where process.name == "word"]]`;
    const file = makeEvent(4, { event: { category: 'file' }, process: { entity_id: 'c' } });
    const events = [process(1, 'w', 'x', { name: 'word' }), process(2, 'm', 'w'), process(3, 'c', 'm'), file];
    expect(run(query, events, ENDPOINT)).toEqual([[3, 4]]);
  });

  it('survives a restart, and one query run twice starts anew', () => {
    const events = [
      process(1, 'w', 'x', { name: 'word' }),
      process(2, 'm', 'w'),
      process(3, 'c', 'm', { name: 'cmd' }),
    ];
    const [first, second, third] = events;
    if (first === undefined || second === undefined || third === undefined) throw new Error('no events');
    const compiled = compile(DESCENDANT, ENDPOINT);
    const before = new Engine([compiled]);
    before.process(first);
    before.process(second);
    const state = JSON.parse(JSON.stringify(before.snapshot())) as JsonValue;
    const after = new Engine([compile(DESCENDANT, ENDPOINT)]);
    after.restore(state);
    expect(after.process(third).map(({ match }) => idsOf(match))).toEqual([[3]]);
    expect(new Engine([compiled]).process(third)).toEqual([]);
  });

  it('takes no time over a long chain of processes', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => process(index, `p${index + 1}`, `p${index}`));
    expect(run(DESCENDANT, chain, ENDPOINT)).toEqual([]);
  });
});
