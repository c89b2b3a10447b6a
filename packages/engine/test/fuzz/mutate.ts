import fc from 'fast-check';

/** Pieces of the language and of other languages, characters that read as something else, and broken ones. */
const PIECES = [
  'process', 'any', 'where', 'sequence', 'sample', 'join', 'by', 'with', 'maxspan', 'runs', 'until', 'in', 'in~', 'not',
  'and', 'or', 'like~', 'regex', 'of', 'child', 'as', 'fork', 'null', 'true', 'false', 'length', 'concat', 'number',
  ':', '==', '=', '!=', '<', '>=', '(', ')', '[', '![', ']', ',', '.', '?', '|', '+', '-', '*', '/', '%', '~', '$x',
  '0', '1', '-1', '1.5', '1e999', '5s', '99999999999999999999', '"x"', '"*"', '""', '"""', '"', '`', "'", '/*', '*/', '//',
  '\n', '\r', '\t', '\\', '\\u{', '\u0000', '\u2028', '\ud800', '\udc00', '😀', 'é', 'İ', '\ufeff', '{1,9}', '(?=', '[[:', '&&',
]; // prettier-ignore

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
);

/** One change of a text. Places are fractions of its length, so that they fit every text. */
type Mutation = (text: string) => string;

const place = fc.double({ min: 0, max: 1, noNaN: true });
const span = fc.tuple(place, fc.nat({ max: 30 }));
const at = (text: string, fraction: number): number => Math.floor(fraction * text.length);

function mutation(others: readonly string[]): fc.Arbitrary<Mutation> {
  return fc.oneof(
    fc.tuple(place, piece).map(([where, inserted]): Mutation => (text) => {
      const from = at(text, where);
      return text.slice(0, from) + inserted + text.slice(from);
    }),
    fc.tuple(span, piece).map(([[where, length], inserted]): Mutation => (text) => {
      const from = at(text, where);
      return text.slice(0, from) + inserted + text.slice(from + length);
    }),
    span.map(([where, length]): Mutation => (text) => {
      const from = at(text, where);
      return text.slice(0, from) + text.slice(from + length);
    }),
    fc.tuple(span, place).map(([[where, length], target]): Mutation => (text) => {
      const copied = text.slice(at(text, where), at(text, where) + length);
      const to = at(text, target);
      return text.slice(0, to) + copied + text.slice(to);
    }),
    fc.tuple(place, place, fc.constantFrom(...others)).map(
      ([where, from, other]): Mutation =>
        (text) =>
          text.slice(0, at(text, where)) + other.slice(at(other, from)),
    ),
  );
}

/** A valid text after a few changes: some are still valid, and most are so nearly. */
export function mutated(seeds: readonly string[], most = 4): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...seeds), fc.array(mutation(seeds), { maxLength: most }))
    .map(([seed, mutations]) => mutations.reduce((text, mutate) => mutate(text), seed));
}
