import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '@eqlkit/engine';
import { deriveAlertId } from '../../src/alert/alert-id.js';
import { sequenceMatch } from './sequence-match.js';

function idOf(ruleId: string, ...events: (JsonObject | null)[]): string {
  return deriveAlertId(ruleId, sequenceMatch(...events).stages);
}

const A: JsonObject = { '@timestamp': '2026-01-01T00:00:00Z', event: { id: 'a' }, process: { name: 'sh' } };
const B: JsonObject = { '@timestamp': '2026-01-01T00:00:01Z', process: { name: 'curl', pid: 7 } };

describe('deriveAlertId', () => {
  it('is a SHA-256 over parts that carry their lengths', () => {
    const parts = ['eqlkit alert', 'rule-1', '0', 'matched', 'event', 'a', '"2026-01-01T00:00:00Z"', 'null'];
    const encoded = parts.map((part) => JSON.stringify(part)).map((part) => `${String(part.length)}:${part}`);
    const expected = createHash('sha256').update(encoded.join('')).digest('hex').slice(0, 32);
    expect(idOf('rule-1', A)).toBe(expected);
  });

  it('stays the same over releases', () => {
    expect(idOf('rule-1', A, null, B)).toMatchInlineSnapshot(`"e86f7dd60d68a22a5938a86e045c7380"`);
  });

  it('differs with the rule, the events, their order and their stages', () => {
    const [first, second] = sequenceMatch(A, B).stages;
    if (first === undefined || second === undefined) throw new Error('no stages');
    const ids = [
      idOf('rule-1', A, B),
      idOf('rule-2', A, B),
      idOf('rule-1', B, A),
      idOf('rule-1', A),
      idOf('rule-1', A, null, B),
      idOf('rule-1', A, B, null),
      idOf('rule-1', A, { ...B, extra: 1 }),
      deriveAlertId('rule-1', [first, { ...second, stage: 2 }]),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/u);
  });

  it('knows an event by its id, whatever else was added to it', () => {
    expect(idOf('r', { ...A, ingested: 'later' })).toBe(idOf('r', A));
    expect(idOf('r', { '@timestamp': '2026-01-01T00:00:00Z', 'event.id': 'a' })).toBe(idOf('r', A));
  });

  it('tells events apart to which a source gave one id', () => {
    const ids = [
      idOf('r', A),
      idOf('r', { ...A, '@timestamp': '2026-01-01T00:00:09Z' }),
      idOf('r', { ...A, event: { id: 'a', dataset: 'zeek.dns' } }),
      idOf('r', { ...A, event: { id: 'a', dataset: 'zeek.http' } }),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('prefers the document id with its index', () => {
    const document = { ...A, _id: 'd', _index: 'logs-1' };
    expect(idOf('r', { _id: 'd', _index: 'logs-1' })).toBe(idOf('r', document));
    expect(idOf('r', { ...document, _index: 'logs-2' })).not.toBe(idOf('r', document));
    expect(idOf('r', { ...A, _id: 7 })).toBe(idOf('r', A));
  });

  it('takes an id that is no string for content', () => {
    expect(idOf('r', { event: { id: 1 }, x: 1 })).not.toBe(idOf('r', { event: { id: 1 }, x: 2 }));
    expect(idOf('r', { event: 'start' })).not.toBe(idOf('r', { event: 'end' }));
  });

  it('does not look at the order of keys', () => {
    expect(idOf('r', { a: 1, b: { c: 2, d: [3] } })).toBe(idOf('r', { b: { d: [3], c: 2 }, a: 1 }));
    expect(idOf('r', { a: [1, 2] })).not.toBe(idOf('r', { a: [2, 1] }));
  });

  it('is not fooled by values that look like other parts', () => {
    expect(idOf('r', { _id: 'x', _index: 'y' })).not.toBe(idOf('r', { _id: 'x"y' }));
    expect(idOf('r', { s: '\ud800' })).not.toBe(idOf('r', { s: '\udfff' }));
    const text = fc.string({ maxLength: 4, unit: fc.constantFrom('a', '"', ':', '1', '\\', 'ß') });
    fc.assert(
      fc.property(text, text, text, text, (rule, id, otherRule, otherId) => {
        fc.pre(rule !== otherRule || id !== otherId);
        expect(idOf(rule, { _id: id })).not.toBe(idOf(otherRule, { _id: otherId }));
      }),
    );
  });
});
