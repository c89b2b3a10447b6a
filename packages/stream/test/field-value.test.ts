import type { JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { compileFieldReader } from '../src/field-value.js';

describe('compileFieldReader', () => {
  const read = compileFieldReader('a.b.c');

  it.each([
    ['nested', { a: { b: { c: 1 } } }],
    ['dotted', { 'a.b.c': 1 }],
    ['mixed at the end', { a: { 'b.c': 1 } }],
    ['mixed at the start', { 'a.b': { c: 1 } }],
    ['beside a null of another form', { 'a.b.c': null, a: { b: { c: 1 } } }],
    ['beside an object of another form', { a: { x: 1 }, 'a.b': { c: 1 } }],
    ['as a list of one', { a: { b: { c: [1] } } }],
  ])('finds a field that is %s', (_, event) => {
    expect(read(event)).toBe(1);
  });

  it.each([
    ['absent', {}],
    ['null', { a: { b: { c: null } } }],
    ['below a scalar', { a: { b: 1 } }],
    ['below a list', { a: [{ b: { c: 1 } }] }],
  ])('gives null for a field that is %s', (_, event) => {
    expect(read(event)).toBeNull();
  });

  it('gives a list of several values as it is', () => {
    expect(compileFieldReader('a')({ a: [1, 2] })).toEqual([1, 2]);
  });

  it('sees own properties only', () => {
    expect(compileFieldReader('constructor')({})).toBeNull();
    expect(compileFieldReader('__proto__.x')({})).toBeNull();
    expect(compileFieldReader('__proto__.x')(JSON.parse('{"__proto__":{"x":5}}') as JsonObject)).toBe(5);
  });
});
