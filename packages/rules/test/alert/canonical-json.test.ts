import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@eqlkit/engine';
import { canonicalJson } from '../../src/alert/canonical-json.js';

describe('canonicalJson', () => {
  it('sorts keys at every level and writes whole numbers of any size as digits', () => {
    expect(canonicalJson({ b: [1, 2n ** 64n, null], a: { d: true, c: 'x"' }, e: [], f: {} })).toBe(
      '{"a":{"c":"x\\"","d":true},"b":[1,18446744073709551616,null],"e":[],"f":{}}',
    );
  });

  it('writes any JSON so that it reads back', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        const value = JSON.parse(text) as JsonValue;
        expect(JSON.parse(canonicalJson(value))).toEqual(value);
      }),
    );
  });

  it('takes hostile keys and any depth', () => {
    expect(canonicalJson(JSON.parse('{"__proto__":{"b":1},"a":2}') as JsonValue)).toBe('{"__proto__":{"b":1},"a":2}');
    const text = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(canonicalJson(JSON.parse(text) as JsonValue)).toBe(text);
  });
});
