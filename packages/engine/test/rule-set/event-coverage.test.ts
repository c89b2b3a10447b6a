import { EventCoverage, FieldTable, type JsonObject } from '@eqlkit/engine';
import { DIALECTS } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';
import { compile, type RunOptions } from '../run-query.js';

const EVENTS: readonly JsonObject[] = [
  { '@timestamp': 1, event: { category: ['process', 'host'] }, 'process.name': 'sh', user: { id: null, groups: [] } },
  { '@timestamp': 2, event: { category: 'file' }, file: { path: '/x' }, host: { ip: ['::1'] } },
];

function lacksOf(text: string, options: RunOptions = {}, events = EVENTS): readonly string[] {
  const coverage = new EventCoverage([compile(text, options)]);
  for (const event of events) coverage.observe(event);
  expect(coverage.exact).toBe(true);
  return coverage
    .unmatchable()
    .flatMap(({ lacks }) => lacks.map((lack) => (lack.kind === 'field' ? lack.field : `category ${lack.category}`)));
}

describe('a query that no event could have matched', () => {
  it.each([
    ['process where proces.name == "x"', ['proces.name']],
    ['process where process.name == "x" and proces.args : "y"', ['proces.args']],
    ['process where a == 1 or b == 2', ['a', 'b']],
    ['process where (a == 1 or b == 2) and c : "x*"', ['a', 'b', 'c']],
    ['process where not (not a in (1, 2))', ['a']],
    ['process where not (a != 1 or process.name == "x")', ['a']],
    ['process where user.id == 1', ['user.id']],
    ['process where user.groups == 1', ['user.groups']],
    ['process where a + 1 == 2', ['a']],
    ['process where length(a) > 2', ['a']],
    ['process where cidrMatch(source.ip, "10.0.0.0/8")', ['source.ip']],
    ['process where a like~ "x"', ['a']],
    ['process where string(a) == "x"', ['a']],
    ['process where a', ['a']],
    ['registry where true', ['category registry']],
    ['registry where a == 1', ['category registry', 'a']],
    ['sequence by process.name [process where true] [file where a == 1]', ['a']],
    ['sequence by host.idd [process where true] [file where true]', ['host.idd']],
    ['sequence [process where true] by a [file where true] by host.ip', ['a']],
    ['sample by host.ip [process where true] [network where true]', ['category network']],
  ])('%s lacks %j', (text, lacks) => {
    expect(lacksOf(text)).toEqual(lacks);
  });

  it.each([
    'process where process.name == "never"',
    'host where true',
    'any where true',
    'process where a == 1 or process.name == "x"',
    'process where not a == 1',
    'process where a != 1',
    'process where a == null',
    'process where not (a == 1 and b == 2)',
    'process where ?a == 1',
    'process where ?a == ?b',
    'sequence by ?host.idd [process where true] [file where true]',
    'sequence with maxspan=1s [process where true] ![registry where a == 1] [file where true]',
    'sequence [process where true] [file where true] until [registry where a == 1]',
  ])('is not %s', (text) => {
    expect(lacksOf(text)).toEqual([]);
  });

  it('is told by the endgame dialect, too', () => {
    const dialect = DIALECTS.endgame;
    expect(lacksOf('process where a == 1 and process.name == "x"', { dialect })).toEqual(['a']);
    expect(lacksOf('process where a == 1 or process.name == "x"', { dialect })).toEqual([]);
    expect(lacksOf('process where arrayContains(a, 1) or not b == 1', { dialect })).toEqual([]);
  });

  it('lacks the field of the category if no event has it', () => {
    expect(lacksOf('process where a == 1', {}, [{ '@timestamp': 1, a: 1 }])).toEqual(['event.category']);
    expect(lacksOf('process where true', { categoryField: 'kind' })).toEqual(['kind']);
    expect(lacksOf('process where true', { timestampField: 'event.created' })).toEqual(['event.created']);
  });

  it('is not told without events', () => {
    expect(lacksOf('process where nothing == 1', {}, [])).toEqual([]);
  });
});

it('suggests a field or category of the events with nearly the same name', () => {
  const fields = new FieldTable();
  const queries = [
    'process where proces.name == 1',
    'process where far.away == 1',
    'process where file.hash == 1',
    'proces where true',
    'dns where true',
  ].map((text) => compile(text, { fields }));
  const coverage = new EventCoverage(queries);
  for (const event of EVENTS) coverage.observe(event);
  expect(coverage.unmatchable()).toEqual([
    { query: 0, shutOut: false, lacks: [{ kind: 'field', field: 'proces.name', similar: 'process.name' }] },
    { query: 1, shutOut: false, lacks: [{ kind: 'field', field: 'far.away', similar: null }] },
    { query: 2, shutOut: false, lacks: [{ kind: 'field', field: 'file.hash', similar: null }] },
    {
      query: 3,
      shutOut: false,
      lacks: [{ kind: 'category', category: 'proces', field: 'event.category', similar: 'process' }],
    },
    {
      query: 4,
      shutOut: false,
      lacks: [{ kind: 'category', category: 'dns', field: 'event.category', similar: null }],
    },
  ]);
});

describe('a gate that shows a query no event', () => {
  const fields = new FieldTable();
  const queries = ['process where true', 'any where nope == 1'].map((text) => compile(text, { fields }));
  const gate = { fields: ['process.name'], admits: ([name]: readonly (string | null)[]) => [name === 'sh', false] };

  it('is told beside what the query lacks', () => {
    const coverage = new EventCoverage(queries, { gate });
    for (const event of EVENTS) coverage.observe(event);
    expect(coverage.unmatchable()).toEqual([
      { query: 1, shutOut: true, lacks: [{ kind: 'field', field: 'nope', similar: null }] },
    ]);
  });

  it('is not told if it opens late, though only a sample of later events is asked about', () => {
    const coverage = new EventCoverage(queries.slice(0, 1), { gate });
    for (let count = 0; count < 1_500; count += 1) coverage.observe({ event: { category: 'process' } });
    expect(coverage.unmatchable()).toEqual([{ query: 0, shutOut: true, lacks: [] }]);
    expect(coverage.exact).toBe(false);
    for (let count = 0; count < 50; count += 1) coverage.observe({ process: { name: 'sh' } });
    expect(coverage.unmatchable()).toEqual([]);
  });
});

describe('further fields', () => {
  it('are told if no event had them, with a suggestion', () => {
    const coverage = new EventCoverage([compile('any where true')], { fields: ['proces.name', 'process.name', 'zzz'] });
    expect(coverage.missingFields()).toEqual([]);
    for (const event of EVENTS) coverage.observe(event);
    expect(coverage.missingFields()).toEqual([
      { kind: 'field', field: 'proces.name', similar: 'process.name' },
      { kind: 'field', field: 'zzz', similar: null },
    ]);
    expect(coverage.unmatchable()).toEqual([]);
  });

  it('may be the timestamp, which a query does not need that is given its times', () => {
    const coverage = new EventCoverage([compile('any where true', { timestampField: 'when' })], { timesGiven: true });
    for (const event of EVENTS) coverage.observe(event);
    expect(coverage.unmatchable()).toEqual([]);
  });
});

describe('columns', () => {
  it('are there if an event has an object to show, and lack nothing but what no event has', () => {
    const columns = ['file', 'user.id', 'nope'];
    const coverage = new EventCoverage([compile('any where true')], { fields: ['file'], columns });
    for (const event of EVENTS) coverage.observe(event);
    expect(coverage.missingFields().map(({ field }) => field)).toEqual(['file', 'user.id', 'nope']);
  });
});

describe('a branch of an or that no event could have fulfilled', () => {
  function idleFieldsOf(text: string): readonly string[] {
    const coverage = new EventCoverage([compile(text)]);
    expect(coverage.idleFields(0)).toEqual([]);
    for (const event of EVENTS) coverage.observe(event);
    return coverage.idleFields(0).map(({ field, similar }) => `${field} ${similar ?? '?'}`);
  }

  it.each([
    ['process where proces.name == "x" or process.name == "sh"', ['proces.name process.name']],
    ['process where process.name == "a" and (a == 1 or process.name == "sh")', ['a ?']],
    [
      'process where (a == 1 and b == 2) or (process.name == "x" and (c == 1 or process.name == "y"))',
      ['a ?', 'b ?', 'c ?'],
    ],
    ['process where not (process.name != "x" and a != 1)', ['a ?']],
    ['process where a == 1 or b == 2', []],
    ['process where ?a == 1 or process.name == "sh"', []],
    ['process where a == 1 and process.name == "sh"', []],
  ])('%s: %j', (text, idle) => {
    expect(idleFieldsOf(text)).toEqual(idle);
  });
});

it('finds the fields of later events among those of a large rule set, and says that it took a sample', () => {
  const fields = new FieldTable();
  const queries = Array.from({ length: 40 }, (_, index) => compile(`process where f${index} == 1`, { fields }));
  const coverage = new EventCoverage(queries);
  const event = { '@timestamp': 1, event: { category: 'process' } };
  for (let count = 0; count < 1_000; count += 1) coverage.observe({ ...event, f0: 1 });
  expect(coverage.exact).toBe(true);
  for (let count = 0; count < 100; count += 1) coverage.observe({ ...event, f7: 1, f39: 1 });
  expect(coverage.exact).toBe(false);
  const found = coverage.unmatchable().map(({ query }) => query);
  expect(found).toEqual(queries.map((_, index) => index).filter((index) => ![0, 7, 39].includes(index)));
});

it('comes to the same where the events are divided', () => {
  const texts = [
    ...Array.from({ length: 30 }, (_, index) => `process where f${index} == 1`),
    'proces where user.nam == 1',
    'file where g == 1',
  ];
  const create = (): EventCoverage => {
    const fields = new FieldTable();
    return new EventCoverage(texts.map((text) => compile(text, { fields })));
  };
  // Each field is in one event only: some among those that are searched, some where the sample meets them, some not.
  const eventAt = (ordinal: number): JsonObject => ({
    '@timestamp': ordinal,
    event: { category: ordinal % 300 === 7 ? ['process', `kind ${ordinal}`] : 'process' },
    ...(ordinal % 97 === 0 ? { [`f${ordinal / 97}`]: 1 } : {}),
    ...(ordinal === 20 ? { user: { name: 1 } } : {}),
  });
  const whole = create();
  const divided = create();
  const parts = [create(), create(), create()];
  for (let batch = 0; batch < 30; batch += 1) {
    const part = parts[batch % parts.length];
    for (let ordinal = batch * 100; ordinal < (batch + 1) * 100; ordinal += 1) {
      whole.observe(eventAt(ordinal), ordinal);
      part?.observe(eventAt(ordinal), ordinal);
    }
    if (part !== undefined) divided.addFindings(part.takeFindings());
  }
  expect(divided.unmatchable()).toEqual(whole.unmatchable());
  expect(divided.exact).toBe(false);
  expect(whole.exact).toBe(false);
  const unmatchable = whole.unmatchable().map(({ query }) => query);
  expect(unmatchable.length).toBeGreaterThan(4);
  expect(unmatchable).not.toContain(0);
  expect(whole.unmatchable().at(-2)?.lacks).toEqual([
    { kind: 'category', category: 'proces', field: 'event.category', similar: 'process' },
    { kind: 'field', field: 'user.nam', similar: 'user.name' },
  ]);
});
