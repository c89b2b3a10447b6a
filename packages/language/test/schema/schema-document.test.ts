import { describe, expect, it } from 'vitest';
import { analyzeQuery, mergeSchemas, schemaFromDocument, schemaFromMapping, type Schema } from '@eqlkit/language';

const SEEN = {
  events: 3,
  several: 1,
  types: { long: 4 },
  categories: { process: 3 },
  examples: [{ value: 7, count: 2 }],
  complete: true,
};

function read(fields: object, options: { strict?: boolean; learned?: boolean } = {}): Schema {
  const document = {
    format: 'eqlkit-schema',
    version: 1,
    ...(options.learned === false ? {} : { learned: { events: 5, categories: { process: 4 } } }),
    fields,
  };
  const { schema, problems } = schemaFromDocument(document, { strict: options.strict ?? false });
  if (schema === null) throw new Error(problems.join('; '));
  return schema;
}

function findings(query: string, schema: Schema | null): readonly string[] {
  return analyzeQuery(query, { schema }).diagnostics.map(({ code, severity }) => `${severity} ${code}`);
}

describe('a schema file', () => {
  it('gives fields their kinds, aliases, null values and formats', () => {
    const { fields, learned } = read({
      pid: { type: 'long', seen: SEEN },
      start: { type: 'date', formats: ['epoch_second'] },
      owner: { type: 'keyword', null_value: 'nobody' },
      process_id: { type: 'alias', alias_of: 'pid' },
    });
    expect(fields.get('pid')).toMatchObject({
      kind: 'long',
      path: 'pid',
      seen: { events: 3, several: 1, complete: true },
    });
    expect(fields.get('pid')?.seen?.kinds).toEqual(new Map([['long', 4]]));
    expect(fields.get('pid')?.seen?.examples).toEqual([{ value: 7, count: 2 }]);
    expect(fields.get('process_id')).toBe(fields.get('pid'));
    expect(fields.get('start')).toEqual({
      path: 'start',
      kind: 'date',
      mappingType: 'date',
      dateFormats: ['epoch_second'],
    });
    expect(fields.get('owner')?.nullValue).toBe('nobody');
    expect(learned).toEqual({ events: 5, categories: new Map([['process', 4]]) });
  });

  it.each([
    ['is no object', 7, 'it is no schema file'],
    ['has another format', { format: 'x', version: 1, fields: {} }, 'it is no schema file'],
    ['has a later version', { format: 'eqlkit-schema', version: 2, fields: {} }, 'its version is not 1'],
    ['has no fields', { format: 'eqlkit-schema', version: 1 }, '"fields" is not an object'],
    ['has a field without type', { format: 'eqlkit-schema', version: 1, fields: { a: {} } }, 'fields.a: the type'],
    [
      'has a field that is a text',
      { format: 'eqlkit-schema', version: 1, fields: { a: 'long' } },
      'fields.a: it is not',
    ],
    [
      'has an alias of nothing',
      { format: 'eqlkit-schema', version: 1, fields: { a: { type: 'alias', alias_of: 'b' } } },
      'fields.a: alias_of names the field b',
    ],
  ])('that %s is refused, naming the place', (_about, document, message) => {
    const { schema, problems } = schemaFromDocument(document, { strict: false });
    expect(schema).toBeNull();
    expect(problems.join('\n')).toContain(message);
  });

  it('may have a field that is called like a part of every object', () => {
    const document: unknown = JSON.parse(
      '{"format":"eqlkit-schema","version":1,"fields":{"__proto__":{"type":"long"},"constructor":{"type":"ip"}}}',
    );
    const { schema } = schemaFromDocument(document, { strict: false });
    expect([...(schema?.fields.keys() ?? [])].sort()).toEqual(['__proto__', 'constructor']);
  });
});

describe('checks against a learned schema', () => {
  const learned = read({
    pid: { type: 'long', seen: SEEN },
    ip: { type: 'ip', seen: SEEN },
    code: { type: 'mixed', seen: SEEN },
  });

  it.each([
    ['any where pdi == 1', ['warning EQL2015']],
    ['any where ?pdi == 1', []],
    ['any where length(pid) > 1', ['warning EQL2004']],
    ['any where pid : "1*"', ['warning EQL2010']],
    ['any where pid in ("a", "b")', ['warning EQL2005']],
    ['any where pid == "1"', ['warning EQL2012']],
    ['any where pid == 1.5', ['warning EQL2012']],
    ['any where pid > 1.5 and pid == 2', []],
    ['any where code == "1" or code == 1 or length(code) > 1', []],
    ['any where ip : "10.*"', ['warning EQL2010']],
  ])('%s', (query, expected) => {
    expect(findings(query, learned)).toEqual(expected);
  });

  it('leave errors alone that have nothing to do with it', () => {
    expect(findings('any where lenght(pid) > 1', learned)).toEqual(['error EQL2001']);
  });

  it('are errors where the schema is strict or the field declared', () => {
    const strict = read({ pid: { type: 'long', seen: SEEN } }, { strict: true });
    expect(findings('any where pdi == 1', strict)).toEqual(['error EQL2002']);
    expect(findings('any where length(pid) > 1', strict)).toEqual(['error EQL2004']);
    const declared = read({ pid: { type: 'long' }, other: { type: 'long', seen: SEEN } });
    expect(findings('any where length(pid) > 1', declared)).toEqual(['error EQL2004']);
    expect(findings('any where length(other) > 1', declared)).toEqual(['warning EQL2004']);
  });

  it('name the nearest field', () => {
    const [finding] = analyzeQuery('any where cod == 1', { schema: learned }).diagnostics;
    expect(finding).toMatchObject({ help: 'Did you mean "code"?', fix: { replacement: 'code' } });
  });
});

describe('several schemas', () => {
  it('are one: a declared field goes before a learned one, whichever comes first', () => {
    const learned = read({ pid: { type: 'keyword', seen: SEEN }, name: { type: 'keyword', seen: SEEN } });
    const mapping = schemaFromMapping([{ properties: { pid: { type: 'long' } } }], { strict: true });
    for (const schemas of [
      [learned, mapping],
      [mapping, learned],
    ]) {
      const merged = mergeSchemas(schemas);
      expect(merged?.fields.get('pid')?.kind).toBe('long');
      expect(merged?.fields.has('name')).toBe(true);
      expect(merged?.strict).toBe(true);
      expect(merged?.learned?.events).toBe(5);
    }
  });

  it('that are none make none', () => {
    expect(mergeSchemas([])).toBeNull();
  });
});
