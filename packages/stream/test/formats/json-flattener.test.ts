import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonFlattener } from '../../src/formats/json-flattener.js';

const SEED = 20_260_302;

/** The lines that text comes to when it is read in pieces of some size. */
function flatten(text: string, isResponse = false, size = Number.POSITIVE_INFINITY): string[] {
  const flattener = new JsonFlattener(isResponse);
  const bytes = Buffer.from(text);
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += Math.min(size, bytes.length)) {
    pieces.push(Buffer.from(flattener.push(bytes.subarray(at, Math.min(bytes.length, at + size)))));
  }
  return Buffer.concat(pieces)
    .toString()
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

describe('JSON as lines', () => {
  it('has the elements of a list, as they stand', () => {
    expect(flatten('[ {"a" : 12345678901234567890, "s": "x,]}\\"["} ,\n{"b":[1,\n2]}, 7, [8] ]')).toEqual([
      '{"a" : 12345678901234567890, "s": "x,]}\\"["}',
      '{"b":[1, 2]}',
      '7',
      '[8]',
    ]);
    expect(flatten('[]')).toEqual([]);
  });

  it('has objects that follow one another, spread over lines or not, and several lists', () => {
    expect(flatten('{\n "a": 1\n}\n{ "b": { "c": [] } }{}')).toEqual(['{  "a": 1 }', '{ "b": { "c": [] } }', '{}']);
    expect(flatten('[{"a":1}]\n[{"b":2}]')).toEqual(['{"a":1}', '{"b":2}']);
  });

  it('has the hits of a response only', () => {
    const response = {
      took: 1,
      aggregations: { hits: [{ no: 1 }], x: { hits: 3 } },
      hits: { total: 2, hits: [{ _source: { hits: { hits: [{ deep: 1 }] } } }, { _id: 'b' }], after: [{ no: 2 }] },
      more: [{ no: 3 }],
    };
    const expected = response.hits.hits.map((hit) => JSON.stringify(hit));
    expect(flatten(JSON.stringify(response), true)).toEqual(expected);
    expect(flatten(JSON.stringify({ rawResponse: response }), true)).toEqual(expected);
  });

  it('has the events of an answer to EQL, those of sequences among them', () => {
    expect(flatten('{"is_partial":false,"hits":{"events":[{"a":1},{"a":2}]}}', true)).toEqual(['{"a":1}', '{"a":2}']);
    const sequences =
      '{"hits":{"sequences":[{"join_keys":[{"k":1}],"events":[{"a":1},{"a":2}]},{"events":[{"a":3}]}]}}';
    expect(flatten(sequences, true)).toEqual(['{"a":1}', '{"a":2}', '{"a":3}']);
  });

  it('knows when a value has not ended', () => {
    for (const [text, unfinished] of [
      ['[{"a":1}', true],
      ['[{"a":1}]', false],
      ['{"a":"x', true],
      [']}]', false],
    ] as const) {
      const flattener = new JsonFlattener(false);
      flattener.push(Buffer.from(text));
      expect(flattener.isUnfinished).toBe(unfinished);
    }
  });

  it('is the same for every list, however it is spaced and cut', () => {
    const spacing = fc.constantFrom(undefined, 1, '\t');
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { maxLength: 8 }),
        spacing,
        fc.integer({ min: 1, max: 9 }),
        (list, space, size) => {
          const lines = flatten(JSON.stringify(list, undefined, space), false, size);
          expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(JSON.parse(JSON.stringify(list)));
        },
      ),
      { seed: SEED },
    );
  });

  it('is the same for the hits of every response, however it is spaced and cut', () => {
    const hits = fc.array(fc.record({ _id: fc.string(), _source: fc.dictionary(fc.string(), fc.jsonValue()) }), {
      maxLength: 5,
    });
    const noise = fc.dictionary(fc.string({ maxLength: 3 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });
    fc.assert(
      fc.property(
        hits,
        noise,
        fc.constantFrom(undefined, 2),
        fc.integer({ min: 1, max: 20 }),
        (found, extra, space, size) => {
          const response = { took: 1, ...extra, hits: { ...extra, hits: found } };
          const lines = flatten(JSON.stringify(response, undefined, space), true, size);
          expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(JSON.parse(JSON.stringify(found)));
        },
      ),
      { seed: SEED },
    );
  });

  it('takes any bytes', () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (text, isResponse) => {
        flatten(
          text.replaceAll(/[a-z]/gu, (letter) => '[]{}",:\\\n'[letter.charCodeAt(0) % 9] ?? ''),
          isResponse,
          3,
        );
      }),
      { seed: SEED },
    );
  });
});
