import { compileFieldReader, type JsonValue } from '@eqlkit/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEventLine } from '../../src/decode/decode-event-line.js';
import { EventScanner } from '../../src/scan/event-scanner.js';

const SEED = 20_261_124;

/** Names of few letters, so that paths are found nested, dotted, mixed and twice. */
const NAMES = ['a', 'b', 'c', 'a.b', 'b.c', '__proto__', 'constructor', 'longer_name', '', 'ä'];

const PATHS = [
  ['a'],
  ['b'],
  ['a', 'b'],
  ['a', 'b', 'c'],
  ['a.b', 'c'],
  ['b', 'c'],
  ['c', 'longer_name'],
  ['__proto__'],
  ['constructor', 'a'],
  ['', 'a'],
  ['longer_name'],
  ['ä', 'a'],
  ['b', 'a', 'c'],
].map((parts) => ({ parts }));

const readers = PATHS.map(({ parts }) => compileFieldReader(parts));

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('C:\\Windows\\System32\\cmd.exe', '"', '\u2028', '\ud800', 'ü', '😀', 'x'.repeat(300)),
);

const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(true, false, null, -0, 2 ** 53, 1e21, 0.1),
);

const numberLiteral = fc.constantFrom(
  '-0',
  '9007199254740993',
  '-18446744073709551616',
  '1E5',
  '0.5e-3',
  '1e400',
  '10',
);

/** How the writer of a document spells it. */
interface Spelling {
  readonly blanks: boolean;
  /** Values, and rarely keys, have letters that are written as escapes. */
  readonly escapes: 'none' | 'values' | 'keys';
  readonly literals: readonly string[];
}

const spelling: fc.Arbitrary<Spelling> = fc.record({
  blanks: fc.boolean(),
  escapes: fc.constantFrom('none', 'none', 'none', 'values', 'values', 'values', 'values', 'keys'),
  literals: fc.array(numberLiteral, { maxLength: 4 }),
});

/** Objects as lists of members, as keys may occur twice. */
type Document =
  JsonValue | { readonly members: readonly (readonly [string, Document])[] } | { readonly list: readonly Document[] };

const { document } = fc.letrec<{ document: Document; object: Document }>((tie) => ({
  object: fc
    .array(fc.tuple(fc.constantFrom(...NAMES), tie('document')), { maxLength: 5 })
    .map((members) => ({ members })),
  document: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    scalar,
    tie('object'),
    fc.array(tie('document'), { maxLength: 4 }).map((list) => ({ list })),
  ),
}));

const line = fc
  .tuple(fc.array(fc.tuple(fc.constantFrom(...NAMES), document), { maxLength: 8 }), spelling)
  .map(([members, how]) => write({ members }, how));

/** Writes a document; blanks, escapes and number literals go where the spelling wants them. */
function write(document: Document, how: Spelling): string {
  const blank = how.blanks ? ' \t' : '';
  const writeText = (value: string, place: 'values' | 'keys'): string => {
    const plain = JSON.stringify(value);
    return how.escapes === place
      ? plain.replace(/[A-Za-z]/u, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`)
      : plain;
  };
  let literal = 0;
  const visit = (value: Document): string => {
    if (typeof value === 'string') return writeText(value, 'values');
    if (typeof value === 'number' && how.literals.length > 0)
      return how.literals[literal++ % how.literals.length] ?? '0';
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    if ('members' in value) {
      const members = value.members as readonly (readonly [string, Document])[];
      const written = members.map(
        ([key, child]) => `${blank}${writeText(key, 'keys')}:${blank}${visit(child)}${blank}`,
      );
      return `{${written.join(',') || blank}}`;
    }
    const list = ('list' in value ? value.list : []) as readonly Document[];
    return `[${list.map((child) => `${blank}${visit(child)}${blank}`).join(',') || blank}]`;
  };
  return visit(document);
}

/** The bytes of a line, with one of them changed, or cut off. */
const damaged = fc
  .tuple(line, fc.nat(), fc.nat({ max: 255 }), fc.constantFrom('replace', 'insert', 'remove', 'cut'))
  .map(([whole, place, byte, damage]) => {
    const bytes = [...Buffer.from(whole)];
    const at = bytes.length === 0 ? 0 : place % bytes.length;
    if (damage === 'replace') bytes[at] = byte;
    if (damage === 'insert') bytes.splice(at, 0, byte);
    if (damage === 'remove') bytes.splice(at, 1);
    if (damage === 'cut') bytes.length = at;
    return Buffer.from(bytes.filter((one) => one !== 0x0a));
  });

const scanner = new EventScanner(PATHS);

/** Scans a line amid others and holds what comes out against the parsed event. Returns whether it was accepted. */
function hold(bytes: Buffer): boolean {
  const before = '{"a":"before"}\n';
  const buffer = Buffer.concat([Buffer.from(before), bytes, Buffer.from('\n{"b":"behind"}\n')]);
  const [start, end] = [before.length, before.length + bytes.length];
  if (!scanner.scan(buffer, start, end)) return false;
  const decoded = decodeEventLine(buffer, start, end);
  if (decoded.kind !== 'event') throw new Error(`accepted what is no event: ${decoded.detail}`);
  expect(decoded.hasInvalidUtf8).toBe(false);
  PATHS.forEach(({ parts }, place) => {
    expect(scanner.read(place), parts.join('.')).toEqual(readers[place]?.(decoded.event));
  });
  return true;
}

describe(`EventScanner against JSON.parse (seed ${String(SEED)})`, () => {
  it('gives what the parsed event holds, for every line that it accepts', () => {
    let accepted = 0;
    let lines = 0;
    fc.assert(
      fc.property(line, (written) => {
        lines += 1;
        if (hold(Buffer.from(written))) accepted += 1;
      }),
      { seed: SEED, numRuns: 5000 },
    );
    // Names of few letters collide often; a scanner that refuses most lines would prove nothing.
    expect(accepted).toBeGreaterThan(lines / 4);
  });

  it('accepts no damaged line that is no JSON, and reads damaged values as they are', () => {
    fc.assert(
      fc.property(damaged, (bytes) => {
        hold(bytes);
      }),
      { seed: SEED, numRuns: 10_000 },
    );
  });

  it('gives the same for a line at the end of a buffer as in its middle', () => {
    fc.assert(
      fc.property(line, (written) => {
        const bytes = Buffer.from(written);
        const inMiddle = hold(bytes);
        const values = inMiddle ? PATHS.map((_, place) => scanner.read(place)) : [];
        expect(scanner.scan(bytes, 0, bytes.length)).toBe(inMiddle);
        if (inMiddle) expect(PATHS.map((_, place) => scanner.read(place))).toEqual(values);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });
});
