import { describe, expect, it } from 'vitest';
import { detectFormat } from '../../src/formats/detect-format.js';

function detect(text: string): string {
  const { format, isResponse } = detectFormat(Buffer.from(text));
  return isResponse ? 'response' : format;
}

describe('the format of a source', () => {
  it.each([
    ['ndjson', '{"a":1}\n{"a":2}\n'],
    ['ndjson', '{"a":[1,2]}'],
    ['ndjson', ''],
    ['ndjson', '\n\n'],
    ['ndjson', '{broken\n{"a":1}\n'],
    ['ndjson', 'oops\n{"a":1}\n'],
    ['ndjson', 'Jan 1 00:00:00 host sshd[1]: hello, world {x}\n'],
    ['ndjson', '{"took":3,"hits":{"total":1}}\n'],
    ['ndjson', '{"index":"a","n":1}\n'],
    ['ndjson', '{"took":3,"hits":{"a":[1],"hits":2},"events":[1]}\n'],
    ['json', '[{"a":1}]'],
    ['json', '\uFEFF [\n {"a":1}]'],
    ['json', '{\n  "a": 1\n}\n'],
    ['json', '{ "a": {\n  "b": 1 } }'],
    ['json', '{"a":1,\n"b":2}'],
    ['response', '{"took":3,"timed_out":false,"hits":{"total":{"value":1},"max_score":1,"hits":[{"_source":{}}]}}'],
    ['response', '{\n  "took" : 3,\n  "hits" : {\n    "hits" : [ ] } }'],
    ['response', '{"is_partial":false,"hits":{"total":{"value":1},"events":[]}}'],
    ['response', '{"id":"x","rawResponse":{"took":1,"hits":{"hits":[]}}}'],
    ['bulk', '{"index":{"_index":"a"}}\n{"a":1}\n'],
    ['bulk', '{ "create" : { } }\n{"a":1}\n'],
    ['csv', '@timestamp,event.category,process.name\n1,process,sh\n'],
    ['csv', '"@timestamp";"user.name"\n'],
    ['csv', 'time\tuser name\n'],
    ['ndjson', 'onlyone\nvalue\n'],
    ['csv', 'same,same\n1,2\n'],
    ['csv', ',@timestamp,event.category,\n'],
    ['ndjson', ',,\n'],
  ])('is %s for %j', (expected, text) => {
    expect(detect(text)).toBe(expected);
  });

  it('is told from a hostile text, too', () => {
    expect(detect(`{"took":1,${'"hits":{'.repeat(8_000)}\n`)).toBe('json');
  });

  it('is what is declared, whatever it looks like', () => {
    expect(detectFormat(Buffer.from('[1]'), 'ndjson').format).toBe('ndjson');
    expect(detectFormat(Buffer.from('a|b'), 'csv')).toEqual({
      format: 'csv',
      lookedLike: null,
      isResponse: false,
      delimiter: ',',
    });
    expect(detectFormat(Buffer.from('[1]'), 'csv').lookedLike).toBe('json');
  });
});
