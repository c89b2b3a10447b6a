import { gzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { encodeEvent } from '../../src/decode/encode-event.js';
import type { EventFormat } from '../../src/formats/event-format.js';
import { collectOrdered, collectRead } from '../collect-events.js';
import { makeSource } from '../make-folder.js';

const SOURCES = [
  { '@timestamp': '2024-01-01T00:00:00Z', event: { category: ['process'] }, id: 1, text: 'a "quoted", text\n' },
  { '@timestamp': '2024-01-01T00:00:01Z', event: { category: ['file'] }, id: 2, list: [1, 2] },
];
const HITS = SOURCES.map((source, index) => ({ _index: 'logs', _id: `x${String(index)}`, _score: 1, _source: source }));
const UNWRAPPED = HITS.map(({ _index, _id, _source }) => ({ _index, _id, ..._source }));

function lines(values: readonly object[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

async function read(content: string | Buffer, options: { format?: EventFormat; chunkBytes?: number } = {}) {
  const { records, problems } = await collectRead(await makeSource(content), options);
  return { events: records.map(({ event }) => event), problems: problems.map(({ kind }) => kind) };
}

describe('events are read', () => {
  it.each([
    ['one per line', lines(SOURCES), SOURCES],
    ['from a list', JSON.stringify(SOURCES), SOURCES],
    ['from a list over several lines', JSON.stringify(SOURCES, null, 2), SOURCES],
    ['from objects over several lines', SOURCES.map((source) => JSON.stringify(source, null, 2)).join('\n'), SOURCES],
    ['from hits, one per line', lines(HITS), UNWRAPPED],
    ['from a list of hits', JSON.stringify(HITS), UNWRAPPED],
    [
      'from the response of a search',
      JSON.stringify({ took: 5, hits: { total: { value: 2 }, hits: HITS } }),
      UNWRAPPED,
    ],
    ['from one over several lines', JSON.stringify({ took: 5, hits: { hits: HITS } }, null, 4), UNWRAPPED],
    ['from the answer to EQL', JSON.stringify({ is_partial: false, took: 1, hits: { events: HITS } }), UNWRAPPED],
    [
      'from sequences of an answer',
      JSON.stringify({ took: 1, hits: { total: {}, sequences: [{ join_keys: ['a'], events: HITS }] } }),
      UNWRAPPED,
    ],
    [
      'from a bulk body',
      HITS.map(({ _source, ...action }) => lines([{ create: action }, _source])).join(''),
      UNWRAPPED,
    ],
    ['from a bulk body without addresses', SOURCES.map((source) => lines([{ index: {} }, source])).join(''), SOURCES],
  ])('%s, also in small pieces and compressed', async (_about, content, expected) => {
    for (const [bytes, chunkBytes] of [
      [content, 1 << 20],
      [content, 5],
      [gzipSync(content), 64],
    ] as const) {
      expect(await read(bytes, { chunkBytes })).toEqual({ events: expected, problems: [] });
    }
  });

  it('with every digit of an integer', async () => {
    const source = '{"@timestamp":1,"event.category":"c","n":18446744073709551615}';
    for (const content of [
      `[${source}]`,
      `{"_id":"a","_source":${source}}\n`,
      `{"hits":{"hits":[{"_source":${source}}]}}`,
    ]) {
      const { events } = await read(content);
      expect(events.map(encodeEvent).join('')).toContain('"n":18446744073709551615');
    }
  });

  it('from deletes and updates of a bulk body not at all', async () => {
    const body = lines([
      { delete: { _id: 'a' } },
      { update: { _id: 'b' } },
      { doc: { x: 1 } },
      { index: {} },
      SOURCES[0] ?? {},
    ]);
    expect((await read(body)).events).toEqual([SOURCES[0]]);
  });

  it('from standard input, whatever their format', async () => {
    const stdin = Readable.from([Buffer.from(JSON.stringify(SOURCES))]);
    const { records } = await collectOrdered([{ name: 'stdin', kind: 'stdin' }], { stdin });
    expect(records.map(({ event }) => event)).toEqual(SOURCES);
  });

  it('in order, from a file that is not', async () => {
    const many = Array.from({ length: 3_000 }, (_, id) => ({
      '@timestamp': (id * 7919) % 3_000,
      'event.category': 'c',
    }));
    const { records } = await collectOrdered([await makeSource(JSON.stringify(many))], {
      limits: { maxBufferedEvents: 10 },
    });
    expect(records.map(({ timestamp }) => timestamp.ms)).toEqual(many.map((_, id) => id));
  });
});

describe('JSON that ends early', () => {
  it('gives what precedes the end, and is reported', async () => {
    const whole = JSON.stringify(SOURCES);
    const { events, problems } = await read(whole.slice(0, -20));
    expect(events).toEqual(SOURCES.slice(0, 1));
    expect(problems).toEqual(['truncated-input']);
  });
});

describe('CSV', () => {
  const HEAD = '@timestamp,event.category,process.name,process.args,note\n';

  it('has dotted fields, texts, lists as JSON, and no empty cells', async () => {
    const body = `${HEAD}2024-01-01T00:00:00Z,process,"a ""b"", c","[""-x"",""y""]",\n2024-01-02,file,007,{no json},"two\nlines"\n`;
    for (const chunkBytes of [1 << 20, 3]) {
      expect(await read(body, { chunkBytes })).toEqual({
        events: [
          {
            '@timestamp': '2024-01-01T00:00:00Z',
            'event.category': 'process',
            'process.name': 'a "b", c',
            'process.args': ['-x', 'y'],
          },
          {
            '@timestamp': '2024-01-02',
            'event.category': 'file',
            'process.name': '007',
            'process.args': '{no json}',
            note: 'two\nlines',
          },
        ],
        problems: [],
      });
    }
  });

  it.each([';', '\t'])(
    'may be separated by %j, begin with a byte-order mark and end lines as Windows does',
    async (delimiter) => {
      const body = `\uFEFF${['@timestamp', 'event.category'].join(delimiter)}\r\n${['1', 'c'].join(delimiter)}\r\n`;
      expect((await read(body)).events).toEqual([{ '@timestamp': '1', 'event.category': 'c' }]);
    },
  );

  it('may have names that every object has', async () => {
    const { events } = await read('@timestamp,event.category,__proto__\n2,c,x\n');
    expect(Object.keys(events[0] ?? {})).toContain('__proto__');
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it('gives records with too few or too many cells, and reports each with its line', async () => {
    const text = '\n@timestamp,event.category,note\n1,c\n\n2,c,"a\nb"\n3,c,d,"e",\n4,c,d,\n5,c,d,e\u001b,f\n';
    for (const [content, chunkBytes] of [
      [text, 1 << 20],
      [text, 3],
      [text.replaceAll('\n', '\r\n'), 7],
    ] as const) {
      const source = await makeSource(content);
      const { records, problems } = await collectRead(source, { chunkBytes });
      expect(records.map(({ event, line }) => [event['@timestamp'], line])).toEqual([
        ['1', 3],
        ['2', 5],
        ['3', 7],
        ['4', 8],
        ['5', 9],
      ]);
      expect(records[2]?.event).toEqual({ '@timestamp': '3', 'event.category': 'c', note: 'd' });
      // A cell too many that holds nothing is only a separator at the end of the line.
      expect(problems).toEqual([
        { kind: 'uneven-record', source: source.name, line: 3, detail: '2 cells where the header has 3 names' },
        {
          kind: 'uneven-record',
          source: source.name,
          line: 7,
          detail: '5 cells where the header has 3 names; left out: "e"',
        },
        {
          kind: 'uneven-record',
          source: source.name,
          line: 9,
          detail: '5 cells where the header has 3 names; left out: "e\\u001b", "f"',
        },
      ]);
    }
  });

  it.each([
    ['a,@timestamp,b,a\n1,2,3,4\n', 'line 1, column 4: the name "a" is that of column 1, too; rename one of the two'],
    ['\n@timestamp,,b\n1,2,3\n', 'line 2, column 2 has no name; give it one, or take the column out'],
    ['@timestamp,b,\n1,2,3\n', 'line 1, column 3 has no name; give it one, or take the column out'],
  ])('with the header of %j is told with its cure, and not read', async (text, message) => {
    for (const options of [{}, { format: 'csv' as const }]) {
      const { records, problems } = await collectRead(await makeSource(text), options);
      expect(records).toEqual([]);
      expect(problems.map(({ kind, detail }) => [kind, detail])).toEqual([['truncated-input', message]]);
    }
  });

  it('keeps every digit of integers in lists, and line breaks out of lines', async () => {
    const { events } = await read(
      '@timestamp,event.category,list\n1,c,"[18446744073709551615,\n{""a"":-9007199254740993}]"\n',
    );
    expect(events).toEqual([
      { '@timestamp': '1', 'event.category': 'c', list: [18_446_744_073_709_551_615n, { a: -9_007_199_254_740_993n }] },
    ]);
  });

  it('takes a cell for text that is nested too deeply to be a list', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const { events, problems } = await read(`@timestamp,event.category,deep\n1,c,"${deep}"\n2,c,d\n`);
    expect(events.map(({ deep: cell }) => cell)).toEqual([deep, 'd']);
    expect(problems).toEqual([]);
  });

  it('is read where it is declared, though it does not look like it', async () => {
    expect((await read('@timestamp\n1\n', { format: 'csv' })).events).toEqual([{ '@timestamp': '1' }]);
  });

  it('is not read where it is declared, but the first line is JSON', async () => {
    const list = `${JSON.stringify(SOURCES)}\n`;
    for (const text of [lines(SOURCES), list]) {
      const { events, problems } = await read(text, { format: 'csv' });
      expect(events).toEqual([]);
      expect(problems).toEqual(['truncated-input']);
    }
  });
});
