import type { JsonObject, JsonValue } from '@eqlkit/engine';
import type { DialectName } from '@eqlkit/language';
import fc from 'fast-check';

/** What a field of generated events may hold. */
type Values = readonly (string | number | boolean | null)[];

/** Fields of which ECS says that they have one value, of several types; among the values are spellings of each other. */
const SINGLE: Readonly<Record<string, Values>> = {
  'process.name': ['curl', 'CURL', 'a', 'b', 'A', 'ab', '', '7', 'c*', 'x\\y', '^a$', 'ß', 'SS', 'ſ', 'K'],
  'process.pid': [0, 1, 2, 7, '7', -1, 1.5, 2 ** 53],
  'user.id': ['0', 0, 7, '7', '07', 'a', 'A', true, 'true'],
  'destination.ip': ['10.1.2.3', '10.0.0.1', '11.0.0.1', '10.0.0.0/8', '::1', '::ffff:10.1.2.3'],
  'process.interactive': [true, false, 'true', 'false'],
};

/** Fields that may have several values, or of which nobody knows. */
const SEVERAL: Readonly<Record<string, Values>> = {
  'process.args': ['a', 'A', 'b', 'ab', '7', 7, '', 'curl'],
  'Own.field': ['a', 'A', 'b', 1, 2, 7, '7', true],
};

const NAMES = [...Object.keys(SINGLE), ...Object.keys(SEVERAL)];

const TEXTS = [
  'a',
  'A',
  'b',
  'ab',
  'curl',
  'CURL',
  '7',
  '',
  'a*',
  '*a',
  '*',
  'a?',
  '?',
  '10.0.0.1',
  'true',
  'c*',
  'K',
  'ß',
];
const REGEXES = [
  'a',
  'a.*',
  '.*a',
  'a|b',
  'a\\\\.b',
  '.',
  '.*',
  'a.b',
  '[ab]',
  '^a',
  'a$',
  'cur.',
  'a\\\\*',
  'CURL',
  '',
];
const BLOCKS = [
  '10.0.0.0/8',
  '10.1.2.3/8',
  '10.1.0.0/16',
  '10.1.2.3',
  '10.1.2.3/32',
  '::1',
  '::/0',
  '0.0.0.0/0',
  '11.0.0.0/8',
];

const field = fc.constantFrom(...NAMES);
const few = fc.constantFrom('process.name', 'process.name', 'process.pid', 'process.args', 'Own.field', 'user.id');
const quoted = (texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts).map((text) => `"${text}"`);
const text = quoted(TEXTS);
const number = fc.constantFrom('0', '1', '2', '7', '-1', '1.5', '9007199254740993');
const literal = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 2, arbitrary: number },
  fc.constantFrom('true', 'false'),
);

/** Texts between parentheses, with what people leave between them. */
function listOf(item: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const separator = fc.constantFrom(', ', ',', ',\n  ', ' , ', ', /* why */ ');
  return fc
    .tuple(fc.array(item, { minLength: 1, maxLength: 4 }), separator)
    .map(([items, between]) => `(${items.join(between)})`);
}

/** A comparison, list, pattern or call. */
function leaf(dialect: DialectName, path: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const words = (...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
    fc.tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))).map((all) => all.join(' '));
  const optional = dialect === 'elasticsearch' ? fc.constantFrom('', '', '', '?') : fc.constant('');
  const name = fc.tuple(optional, path).map(([mark, of]) => `${mark}${of}`);
  const tilde = dialect === 'endgame' ? fc.constant('') : fc.constantFrom('', '~');
  const membership = words(
    name,
    fc.constantFrom('', 'not'),
    tilde.map((mark) => `in${mark}`),
    listOf(literal),
  );
  const common = [
    { weight: 6, arbitrary: words(name, fc.constantFrom('==', '!='), literal) },
    { weight: 4, arbitrary: words(name, fc.constantFrom('<', '<=', '>', '>='), number) },
    { weight: 4, arbitrary: membership },
    { weight: 2, arbitrary: words(name, fc.constantFrom('==', '!='), 'null') },
    { weight: 1, arbitrary: words(name, fc.constantFrom('==', '!=', '<', '>='), name) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('true', 'false', '1 == 1', '1 == 2', '"a" == "A"', '1 + 1 == 2', 'null == null'),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(name, fc.array(quoted(BLOCKS), { minLength: 1, maxLength: 4 }))
        .map(([path, blocks]) => `cidrMatch(${path}, ${blocks.join(', ')})`),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('startsWith', 'endsWith', 'stringContains'), name, text)
        .map(([call, path, part]) => `${call}(${path}, ${part})`),
    },
    {
      weight: 1,
      arbitrary: words(
        name.map((path) => `length(${path})`),
        fc.constantFrom('==', '>', '<'),
        number,
      ),
    },
  ];
  if (dialect === 'endgame') {
    const call = fc.tuple(name, text, text).map(([path, one, other]) => `wildcard(${path}, ${one}, ${other})`);
    return fc.oneof(...common, { weight: 2, arbitrary: call });
  }
  const patterns = (operator: string, texts: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    words(name, operator, fc.oneof(texts, listOf(texts)));
  const regexes = quoted(REGEXES);
  return fc.oneof(
    ...common,
    { weight: 3, arbitrary: patterns(':', text) },
    { weight: 2, arbitrary: patterns('like', text) },
    { weight: 2, arbitrary: patterns('like~', text) },
    { weight: 2, arbitrary: patterns('regex', regexes) },
    { weight: 1, arbitrary: patterns('regex~', regexes) },
  );
}

/** A condition whose parts are often about the same few fields, so that they contradict or repeat each other. */
function conditions(dialect: DialectName): fc.Arbitrary<string> {
  const one = leaf(dialect, fc.oneof(field, few));
  const ofOneField = fc.oneof(field, few).chain((path) => {
    const leaves = leaf(dialect, fc.constant(path));
    return fc.tuple(leaves, fc.constantFrom(' and ', ' and ', ' or '), leaves).map((parts) => parts.join(''));
  });
  const { condition } = fc.letrec<{ condition: string }>((tie) => {
    const parts = fc.array(tie('condition'), { minLength: 2, maxLength: 3 });
    const alike = fc.tuple(one, one).map(([first, other]) => [first, other, first]);
    const joined = fc
      .tuple(
        fc.oneof({ weight: 5, arbitrary: parts }, { weight: 1, arbitrary: alike }),
        fc.constantFrom(' and ', ' or ', '\n and ', '\n or '),
      )
      .map(([some, operator]) => some.join(operator));
    return {
      condition: fc.oneof(
        { maxDepth: 3, depthIdentifier: 'condition' },
        { weight: 4, arbitrary: one },
        { weight: 3, arbitrary: ofOneField },
        { weight: 3, arbitrary: joined },
        { weight: 2, arbitrary: joined.map((some) => `(${some})`) },
        { weight: 1, arbitrary: tie('condition').map((some) => `not (${some})`) },
        { weight: 1, arbitrary: one.map((some) => `not ${some}`) },
      ),
    };
  });
  return condition;
}

/** A query for single events, or a sequence, sample or join with keys. */
export function queries(dialect: DialectName): fc.Arbitrary<string> {
  const condition = conditions(dialect);
  const event = condition.map((some) => `any where ${some}`);
  const keys = fc.constantFrom(
    '',
    '',
    'process.name',
    'process.pid',
    'user.id',
    'Own.field',
    'process.pid, process.name',
  );
  const kinds = dialect === 'elasticsearch' ? ['sequence', 'sequence', 'sample'] : ['sequence'];
  const stages = fc.array(event, { minLength: 2, maxLength: 3 });
  const until = fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, event);
  const several = fc
    .tuple(fc.constantFrom(...kinds), keys, stages, until, fc.boolean())
    .map(([kind, by, all, end, repeat]) => {
      const key = kind === 'sample' && by === '' ? ' by process.pid' : by === '' ? '' : ` by ${by}`;
      // Here until is often what an earlier stage asks.
      const last = kind === 'sequence' && end !== null ? ` until [${repeat ? (all[0] ?? end) : end}]` : '';
      return `${kind}${key}${all.map((stage) => `\n  [${stage}]`).join('')}${last}`;
    });
  return fc.oneof({ weight: 3, arbitrary: event }, { weight: 1, arbitrary: several });
}

/** Events of random fields, one each second. */
export const events: fc.Arbitrary<readonly JsonObject[]> = fc
  .array(fc.record(valuesOf(), { requiredKeys: [] }), { minLength: 24, maxLength: 24 })
  .map((all) =>
    all.map((fields, second) => ({ ...fields, id: second, '@timestamp': second * 1000, 'event.category': 'process' })),
  );

function valuesOf(): Record<string, fc.Arbitrary<JsonValue>> {
  const single = Object.entries(SINGLE).map(([name, values]) => [name, fc.constantFrom<JsonValue>(...values, null)]);
  const several = Object.entries(SEVERAL).map(([name, values]) => [
    name,
    fc.oneof(
      fc.constantFrom<JsonValue>(...values, null),
      fc.array(fc.constantFrom<JsonValue>(...values), { maxLength: 4 }),
    ),
  ]);
  return Object.fromEntries([...single, ...several]) as Record<string, fc.Arbitrary<JsonValue>>;
}
