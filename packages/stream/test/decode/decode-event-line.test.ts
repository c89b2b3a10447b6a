import { describe, expect, it } from 'vitest';
import { decodeEventLine } from '../../src/decode/decode-event-line.js';
import { MAX_DETAIL_LENGTH } from '../../src/decode/event-problem.js';

function decode(line: string | Buffer) {
  const bytes = Buffer.from(line);
  const surrounded = Buffer.concat([Buffer.from('xx'), bytes, Buffer.from('yy')]);
  return decodeEventLine(surrounded, 2, 2 + bytes.length);
}

function decodeEvent(line: string) {
  const decoded = decode(line);
  if (decoded.kind !== 'event') throw new Error(decoded.detail);
  return decoded.event;
}

describe('decodeEventLine', () => {
  it('decodes the object between start and end', () => {
    expect(decode('{"a":{"b":[1,true,null,"é"]}}')).toEqual({
      kind: 'event',
      event: { a: { b: [1, true, null, 'é'] } },
      hasInvalidUtf8: false,
    });
  });

  it('keeps integers beyond the safe range exactly, and all other numbers as numbers', () => {
    const line =
      '{"id":18446744073709551615,"neg":[-9007199254740993],"safe":9007199254740991,"next": 9007199254740992,' +
      '"float":9007199254740993.0,"exp":1e30,"us":1650000000000000,"zero":-0,"small":0.1}';
    expect(decodeEvent(line)).toEqual({
      id: 18446744073709551615n,
      neg: [-9007199254740993n],
      safe: 9007199254740991,
      next: 9007199254740992n,
      float: 9007199254740992,
      exp: 1e30,
      us: 1650000000000000,
      zero: -0,
      small: 0.1,
    });
  });

  it.each([
    [
      '{"a": 12345678901234567890 ,"b":[ -12345678901234567890,\t1]}',
      { a: 12345678901234567890n, b: [-12345678901234567890n, 1] },
    ],
    ['{"12345678901234567890":12345678901234567890}', { '12345678901234567890': 12345678901234567890n }],
    [
      String.raw`{"a\\":12345678901234567890,"b\"":"\\\",12345678901234567890","c":"\\"}`,
      { 'a\\': 12345678901234567890n, 'b"': '\\",12345678901234567890', c: '\\' },
    ],
    ['{"a":12345678901234567890,"b":12345678901234567890e1}', { a: 12345678901234567890n, b: 1.2345678901234568e20 }],
    ['{"a":12345678901234567890,"b":1.12345678901234567890}', { a: 12345678901234567890n, b: 1.1234567890123457 }],
    ['{"a":12345678901234567890,"b":1e-0000000000000001}', { a: 12345678901234567890n, b: 0.1 }],
    ['{"a":[[12345678901234567890],{"b":[]}],"c":{}}', { a: [[12345678901234567890n], { b: [] }], c: {} }],
  ])('finds the big integers of %s', (line, event) => {
    expect(decodeEvent(line)).toEqual(event);
  });

  it('reads integers of more than 1,000 digits as JSON.parse does', () => {
    const line = `{"a":12345678901234567890,"b":${'9'.repeat(1_001)},"c":${'9'.repeat(1_000)}}`;
    expect(decodeEvent(line)).toEqual({ a: 12345678901234567890n, b: Infinity, c: BigInt('9'.repeat(1_000)) });
  });

  it('leaves digits in strings alone', () => {
    expect(decodeEvent('{"a":",12345678901234567890","b":1}')).toEqual({ a: ',12345678901234567890', b: 1 });
  });

  describe.each([
    ['without', ''],
    ['with', ',"big":12345678901234567890'],
  ])('%s a big integer', (_, more) => {
    it('keeps __proto__ an own property', () => {
      const event = decodeEvent(`{"__proto__":{"polluted":true},"a":{"__proto__":1}${more}}`);
      expect(Object.keys(event).slice(0, 2)).toEqual(['__proto__', 'a']);
      expect(Object.getPrototypeOf(event)).toBe(Object.prototype);
      expect('polluted' in {}).toBe(false);
      expect('polluted' in event).toBe(false);
    });

    it('takes the last of duplicate keys', () => {
      const event = decodeEvent(`{"a":1,"a":{"x":[]},"a":null,"b":1,"b":[2]${more}}`);
      expect([event['a'], event['b']]).toEqual([null, [2]]);
    });
  });

  it('decodes escapes the same in both ways', () => {
    const text = '"\\u0041\\ud83d\\ude00\\"\\\\\\/\\b\\f\\n\\r\\t\\ud800"';
    expect(decodeEvent(`{"s":${text},"big":12345678901234567890}`)['s']).toBe(JSON.parse(text));
  });

  it('tells invalid UTF-8 from a replacement character that was written', () => {
    const invalid = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc3]), Buffer.from('"}')]);
    expect(decode(invalid)).toEqual({ kind: 'event', event: { a: '\ufffd' }, hasInvalidUtf8: true });
    expect(decode('{"a":"\ufffd"}')).toMatchObject({ hasInvalidUtf8: false });
  });

  it.each([
    ['{"a":1', 'invalid-json', /Expected|Unexpected/u],
    ['nonsense', 'invalid-json', /one JSON object per line, and this line begins with "nonsense"/u],
    ['Jan 12 10:00:00 host sshd[1]: x', 'invalid-json', /begins with "Jan 12 10:00:00 host"$/u],
    ['\u007fELF\u0002\u0001\u0001\u0000\u0000x', 'invalid-json', /not binary data/u],
    ['a\u0000b', 'invalid-json', /not binary data/u],
    ['{"a":1}{"b":2}', 'invalid-json', /Unexpected/u],
    ['{"a":1,}', 'invalid-json', /Expected/u],
    ['1', 'not-an-object', /a number/u],
    ['null', 'not-an-object', /null/u],
    ['"x"', 'not-an-object', /a string/u],
    ['[', 'invalid-json', /one JSON object per line, not a JSON array$/u],
    ['[{"a":1}]', 'not-an-object', /one JSON object per line, not a JSON array/u],
    ['{', 'invalid-json', /one JSON object per line, not spread over lines/u],
  ])('refuses %s as %s', (line, kind, detail) => {
    expect(decode(line)).toEqual({ kind, detail: expect.stringMatching(detail) as string });
  });

  it('recognises UTF-16', () => {
    const detail = expect.stringContaining('UTF-16') as string;
    const utf16 = Buffer.from('\ufeff{"a":1}', 'utf16le');
    expect(decode(utf16)).toMatchObject({ kind: 'invalid-json', detail });
    // Further lines have no byte-order mark, and begin with what was left of the line break.
    expect(decode(utf16.subarray(2))).toMatchObject({ kind: 'invalid-json', detail });
    expect(decode(Buffer.concat([Buffer.from([0]), utf16.subarray(2)]))).toMatchObject({ detail });
  });

  it('takes binary data for what it is, however many zeros it has', () => {
    const detail = expect.stringContaining('not binary data') as string;
    const elf = '7f454c4602010100000000000000000003003e0001000000306d000000000000';
    const records = '01000200030004000500060007000800090001000200030004000500060007000800';
    const zeros = '00'.repeat(32);
    for (const hex of [elf, records, zeros, '00000000', '0000410000000000']) {
      expect(decode(Buffer.from(hex, 'hex'))).toMatchObject({ kind: 'invalid-json', detail });
    }
  });

  it('gives details that are short and safe for a terminal', () => {
    const decoded = decode(`{"a":\u001b[31m\u0007\u202e${'x'.repeat(500)}`);
    if (decoded.kind === 'event') throw new Error('should not decode');
    expect(decoded.detail.length).toBeLessThanOrEqual(MAX_DETAIL_LENGTH);
    expect(decoded.detail).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('accepts deep nesting up to a limit', () => {
    const nest = (depth: number, leaf: string) => '{"a":'.repeat(depth - 1) + leaf + '}'.repeat(depth - 1);
    expect(decode(nest(1000, '{}'))).toMatchObject({ kind: 'event' });
    expect(decode(nest(1000, '{"big":12345678901234567890}'))).toMatchObject({ kind: 'event' });
    expect(decode(nest(1002, '{}'))).toEqual({ kind: 'invalid-json', detail: 'nested more than 1000 levels deep' });
    expect(decode(nest(200_000, '{"big":12345678901234567890}'))).toMatchObject({ kind: 'invalid-json' });
    expect(decode(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).toMatchObject({ kind: 'invalid-json' });
  });
});
