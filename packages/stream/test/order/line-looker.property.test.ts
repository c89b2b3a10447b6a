import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareTimestamps, parseTimestamp, type Timestamp } from '@eqlkit/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines, type ReadLinesOptions } from '../../src/lines/read-lines.js';
import { LineLooker } from '../../src/order/line-looker.js';
import { createTimestampScanner } from '../../src/order/timestamp-scanner.js';
import type { EventSource } from '../../src/sources/event-source.js';
import { makeFolder } from '../make-folder.js';

const SEED = 20_261_125;

const FIELDS = ['@timestamp', 't', 'time', 'ä', ''];

/** Longer lines are reported. */
const MAX_LINE_BYTES = 300;

const usualTime = fc
  .tuple(
    fc.constantFrom('2026-01-12T08:00:00', '2026-01-12T08:00:01', '2024-02-29T23:59:59', '1969-12-31T23:59:59'),
    fc.constantFrom('', '.5', '.014', '.123456789', '.000000001', '.999'),
  )
  .map(([second, fraction]) => `"${second}${fraction}Z"`);

const oddTime = fc.constantFrom(
  ...['1700000000000', '-5', '1.5', '1e3', 'null', '{}', '["2026-01-12T08:00:00Z"]', '"1700000000000"', '"soon"', '""'],
  ...['"2026-01-12T08:00:00.1234567891Z"', '"2026-01-12T08:00:00.Z"', '"2026-01-12T08:00:00.5z"', '"2026-01-12"'],
  ...['"2026-01-12T08:00:00+01:00"', '"2026-01-12 08:00:00Z"', '"2023-02-29T08:00:00Z"', '"2026-01-12T24:00:00Z"'],
  ...['"2026-01-12T08:00:00Z', '"2026-01-12T08:00:00\\/Z"', '"0099-01-01T00:00:00Z"', '"2026-01-12T08:00:00Z ,'],
);

/** A line of a file; `key` is written where the field of the timestamp may be. */
function lineOf(key: string, time: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const member = fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .tuple(fc.constantFrom('', ' ', ' \t'), time)
        .map(([blank, value]) => `"${key}"${blank}:${blank}${value}`),
    },
    // What looks like the key, or hides one.
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        `"x${key}":1`,
        `"x${key}":"2026-01-12T08:00:00Z"`,
        `"a":"${key}"`,
        `"a":"\\"${key}\\":1"`,
        `${key}":1`,
        `"${key}`,
      ),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom('"\\u0040timestamp":1', '"a":"\\u2028"', '"a":"C:\\\\users\\\\u0041"', '"a":"\\\\"'),
    },
  );
  const other = fc.oneof(
    fc.nat({ max: 80 }).map((length) => `"pad":"${'ü'.repeat(length)}"`),
    fc.constantFrom('"a":{"b":[1,2]}', '"ä":"T:\\\\ü"', '"a":"}"'),
  );
  return fc
    .tuple(
      fc.array(other, { maxLength: 2 }),
      fc.array(member, { minLength: 1, maxLength: 1 }),
      fc.array(fc.oneof({ weight: 3, arbitrary: other }, member), { maxLength: 2 }),
    )
    .map((members) => `{${members.flat().join(',')}}`);
}

const fileOf = (key: string): fc.Arbitrary<string> => {
  const line = fc.oneof(
    { weight: 20, arbitrary: lineOf(key, usualTime) },
    { weight: 4, arbitrary: lineOf(key, oddTime) },
    {
      weight: 2,
      arbitrary: fc.constantFrom('', '  ', '\t', '{}', 'nonsense', `"${key}"`, `${key}":"2026-01-12T08:00:00Z"`),
    },
    {
      weight: 1,
      arbitrary: fc
        .nat({ max: 400 })
        .map((length) => `{"${key}":"2026-01-12T08:00:00Z","pad":"${'x'.repeat(length)}"}`),
    },
  );
  return fc
    .tuple(
      fc.constantFrom('', '\ufeff', '\n', '\ufeff\n'),
      fc.array(fc.tuple(line, fc.constantFrom('\n', '\n', '\n', '\r\n', '\n\n', '\r\r\n')), { maxLength: 40 }),
      fc.constantFrom('', '{"a":1}'),
    )
    .map(([start, lines, end]) => `${start}${lines.flat().join('')}${end}`);
};

/** What a look finds out about a line, or what is wrong with it. */
type Finding = readonly [line: number, offset: number | null, lineBytes: number, Timestamp | null] | string;

/** Looks at a file line by line, or many lines at a time as far as a looker takes them. */
async function lookAt(
  source: EventSource,
  { field, chunkBytes, strict }: { readonly field: string; readonly chunkBytes: number; readonly strict: boolean },
  looker: LineLooker | null,
): Promise<{ readonly findings: readonly Finding[]; readonly taken: number }> {
  const findings: Finding[] = [];
  let taken = 0;
  const scan = createTimestampScanner(field);
  const options: ReadLinesOptions = {
    format: 'ndjson',
    chunkBytes,
    maxLineBytes: MAX_LINE_BYTES,
    recyclesMemory: true,
    ...(looker !== null && { chunkRing: looker.chunkRing }),
    onLine: (buffer, start, end, line, offset) => {
      findings.push([line, offset, end - start, scan(buffer, start, end)]);
    },
    takeLines: (buffer, start, line, offset) => {
      const found = looker?.look(buffer, start, offset) ?? null;
      if (found === null) return null;
      const times = Array.from(found.ms.subarray(0, found.count), (ms, index) => ({ ms, ns: found.ns[index] ?? 0 }));
      times.forEach((time, index) => {
        findings.push([line + index, found.offsets[index] ?? null, found.sizes[index] ?? 0, time]);
      });
      const broken = times.findIndex((time, index) => isBefore(time, times[index - 1], strict));
      expect(found.orderedCount).toBe(broken === -1 ? found.count : broken);
      expect(found.hasNs).toBe(times.some(({ ns }) => ns !== 0));
      taken += found.count;
      return found;
    },
    onProblem: (kind, line, detail) => findings.push(`${String(line)} ${kind} ${detail}`),
  };
  for await (const bytes of readLines(source, options)) expect(bytes).toBeGreaterThanOrEqual(0);
  return { findings, taken };
}

/** Whether a timestamp is out of order behind another one. */
function isBefore({ ms, ns }: Timestamp, before: Timestamp | undefined, strict: boolean): boolean {
  if (before === undefined) return false;
  const distance = compareTimestamps({ ms, ns }, before);
  return distance < 0 || (distance === 0 && strict);
}

describe(`LineLooker against the scanner of one line (seed ${String(SEED)})`, () => {
  it.each(FIELDS)('finds the same lines and timestamps in any file, in chunks of any size, field %j', async (field) => {
    const path = join(await makeFolder(), 'events.ndjson');
    let taken = 0;
    let lines = 0;
    await fc.assert(
      fc.asyncProperty(
        fileOf(field),
        fc.integer({ min: 1, max: 3_000 }),
        fc.boolean(),
        async (content, chunkBytes, strict) => {
          await writeFile(path, content);
          const source: EventSource = { name: path, kind: 'file', path, sizeBytes: Buffer.byteLength(content) };
          const looker = LineLooker.create({ field, strict, chunkBytes, maxLineBytes: MAX_LINE_BYTES });
          const found = await lookAt(source, { field, chunkBytes, strict }, looker);
          expect(found.findings).toEqual((await lookAt(source, { field, chunkBytes, strict }, null)).findings);
          taken += found.taken;
          lines += found.findings.length;
        },
      ),
      { seed: SEED, numRuns: 200 },
    );
    // Of a looker that takes hardly any line nothing would have been shown. A quote occurs more often than once.
    if (field !== '') expect(taken).toBeGreaterThan(lines / 10);
  });

  it('reads every date and time as the engine does, or leaves it', () => {
    const looker = LineLooker.create({ field: 't', strict: false, chunkBytes: 1_000, maxLineBytes: MAX_LINE_BYTES });
    const digits = (max: number, length = 2): fc.Arbitrary<string> =>
      fc.nat({ max }).map((number) => String(number).padStart(length, '0'));
    const date = fc.tuple(digits(9_999, 4), digits(13), digits(32)).map((parts) => parts.join('-'));
    const time = fc.tuple(digits(24), digits(60), digits(60)).map((parts) => parts.join(':'));
    const fraction = fc.oneof(fc.constant(''), fc.stringMatching(/^\.\d{1,9}$/u));
    const valid = fc
      .date({ min: new Date('0100-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
      .map((one) => one.toISOString().slice(0, -5));
    let taken = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          valid,
          fc.tuple(date, time).map((parts) => parts.join('T')),
        ),
        fraction,
        (second, rest) => {
          const text = `${second}${rest}Z`;
          const found = looker?.look(Buffer.from(`{"t":"${text}"}\n`), 0, 0) ?? null;
          if (found === null) return;
          taken += 1;
          expect({ ms: found.ms[0], ns: found.ns[0] }, text).toEqual(parseTimestamp(text));
        },
      ),
      { seed: SEED, numRuns: 20_000 },
    );
    expect(taken).toBeGreaterThan(9_000);
  });

  it('takes no line that goes on behind what was read, whatever stands there', () => {
    const line = '{"t":"2026-01-12T08:00:00.5Z"}';
    for (let padding = 0; padding < 40; padding += 1) {
      const looker = LineLooker.create({ field: 't', strict: false, chunkBytes: 1_000, maxLineBytes: MAX_LINE_BYTES });
      const [chunk] = looker?.chunkRing ?? [];
      const text = `${line}\n${line}${' '.repeat(padding)}`;
      // As memory is used again, whole lines may follow.
      chunk?.write(`${text}\n${line}\n`);
      const found = chunk && looker?.look(chunk.subarray(0, text.length), 0, 0);
      expect([found?.count, found?.end], `${String(padding)} blanks`).toEqual([1, line.length + 1]);
    }
  });

  it('takes no quote for that of a key that stands before what was read', () => {
    const looker = LineLooker.create({ field: 't', strict: false, chunkBytes: 1_000, maxLineBytes: MAX_LINE_BYTES });
    const [chunk] = looker?.chunkRing ?? [];
    const text = '"t":"2026-01-12T08:00:00Z"}\n';
    chunk?.write(text);
    expect(chunk && looker?.look(chunk.subarray(0, text.length), 0, 0)?.count).toBe(1);
    expect(chunk && looker?.look(chunk.subarray(1, text.length), 0, 0)).toBeNull();
  });

  it('makes none for fields that a line can hold in other ways than as one plain key', () => {
    const limits = { strict: false, chunkBytes: 100, maxLineBytes: 100 };
    expect(['event.created', 'a"b', 'a\\b', '\u0001'].map((field) => LineLooker.create({ field, ...limits }))).toEqual(
      Array.from({ length: 4 }, () => null),
    );
  });
});
