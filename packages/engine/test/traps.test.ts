import { Engine, type JsonObject, type JsonValue } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { compile, expandStages, idsOf, makeEvent, makeEvents, MISSING, run } from './run-query.js';

function parseEvent(json: string): JsonObject {
  return JSON.parse(json) as JsonObject;
}

describe('field names', () => {
  it.each<JsonObject>([
    { process: { parent: { name: 'sh' } } },
    { 'process.parent.name': 'sh' },
    { process: { 'parent.name': 'sh' } },
    { 'process.parent': { name: 'sh' } },
    { process: [{ parent: { name: 'a' } }, { parent: { name: 'sh' } }] },
  ])('are found nested, dotted and mixed: %j', (fields) => {
    expect(run('any where process.parent.name == "sh"', [makeEvent(1, fields)])).toEqual([[1]]);
  });

  it.each<JsonObject>([
    { audit: { annotations: { 'k8s_io/decision': 'deny' } } },
    { 'audit.annotations': { 'k8s_io/decision': 'deny' } },
    { 'audit.annotations.k8s_io/decision': 'deny' },
  ])('with dots inside backquotes are found nested, dotted and mixed: %j', (fields) => {
    for (const field of ['`audit.annotations.k8s_io/decision`', 'audit.`annotations.k8s_io/decision`']) {
      expect(run(`any where ${field} == "deny"`, [makeEvent(1, fields)])).toEqual([[1]]);
    }
  });

  it.each(['constructor.name', '__proto__', '__proto__.x', 'toString', 'hasOwnProperty.length'])(
    '%s is missing from an event that does not hold it',
    (field) => {
      expect(run(`any where ${field} == null`, [makeEvent(1)])).toEqual([[1]]);
      expect(run(`any where ${field} != null`, [makeEvent(1)])).toEqual([]);
    },
  );

  it.each([
    ['__proto__', '{"@timestamp": 1, "id": 1, "__proto__": "v"}'],
    ['__proto__.x', '{"@timestamp": 1, "id": 1, "__proto__": {"x": "v"}}'],
    ['constructor.name', '{"@timestamp": 1, "id": 1, "constructor": {"name": "v"}}'],
    ['constructor.name', '{"@timestamp": 1, "id": 1, "constructor.name": "v"}'],
  ])('%s is read from %s', (field, json) => {
    expect(run(`any where ${field} == "v"`, [parseEvent(json)])).toEqual([[1]]);
  });

  it('joins by values that name parts of every object', () => {
    const events = ['__proto__', 'constructor'].flatMap((u, index) => [
      ...makeEvents(`A${index * 2 + 1}`, { u }),
      ...makeEvents(`B${index * 2 + 2}`, { u }),
    ]);
    expect(run(expandStages('sequence by u [A] [B]'), events)).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
});

describe('arrays', () => {
  it.each([[[]], [[null]], [null]])('%j counts as missing', (tags) => {
    expect(run('any where tags == null', [makeEvent(1, { tags })])).toEqual([[1]]);
  });

  it.each([
    ['tags : "B*"', [[1]]],
    ['tags in ("c", "b")', [[1]]],
    ['tags not in ("c", "b")', []],
    ['length(tags) == 1', [[1]]],
    ['not (tags == "z")', [[1]]],
  ])('%s looks at each value', (condition, expected) => {
    expect(run(`any where ${condition}`, [makeEvent(1, { tags: ['a', null, 'b'] })])).toEqual(expected);
  });
});

describe('cidrMatch', () => {
  it.each([
    ['::1', false],
    ['192.0.0.8', true],
    ['192.0.0.9', false],
    ['fe80::1', true],
    ['FEBF::1', true],
    ['fec0::1', false],
    ['no address', false],
  ])('puts %s in the right block', (ip, expected) => {
    const found = run('any where cidrMatch(ip, "192.0.0.8/32", "FE80::/10")', [makeEvent(1, { ip })]);
    expect(found).toEqual(expected ? [[1]] : []);
  });

  it.each(['::1', '0:0:0:0:0:0:0:1'])('takes a bare address: %s', (block) => {
    const events = [makeEvent(1, { ip: '::1' }), makeEvent(2, { ip: '::2' })];
    expect(run(`any where cidrMatch(ip, "192.0.0.8/32", "${block}")`, events)).toEqual([[1]]);
  });
});

describe('maxspan', () => {
  it.each([
    ['2024-01-01T00:00:01Z', true],
    ['2024-01-01T00:00:01.000000001Z', false],
    ['2024-01-01T00:00:01.001Z', false],
  ])('of one second holds until %s: %s', (time, expected) => {
    const events = [
      makeEvent(1, { '@timestamp': '2024-01-01T00:00:00Z', type: 'A' }),
      makeEvent(2, { '@timestamp': time, type: 'B' }),
    ];
    expect(run(expandStages('sequence with maxspan=1s [A] [B]'), events)).toEqual(expected ? [[1, 2]] : []);
  });
});

describe('snapshot and restore', () => {
  const events = [
    ...makeEvents('A1 A2 B3', { u: 'x', order: 1 }),
    ...makeEvents('A4 B5', { u: ['x', 'y'], order: 2 }),
    ...makeEvents('C6 B7@7 A8@7', { u: 'y', order: 3 }),
    ...makeEvents('B9@2000 A10@2001 B11@2001', { u: 'x' }),
  ];

  it.each([
    'sequence by u [A] [B]',
    'sequence by u with maxspan=1s [A] with runs=2 [B] until [C]',
    'sequence by u with maxspan=1s [A] ![C] [B]',
    'sequence by u with maxspan=1s [A] ![B]',
    'sequence by u with maxspan=1s ![C] [A]',
    'sample by u [A] [B]',
    'any where type == "A" | tail 2',
    'any where type == "A" | head 2',
  ])('at any point change nothing: %s', (shorthand) => {
    const query = compile(expandStages(shorthand), { tiebreakerField: 'order' });
    const whole = new Engine([query]);
    const expected = [...events.flatMap((event) => whole.process(event)), ...whole.finish()];
    expect(expected).not.toEqual([]);
    for (let cut = 0; cut <= events.length; cut += 1) {
      const before = new Engine([query]);
      const found = events.slice(0, cut).flatMap((event) => before.process(event));
      const state = JSON.parse(JSON.stringify(before.snapshot())) as JsonValue;
      const after = new Engine([query]);
      after.restore(state);
      found.push(...events.slice(cut).flatMap((event) => after.process(event)), ...after.finish());
      expect(found, `cut at ${String(cut)}`).toEqual(expected);
    }
  });
});

describe('a trailing absence in a stream', () => {
  const query = compile(expandStages('sequence with maxspan=1s [A] ![B]'));

  function startWaiting(): Engine {
    const engine = new Engine([query]);
    expect(makeEvents('A1@0').flatMap((event) => engine.process(event))).toEqual([]);
    return engine;
  }

  it('is decided once the span has passed', () => {
    const engine = startWaiting();
    expect(engine.advanceTo(1000)).toEqual([]);
    expect(engine.advanceTo(1001).map(({ match }) => idsOf(match))).toEqual([[1, MISSING]]);
    expect(engine.finish()).toEqual([]);
  });

  it('is decided once the span has passed since the first event, not since the last', () => {
    const engine = new Engine([compile(expandStages('sequence with maxspan=1s [A] [B] ![C]'))]);
    for (const event of makeEvents('A1@0 B2@900')) engine.process(event);
    expect(engine.advanceTo(1000)).toEqual([]);
    expect(engine.advanceTo(1001).map(({ match }) => idsOf(match))).toEqual([[1, 2, MISSING]]);
  });

  it('is decided by the end of the stream', () => {
    const engine = startWaiting();
    expect(engine.finish().map(({ match }) => idsOf(match))).toEqual([[1, MISSING]]);
  });

  it('is refuted by an event at the very end of the span', () => {
    const engine = startWaiting();
    const found = makeEvents('B2@1000').flatMap((event) => engine.process(event));
    expect([...found, ...engine.advanceTo(5000), ...engine.finish()]).toEqual([]);
  });
});

describe('the tiebreaker', () => {
  it('orders events of one timestamp, those without it last', () => {
    const events = [
      ...makeEvents('A1@5'),
      ...makeEvents('A2@5', { order: 20 }),
      ...makeEvents('A3@5', { order: 3 }),
      ...makeEvents('A4@6', { order: 1 }),
    ];
    expect(run('any where true', events, { tiebreakerField: 'order' })).toEqual([[3], [2], [1], [4]]);
    expect(run('any where true', events)).toEqual([[1], [2], [3], [4]]);
  });

  it('decides whether events make a sequence', () => {
    const events = [...makeEvents('B1@5', { order: 2 }), ...makeEvents('A2@5', { order: 1 })];
    expect(run(expandStages('sequence [A] [B]'), events, { tiebreakerField: 'order' })).toEqual([[2, 1]]);
    expect(run(expandStages('sequence [A] [B]'), events)).toEqual([]);
  });
});
