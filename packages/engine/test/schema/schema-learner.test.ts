import { schemaFromDocument, type FieldDocument } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';
import { SchemaLearner } from '../../src/schema/schema-learner.js';
import type { JsonObject } from '../../src/values/value.js';
import { run } from '../run-query.js';

function learn(...events: JsonObject[]): SchemaLearner {
  const learner = new SchemaLearner();
  for (const event of events) learner.add(event);
  return learner;
}

function field(name: string, ...events: JsonObject[]): FieldDocument | undefined {
  return learn(...events).document().fields[name];
}

describe('the kind that values show', () => {
  it.each([
    ['keyword', ['a', 'b']],
    ['long', [1, -2]],
    ['long', [9_223_372_036_854_775_807n, 1]],
    ['unsigned_long', [18_446_744_073_709_551_615n, 1]],
    ['double', [1.5, 2]],
    ['boolean', [true, false]],
    ['date', ['2024-01-01T00:00:00Z', '2024-02-01']],
    ['keyword', ['2024-01-01T00:00:00Z', 'never']],
    ['keyword', ['2024-01', '2024']],
    ['ip', ['10.0.0.1', '::1']],
    ['keyword', ['10.0.0.1', '-']],
    ['keyword', ['10.0.0.1', '2024-01-01']],
    ['mixed', [1, 'a']],
    ['mixed', [true, 1]],
  ] as const)('is %s in case %#', (type, values) => {
    expect(field('f', ...values.map((value) => ({ f: value })))?.type).toBe(type);
  });

  it('is never an address for a version', () => {
    expect(field('file.version', { file: { version: '1.0.0.0' } })?.type).toBe('keyword');
  });
});

describe('what is told of a field', () => {
  it('counts events, categories and values, in nested, dotted and listed spellings', () => {
    const learner = learn(
      { event: { category: ['process', 'host'] }, process: { args: ['-c', 'ls', '-c'] } },
      { 'event.category': 'process', 'process.args': '-c' },
      { event: { category: 'file' }, process: { args: [] } },
      { event: { category: 'file' }, process: null },
    );
    expect(learner.document().learned).toEqual({ events: 4, categories: { process: 2, host: 1, file: 2 } });
    expect(learner.document().fields['process.args']?.seen).toEqual({
      events: 2,
      several: 1,
      types: { keyword: 4 },
      categories: { process: 2, host: 1 },
      examples: [
        { value: '-c', count: 3 },
        { value: 'ls', count: 1 },
      ],
      complete: true,
    });
  });

  it('joins the fields of objects in a list, and leaves metadata out', () => {
    const fields = learn({ _id: 'x', dll: [{ name: 'a' }, { name: 'b', hash: { md5: 'h' } }] }).document().fields;
    expect(Object.keys(fields)).toEqual(['dll.hash.md5', 'dll.name']);
    expect(fields['dll.name']?.seen?.several).toBe(1);
  });

  it('shows the form of values that never repeat, but no long text', () => {
    const ids = Array.from({ length: 500 }, (_, index) => ({ id: `id-${String(index)}`, text: 'x'.repeat(500) }));
    const { fields } = learn(...ids).document();
    expect(fields['id']?.seen?.examples.length).toBeLessThanOrEqual(3);
    expect(fields['id']?.seen?.complete).toBe(false);
    expect(fields['text']?.seen).toMatchObject({ events: 500, examples: [], complete: false });
  });

  it('is bounded in fields', () => {
    const learner = new SchemaLearner();
    for (let index = 0; index < 12_000; index += 1) learner.add({ [`f${String(index)}`]: 1 });
    expect(learner.fieldCount).toBe(10_000);
    expect(learner.hasLeftOutFields).toBe(true);
    expect(Object.keys(learner.document().fields)).toHaveLength(10_000);
  });

  it('holds a field of any name', () => {
    const event = JSON.parse('{"__proto__":{"constructor":1}}') as JsonObject;
    expect(Object.keys(learn(event).document().fields)).toEqual([]);
    const dotted = JSON.parse('{"a":{"__proto__":{"b":1}}}') as JsonObject;
    expect(Object.keys(learn(dotted).document().fields)).toEqual(['a.__proto__.b']);
  });
});

describe('a learned schema', () => {
  it('changes nothing about what a query finds', () => {
    const events: JsonObject[] = [
      { '@timestamp': 1, id: 1, ip: '10.0.0.1', code: '4624', day: '2024-01-01' },
      { '@timestamp': 2, id: 2, ip: '10.0.0.2', code: '4625', day: '2024-01-02' },
    ];
    const { schema } = schemaFromDocument(learn(...events).document(), { strict: false });
    const later: JsonObject[] = [...events, { '@timestamp': 3, id: 3, ip: '-', code: 4624, day: 'today' }];
    for (const query of [
      'any where code == 4624',
      'any where ip == "-"',
      'any where ip : "10.*"',
      'any where day > "2024-01-01"',
    ]) {
      expect(run(query, later, { schema })).toEqual(run(query, later));
    }
  });
});
