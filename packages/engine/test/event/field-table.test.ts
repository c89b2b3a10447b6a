import { schemaFromMapping } from '@eqlkit/language';
import { Engine, FieldTable, type JsonValue } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { compile, makeEvent, run } from '../run-query.js';

function schema(nullValue: string) {
  const properties = { f: { type: 'keyword', null_value: nullValue } };
  return schemaFromMapping([{ properties }], { strict: false });
}

describe('null_value', () => {
  it.each<[JsonValue | undefined, boolean, boolean]>([
    [null, true, false],
    [[null], true, false],
    [[null, 'a'], true, false],
    ['NONE', true, false],
    // Only an explicit null is replaced.
    [[], false, true],
    [undefined, false, true],
    [['a', 'b'], false, false],
  ])('stands for an explicit null: %j', (value, found, missing) => {
    const event = makeEvent(1, value === undefined ? {} : { f: value });
    expect(run('any where f == "NONE"', [event], { schema: schema('NONE') })).toEqual(found ? [[1]] : []);
    expect(run('any where f == null', [event], { schema: schema('NONE') })).toEqual(missing ? [[1]] : []);
  });

  it('is that of each query, though queries share a table', () => {
    const fields = new FieldTable();
    const queries = ['A', 'B'].map((name) => compile(`any where f == "${name}"`, { fields, schema: schema(name) }));
    const engine = new Engine(queries);
    expect(engine.process(makeEvent(1, { f: null })).map(({ query }) => query)).toEqual([0, 1]);
  });
});
