import { describe, expect, it } from 'vitest';
import { createRecordDecoder } from '../../src/decode/record-decoder.js';
import { skipsLine, type EventProblem } from '../../src/decode/event-problem.js';

function decode(line: string | Buffer, fields: { timestampField?: string; categoryField?: string } = {}) {
  const problems: EventProblem[] = [];
  const decoder = createRecordDecoder('in.ndjson', { ...fields, onProblem: (problem) => problems.push(problem) });
  const buffer = Buffer.from(line);
  return { record: decoder(buffer, 0, buffer.length, 7), problems };
}

describe('createRecordDecoder', () => {
  it('gives the event with its timestamp and place', () => {
    const line = '{"@timestamp":"2024-01-01T00:00:00.123456789Z","event":{"category":["process"]}}';
    expect(decode(line)).toEqual({
      record: {
        event: JSON.parse(line) as unknown,
        timestamp: { ms: 1704067200123, ns: 456789 },
        source: 'in.ndjson',
        line: 7,
        sizeBytes: line.length,
      },
      problems: [],
    });
  });

  it('finds timestamp and category under dotted keys and other names', () => {
    const line = '{"event.created":1000,"event":{"kind":"process"}}';
    const { record, problems } = decode(line, { timestampField: 'event.created', categoryField: 'event.kind' });
    expect(record?.timestamp).toEqual({ ms: 1000, ns: 0 });
    expect(problems).toEqual([]);
  });

  it.each([
    ['{"event":{"category":"x"}}', 'missing-timestamp', 'the event has no @timestamp'],
    ['{"@timestamp":null}', 'missing-timestamp', 'the event has no @timestamp'],
    ['{"@timestamp":"soon","event":{"category":"x"}}', 'invalid-timestamp', '@timestamp is no date: soon'],
    ['{"@timestamp":"a\\u001bb"}', 'invalid-timestamp', '@timestamp is no date: a?b'],
    ['{"@timestamp":[1,2]}', 'invalid-timestamp', '@timestamp is no date but an object or list'],
    ['{"@timestamp":true}', 'invalid-timestamp', '@timestamp is no date: true'],
    ['{"@timestamp":"2024-02-31T00:00:00Z"}', 'invalid-timestamp', '@timestamp is no date: 2024-02-31T00:00:00Z'],
    [
      '{"@timestamp":"+300000-01-01T00:00:00Z"}',
      'timestamp-out-of-range',
      '@timestamp is beyond the years -271821 to 275760: +300000-01-01T00:00:00Z',
    ],
    [
      '{"@timestamp":"300000-01-01"}',
      'timestamp-out-of-range',
      '@timestamp is beyond the years -271821 to 275760: 300000-01-01',
    ],
    [
      '{"@timestamp":9e15}',
      'timestamp-out-of-range',
      '@timestamp is beyond the years -271821 to 275760: 9000000000000000',
    ],
    [
      '{"@timestamp":"99999999999999999"}',
      'timestamp-out-of-range',
      '@timestamp is beyond the years -271821 to 275760: 99999999999999999',
    ],
    [
      '{"@timestamp":1234567890123456789012}',
      'timestamp-out-of-range',
      '@timestamp is beyond the years -271821 to 275760: 1234567890123456789012',
    ],
  ])('skips %s', (line, kind, detail) => {
    expect(decode(line)).toEqual({
      record: null,
      problems: [{ kind, source: 'in.ndjson', line: 7, detail }],
    });
  });

  it.each(['{"@timestamp":1}', '{"@timestamp":1,"event":{"category":null}}', '{"@timestamp":1,"event.category":[]}'])(
    'delivers %s although it has no category',
    (line) => {
      const { record, problems } = decode(line);
      expect(record).not.toBeNull();
      expect(problems).toEqual([
        { kind: 'missing-category', source: 'in.ndjson', line: 7, detail: 'the event has no event.category' },
      ]);
    },
  );

  it('delivers an event with invalid UTF-8', () => {
    const line = Buffer.concat([
      Buffer.from('{"@timestamp":1,"event.category":"x","a":"'),
      Buffer.from([0xff, 0x41]),
      Buffer.from('"}'),
    ]);
    const { record, problems } = decode(line);
    expect(record?.event['a']).toBe('\ufffdA');
    expect(problems.map(({ kind }) => kind)).toEqual(['invalid-utf8']);
  });
});

describe('skipsLine', () => {
  it('tells problems that cost an event from others', () => {
    expect(skipsLine('invalid-json')).toBe(true);
    expect(skipsLine('line-too-long')).toBe(true);
    expect(skipsLine('missing-category')).toBe(false);
    expect(skipsLine('invalid-utf8')).toBe(false);
  });
});
