import ecs from '@elastic/ecs';
import { ecsFields, ecsSchema, ECS_VERSION } from '@eqlkit/language/ecs';
import { describe, expect, it } from 'vitest';

describe('ecsFields', () => {
  it('has every field of the package it is built from, and their other forms', () => {
    expect(ECS_VERSION).toBe(ecs.EcsVersion);
    const names = Object.values(ecs.EcsFlat).flatMap((field) => [
      field.flat_name,
      ...('multi_fields' in field ? field.multi_fields.map((other) => other.flat_name) : []),
    ]);
    expect([...ecsFields().keys()].sort()).toEqual([...new Set(names)].sort());
  });

  it('knows type, values, whether there may be several, and what the field is', () => {
    expect(ecsFields().get('process.pid')).toMatchObject({ type: 'long', kind: 'long', array: false, values: [] });
    expect(ecsFields().get('process.args')).toMatchObject({ kind: 'keyword', array: true });
    expect(ecsFields().get('event.type')?.values).toContain('start');
    expect(ecsFields().get('network.protocol')?.lowerCase).toBe(true);
    expect(ecsFields().get('process.name')).toMatchObject({ description: 'Process name.', lowerCase: false });
    expect(ecsFields().get('process.name.text')?.kind).toBe('text');
    expect(ecsFields().get('constructor')).toBeUndefined();
  });
});

describe('ecsSchema', () => {
  it('is a schema that other fields are none of the business of', () => {
    const schema = ecsSchema();
    expect(schema.strict).toBe(false);
    expect(schema.fields.get('source.ip')).toEqual({ path: 'source.ip', kind: 'ip', mappingType: 'ip' });
  });
});
