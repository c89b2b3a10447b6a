import { describe, expect, it } from 'vitest';
import { decodeEventLine } from '../../src/decode/decode-event-line.js';
import { encodeEvent } from '../../src/decode/encode-event.js';

function roundTrip(line: string): string {
  const buffer = Buffer.from(line);
  const decoded = decodeEventLine(buffer, 0, buffer.length);
  return decoded.kind === 'event' ? encodeEvent(decoded.event) : decoded.detail;
}

describe('encodeEvent', () => {
  it.each([
    '{"a":1,"b":[true,null,"x\\ny"],"c":{}}',
    '{"a":18446744073709551615,"b":[-9007199254740993,1.5,"\\u0007é"],"c":{"d":[],"e":{}},"f":null,"g":false}',
    '{"__proto__":{"x":12345678901234567890}}',
    '{"isLosslessNumber":true,"toJSON":"x","toString":1,"n":12345678901234567890}',
    '{"isLosslessNumber":true,"value":"1","toJSON":{}}',
  ])('gives back %s', (line) => {
    expect(roundTrip(line)).toBe(line);
  });
});
