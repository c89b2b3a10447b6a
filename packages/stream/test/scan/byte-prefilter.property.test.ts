import { compileFieldReader, type FieldProbe, type JsonObject, type JsonValue } from '@eqlkit/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BytePrefilter } from '../../src/scan/byte-prefilter.js';
import { EventScanner } from '../../src/scan/event-scanner.js';

const SEED = 20_261_125;

const PATHS = [{ parts: ['name'] }, { parts: ['file', 'path'] }, { parts: ['count'] }];

/** Texts that are looked for, in small letters; some agree in length, beginning and end, one holds a letter beyond ASCII. */
const SOUGHT = [
  'cmd.exe',
  'x',
  '',
  '42',
  'true',
  'c:\\windows\\a\\host.exe',
  'c:\\windows\\b\\host.exe',
  'straße.exe',
  'k.exe',
  'y'.repeat(300),
];

const GRAMS = ['.exe', 'temp', '\\a\\h', '4242', 'yyyy'];

/** The letters U+212A and U+0130 become `k` and `i`, and U+017F becomes `s` in other ways of ignoring case. */
const value = fc.oneof(
  fc.constantFrom(...SOUGHT),
  fc.constantFrom(...SOUGHT).map((text) => text.toUpperCase()),
  fc.constantFrom('\u212a.exe', 'cmd.\u0130xe', 'C:\\Users\\temp\\a.txt', 'notepad', '\u0000', 'a"b', 'temp\u{1f600}'),
  fc.string({ maxLength: 10 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom(42, 42.5, -42, 0, 4_242_424_242, 1e21, true, false, null),
  fc.string({ minLength: 4090, maxLength: 4100 }),
);

const document: fc.Arbitrary<JsonValue> = fc.oneof(
  value,
  fc.array(value, { maxLength: 3 }),
  fc.constantFrom<JsonValue>({ deep: 'cmd.exe' }, [['cmd.exe']], [{ deep: 1 }], [' ', 'cmd.exe']),
);

const event: fc.Arbitrary<JsonObject> = fc
  .record({ name: document, path: document, count: document, nested: fc.constantFrom('nested', 'dotted', 'listed') })
  .map(({ name, path, count, nested }) => ({
    name,
    count,
    ...(nested === 'dotted' ? { 'file.path': path } : { file: nested === 'listed' ? [{ path }, {}] : { path } }),
  }));

/** How a line writes an event. */
const writing = fc.constantFrom<(event: JsonObject) => string>(
  (one) => JSON.stringify(one),
  (one) => JSON.stringify(one, null, 1).replaceAll('\n', ' '),
  (one) => JSON.stringify(one).replaceAll('.exe', '\\u002eexe'),
  (one) => JSON.stringify(one).replaceAll('/', '\\/'),
);

const line = fc.tuple(event, writing).map(([one, write]) => write(one));

const readers = PATHS.map(({ parts }) => compileFieldReader(parts));

/** The scalars that a field holds, as texts without regard to case. */
function textsOf(found: JsonValue | undefined): readonly string[] {
  if (found === undefined || found === null) return [];
  if (Array.isArray(found)) return (found as readonly JsonValue[]).flatMap(textsOf);
  return typeof found === 'object' ? [] : [String(found).toLowerCase()];
}

const isSought = ({ texts, grams }: { texts: readonly string[]; grams: readonly string[] }, text: string): boolean =>
  texts.includes(text) || grams.some((gram) => text.includes(gram));

const gramNumber = (gram: string): number => Buffer.from(gram, 'latin1').readInt32BE();

const wanted = fc.record({ texts: fc.subarray(SOUGHT), grams: fc.subarray(GRAMS) });

function toProbe(path: number, { texts, grams }: { texts: readonly string[]; grams: readonly string[] }): FieldProbe {
  return { path, texts, grams: grams.map(gramNumber) };
}

function createScanner(): { scanner: EventScanner; prefilter: BytePrefilter } {
  const scanner = new EventScanner(PATHS, { hasPrefilter: true });
  const { prefilter } = scanner;
  if (prefilter === null) throw new Error('there is no prefilter');
  return { scanner, prefilter };
}

const scan = (scanner: EventScanner, text: string): boolean => {
  const bytes = Buffer.from(text);
  return scanner.scan(bytes, 0, bytes.length);
};

describe(`BytePrefilter (seed ${String(SEED)})`, () => {
  it('names every field that holds what is looked for', () => {
    const { scanner, prefilter } = createScanner();
    let named = 0;
    let needed = 0;
    let asked = 0;
    fc.assert(
      fc.property(fc.tuple(wanted, wanted, wanted), fc.array(line, { maxLength: 6 }), (sought, lines) => {
        prefilter.forget();
        const probes = prefilter.addProbes(sought.map((one, path) => toProbe(path, one)));
        if (probes === null) throw new Error('there was no room');
        for (const written of lines) {
          if (!scan(scanner, written)) continue;
          const count = prefilter.sift(probes);
          const sifted = Array.from({ length: count }, (_, index) => prefilter.sifted(index));
          const parsed = JSON.parse(written) as JsonObject;
          sought.forEach((one, path) => {
            const holds = textsOf(readers[path]?.(parsed)).some((text) => isSought(one, text));
            asked += 1;
            if (holds) needed += 1;
            if (sifted.includes(path)) named += 1;
            else expect(holds, `field ${String(path)} of ${written}`).toBe(false);
          });
        }
      }),
      { seed: SEED, numRuns: 2000 },
    );
    expect(needed).toBeGreaterThan(asked / 20);
    // Where letters are beyond ASCII, numbers are no whole ones, or objects lie in lists, nothing can be told.
    expect(named).toBeLessThan(asked);
  });

  it('names hardly any field that holds something else', () => {
    const { scanner, prefilter } = createScanner();
    const probes = prefilter.addProbes([0, 1, 2].map((path) => toProbe(path, { texts: SOUGHT, grams: GRAMS })));
    if (probes === null) throw new Error('there was no room');
    let named = 0;
    for (let number = 100; number < 1100; number += 1) {
      const path = ['C:\\Windows\\System32', `"${String(number)}"`];
      expect(scan(scanner, JSON.stringify({ name: `host-${String(number)}`, file: { path }, count: number }))).toBe(
        true,
      );
      named += prefilter.sift(probes);
    }
    // A text takes one bit in at least sixteen.
    expect(named).toBeLessThan(4000 / 10);
  });

  it('follows an event only to where an event went that holds the same', () => {
    const { scanner, prefilter } = createScanner();
    let followed = 0;
    fc.assert(
      fc.property(fc.option(wanted), fc.array(line, { minLength: 4, maxLength: 24 }), (sought, lines) => {
        prefilter.forget();
        const root = prefilter.addNode(0, sought === null ? null : toProbe(0, sought));
        const nodes = new Map<string, number>();
        for (const written of lines) {
          if (!scan(scanner, written)) continue;
          const found = readers[0]?.(JSON.parse(written) as JsonObject);
          const isOther =
            found !== undefined && sought !== null && !textsOf(found).some((one) => isSought(sought, one));
          // Values that are not sought, null among them, may all lead to one node; each may also lead to its own.
          const key = isOther ? 'other' : found === undefined ? 'absent' : JSON.stringify(found);
          const reached = prefilter.follow(root);
          if (reached !== root) {
            followed += 1;
            expect(reached, written).toBe(nodes.get(key));
          }
          const node = nodes.get(key) ?? prefilter.addNode(null, null);
          nodes.set(key, node);
          prefilter.link(root, node);
          expect([root, node]).toContain(prefilter.follow(root));
        }
      }),
      { seed: SEED, numRuns: 2000 },
    );
    expect(followed).toBeGreaterThan(2000);
  });

  it('forgets all when there is no more room, and says so', () => {
    const { scanner, prefilter } = createScanner();
    const add = (): number => prefilter.addNode(0, null);
    let root = add();
    const { generation } = prefilter;
    let links = 0;
    while (prefilter.generation === generation) {
      links += 1;
      expect(scan(scanner, `{"name":"${String(links).padStart(250, 'v')}"}`)).toBe(true);
      expect(prefilter.follow(root)).toBe(root);
      prefilter.link(root, root);
    }
    expect(links).toBeGreaterThan(20_000);
    root = add();
    expect(root).toBe(0);
    expect(prefilter.follow(root)).toBe(root);
    const leaf = prefilter.addNode(null, null);
    prefilter.link(root, leaf);
    expect(prefilter.follow(root)).toBe(leaf);
    expect(scan(scanner, '{"name":"another"}')).toBe(true);
    expect(prefilter.follow(root)).toBe(root);
  });

  it('needs no more room for a value that it knows', () => {
    const { scanner, prefilter } = createScanner();
    const root = prefilter.addNode(0, null);
    const leaf = prefilter.addNode(null, null);
    expect(scan(scanner, `{"name":"${'v'.repeat(200)}"}`)).toBe(true);
    for (let count = 0; count < 100_000; count += 1) prefilter.link(root, leaf);
    expect(prefilter.generation).toBe(0);
    expect(prefilter.follow(root)).toBe(leaf);
  });

  it('refuses to look for more than it has room for', () => {
    const { prefilter } = createScanner();
    const texts = Array.from({ length: 1_000_000 }, (_, index) => `text ${String(index)}`);
    expect(prefilter.addProbes([{ path: 0, texts, grams: [] }])).toBeNull();
    expect(prefilter.addProbes([{ path: 0, texts: texts.slice(0, 1000), grams: [] }])).toBe(0);
    expect(prefilter.addNode(0, { path: 0, texts, grams: [] })).toBe(0);
    expect(prefilter.generation).toBe(0);
  });
});
