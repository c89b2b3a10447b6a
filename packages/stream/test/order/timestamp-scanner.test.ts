import { parseTimestamp } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { createTimestampScanner } from '../../src/order/timestamp-scanner.js';

function scan(line: string, field = '@timestamp') {
  const before = '{"@timestamp":1}\n';
  const buffer = Buffer.from(`${before}${line}\n{"@timestamp":2}`);
  return createTimestampScanner(field)(buffer, before.length, before.length + Buffer.byteLength(line));
}

describe('createTimestampScanner', () => {
  it.each([
    ['{"@timestamp":"2024-01-01T00:00:00.123456789Z","a":1}', '2024-01-01T00:00:00.123456789Z'],
    ['{"ä":1,"@timestamp" \t: "2024-01-01"}', '2024-01-01'],
    ['{"@timestamp":1700000000000}', 1700000000000],
    ['{"@timestamp":-5 ,"a":"timestamp"}', -5],
    ['{"a":"say \\"@timestamp\\": 5","@timestamp":"1700000000000"}', '1700000000000'],
    ['{"a":["x","\\u2028"],"@timestamp":3}', 3],
  ])('finds the timestamp of %s', (line, value) => {
    expect(scan(line)).toEqual(parseTimestamp(value));
  });

  it.each([
    ['an absent one', '{"a":1}'],
    ['two', '{"@timestamp":1,"nested":{"@timestamp":2}}'],
    ['a value that reads like the key', '{"a":["@timestamp","x"],"@timestamp":3}'],
    ['a possible second one in disguise', '{"@timestamp":1,"\\u0040timestamp":2}'],
    ['one that is no date', '{"@timestamp":"soon"}'],
    ['one with an escape', '{"@timestamp":"2024-01-01T00:00:00\\/"}'],
    ['a list', '{"@timestamp":["2024-01-01"]}'],
    ['a null', '{"@timestamp":null}'],
    ['a fraction', '{"@timestamp":1.5}'],
    ['an exponent', '{"@timestamp":1e3}'],
    ['a line cut in the value', '{"@timestamp":"2024-01-01'],
    ['a line cut in a number', '{"@timestamp":170'],
    ['a line cut after the key', '{"@timestamp"'],
  ])('leaves %s to the decoder', (_, line) => {
    expect(scan(line)).toBeNull();
  });

  it('reads lines that follow each other, in one second or not, as each stands', () => {
    const times = [
      '2024-01-01T00:00:00.5Z',
      '2024-01-01T00:00:00.123456789Z',
      '2024-01-01T00:00:00Z',
      '2024-01-01T00:00:00.1234567891Z',
      '2024-01-01T00:00:00.5+01:00',
      '2024-01-01T00:00:00.Z',
      '2024-01-01T00:00:00.5z',
      '2024-01-01T00:00:00',
      '2024-01-01T00:00:01.000000001Z',
      '2024-01-01T00:00:01.999Z',
      '1969-12-31T23:59:59.25Z',
      '1969-12-31T23:59:59.75Z',
      '2024-02-30T00:00:00.5Z',
      '2024-02-30T00:00:00.6Z',
    ];
    const lines = times.map((time) => `{"@timestamp":"${time}"}`);
    const buffer = Buffer.from(`${lines.join('\n')}\n`);
    const scanner = createTimestampScanner('@timestamp');
    let start = 0;
    for (const [index, line] of lines.entries()) {
      expect(scanner(buffer, start, start + line.length), line).toEqual(parseTimestamp(times[index]));
      start += line.length + 1;
    }
  });

  it('looks for the field it was made for', () => {
    expect(scan('{"@timestamp":1,"a\\"b":5}', 'a"b')).toEqual({ ms: 5, ns: 0 });
    expect(scan('{"event.created":5}', 'event.created')).toBeNull();
  });
});
