import { analyzeQuery, schemaFromMapping, type Schema } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';

function read(properties: Record<string, unknown>): Schema {
  return schemaFromMapping([{ properties }], { strict: true });
}

/** The codes of the errors of a condition. */
function codesOf(condition: string, schema: Schema): readonly string[] {
  const { diagnostics } = analyzeQuery(`any where ${condition}`, { schema });
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

describe('a mapping', () => {
  it('makes the fields of nested objects unsearchable', () => {
    const name = { type: 'keyword', fields: { text: { type: 'text' } } };
    const schema = read({ n: { type: 'nested', properties: { name, deep: { properties: { name } } } } });
    expect(codesOf('n.name == "a"', schema)).toEqual(['EQL2009']);
    expect(codesOf('n.deep.name == "a"', schema)).toEqual(['EQL2009']);
    expect(codesOf('n.name.text == "a"', schema)).toEqual(['EQL2002']);
  });

  it.each(['include_in_parent', 'include_in_root'])('leaves them searchable with %s', (option) => {
    const schema = read({ n: { type: 'nested', [option]: true, properties: { name: { type: 'keyword' } } } });
    expect(codesOf('n.name == "a"', schema)).toEqual([]);
    expect(codesOf('n == "a"', schema)).toEqual(['EQL2009']);
  });

  it('gives an alias the type and place of what it stands for', () => {
    const schema = read({ a: { type: 'long' }, b: { type: 'alias', path: 'a' }, c: { type: 'alias', path: 'none' } });
    expect(schema.fields.get('b')).toMatchObject({ path: 'a', kind: 'long' });
    expect(schema.fields.has('c')).toBe(false);
  });

  it('searches analysed text through a keyword beside it', () => {
    const keyword = { type: 'keyword' };
    const schema = read({ a: { type: 'text', fields: { keyword } }, b: { type: 'text' } });
    expect(codesOf('a == "x" and a.keyword : "x*"', schema)).toEqual([]);
    expect(codesOf('b == "x"', schema)).toEqual(['EQL2009']);
  });
});
