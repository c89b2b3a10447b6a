import type { JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { compileValueReader } from '../src/field-value.js';

describe('compileValueReader', () => {
  const read = compileValueReader('a.b.c');

  it.each([
    ['nested', { a: { b: { c: 1 } } }],
    ['dotted', { 'a.b.c': 1 }],
    ['mixed at the end', { a: { 'b.c': 1 } }],
    ['mixed at the start', { 'a.b': { c: 1 } }],
    ['beside a null of another form', { 'a.b.c': null, a: { b: { c: 1 } } }],
    ['beside an object of another form', { a: { x: 1 }, 'a.b': { c: 1 } }],
    ['as a list of one', { a: { b: { c: [1] } } }],
    ['beside nulls', { a: { b: { c: [null, 1] } } }],
    ['within a list of objects', { a: [{ b: { c: 1 } }] }],
  ])('finds a field that is %s', (_, event) => {
    expect(read(event)).toBe(1);
  });

  it.each([
    ['absent', {}],
    ['null', { a: { b: { c: null } } }],
    ['below a scalar', { a: { b: 1 } }],
    ['an empty list', { a: { b: { c: [] } } }],
    ['a list of nulls', { a: { b: { c: [null] } } }],
  ])('gives null for a field that is %s', (_, event) => {
    expect(read(event)).toBeNull();
  });

  it('gives a list of several values as it is', () => {
    expect(compileValueReader('a')({ a: [1, 2] })).toEqual([1, 2]);
  });

  it('answers at once for a path of very many parts, which has too many spellings', () => {
    expect(compileValueReader('a'.concat('.a'.repeat(5000)))({ a: 1 })).toBeNull();
  });

  it('sees own properties only', () => {
    expect(compileValueReader('constructor')({})).toBeNull();
    expect(compileValueReader('__proto__.x')({})).toBeNull();
    expect(compileValueReader('__proto__.x')(JSON.parse('{"__proto__":{"x":5}}') as JsonObject)).toBe(5);
  });
});
