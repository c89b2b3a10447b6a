import type { JsonObject, JsonValue } from '@eqlkit/engine';
import type { DialectName } from '@eqlkit/language';
import fc from 'fast-check';

/*
 * Queries and events that share few fields and few values, so that many random queries meet in the same places of an
 * index and many random events satisfy some of them.
 */

const CATEGORIES = ['process', 'network', 'file'] as const;
const NAMES = ['cmd.exe', 'CMD.EXE', 'powershell.exe', 'bash', 'b', '', 'straße', 'ba sh'] as const;
const PATTERNS = [
  '*',
  'cmd*',
  '*.exe',
  'b?sh',
  'b*',
  '*s*e',
  'CMD.EXE',
  '',
  '?',
  'powershell.exe',
  '*a*',
  'str*E',
] as const;
const REGEXES = ['b.*', '[a-z]+', 'cmd\\\\.exe', '(bash|b)', '.{0,4}', ''] as const;
const PIECES = ['b', '.exe', 'CMD', 'sh', '', 'e'] as const;
const BLOCKS = ['10.0.0.0/8', '192.168.1.0/24', '::1', '0.0.0.0/0', 'fe80::/10'] as const;
const TEXT_FIELDS = ['process.name', 'user.name', 'process.args'] as const;
const KEY_FIELDS = ['host.id', 'user.name', 'process.pid'] as const;

const quoted = (texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts.map((text) => `"${text}"`));
const words = (...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((texts) => texts.join(' '));
const list = (item: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(item, { minLength: 1, maxLength: 4 }).map((items) => `(${items.join(', ')})`);
const call = (name: string, ...args: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...args).map((texts) => `${name}(${texts.join(', ')})`);
const one = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);

const name = quoted(NAMES);
const pid = fc.integer({ min: -1, max: 4 }).map(String);
const equality = one('==', '!=');
const ordering = one('<', '<=', '>', '>=');
/** Text fields, sometimes optional. */
const text = fc.tuple(one('', '', '?'), one(...TEXT_FIELDS)).map(([optional, field]) => optional + field);

const pattern = fc.oneof(
  words(text, one(':', 'like', 'like~'), fc.oneof(quoted(PATTERNS), list(quoted(PATTERNS)))),
  words(text, one('regex', 'regex~'), fc.oneof(quoted(REGEXES), list(quoted(REGEXES)))),
  call('wildcard', text, quoted(PATTERNS), quoted(PATTERNS)),
  call('match~', text, quoted(REGEXES)),
);

const leaf = fc.oneof(
  { weight: 4, arbitrary: words(text, equality, name) },
  { weight: 3, arbitrary: words(text, one('in', 'not in', 'in~'), list(name)) },
  { weight: 4, arbitrary: pattern },
  { weight: 2, arbitrary: words(one('process.pid', '?process.pid'), fc.oneof(equality, ordering), pid) },
  { weight: 1, arbitrary: words(one('process.pid'), one('in', 'not in'), list(pid)) },
  { weight: 1, arbitrary: words(pid, ordering, one('process.pid')) },
  {
    weight: 1,
    arbitrary: words(one('process.pid + 1', 'process.pid * 2', '-process.pid', 'process.pid % 2'), equality, pid),
  },
  {
    weight: 1,
    arbitrary: words(one('?user.name', 'process.name', 'ok', 'source.ip', 'nowhere'), equality, one('null')),
  },
  { weight: 1, arbitrary: one('ok', 'ok == true', 'ok == false', 'not ok') },
  { weight: 1, arbitrary: call('cidrMatch', one('source.ip'), quoted(BLOCKS), quoted(BLOCKS)) },
  { weight: 2, arbitrary: call('startsWith', text, quoted(PIECES)) },
  {
    weight: 1,
    arbitrary: fc.oneof(call('endsWith~', text, quoted(PIECES)), call('stringContains', text, quoted(PIECES))),
  },
  { weight: 1, arbitrary: words(call('length', text), ordering, pid) },
  { weight: 1, arbitrary: words(call('indexOf~', text, quoted(PIECES)), one('==', '!='), one('0', '1', 'null')) },
  { weight: 1, arbitrary: words(call('substring', text, one('0', '1', '-3')), equality, quoted(PIECES)) },
  {
    weight: 1,
    arbitrary: words(call('concat', one('process.name'), one('"/"'), one('user.name')), one(':'), quoted(PATTERNS)),
  },
  { weight: 1, arbitrary: words(call('string', one('process.pid')), one(':'), one('"1*"', '"?"')) },
  { weight: 1, arbitrary: words(one('ratio / 2', 'ratio', 'add(ratio, 1)'), ordering, one('0.5', '1', '1.25')) },
  { weight: 1, arbitrary: one('true', 'false', 'not null', '1 == 1') },
);

const { condition } = fc.letrec<{ condition: string }>((tie) => {
  const nested = tie('condition').map((inner) => `(${inner})`);
  return {
    condition: fc.oneof(
      { maxDepth: 2, depthSize: 'small' },
      { weight: 6, arbitrary: leaf },
      { weight: 3, arbitrary: fc.array(nested, { minLength: 2, maxLength: 3 }).map((all) => all.join(' and ')) },
      { weight: 2, arbitrary: fc.array(nested, { minLength: 2, maxLength: 3 }).map((all) => all.join(' or ')) },
      { weight: 1, arbitrary: nested.map((inner) => `not ${inner}`) },
    ),
  };
});

const category = one('any', 'any', 'process', 'process', 'network', 'file', '"process"', '"rare"');
const eventQuery = words(category, one('where'), condition);

/** Conditions that only one dialect has. */
const DIALECT_CONDITIONS: Readonly<Record<DialectName, fc.Arbitrary<string>>> = {
  elasticsearch: condition,
  endpoint: fc.oneof(
    condition,
    eventQuery.map((query) => `descendant of [${query}]`),
    one('process.name == user.name', '_arraysearch(process.args, $arg, $arg : "b*")', 'length(process.args) > 1'),
  ),
  endgame: fc.oneof(
    condition,
    fc.tuple(one('child', 'descendant', 'event'), eventQuery).map(([relation, query]) => `${relation} of [${query}]`),
    one(
      "process.name = 'b*'",
      'process.args[0] == "bash"',
      'arrayContains(process.args, "b")',
      'user.name != process.name',
    ),
    one('arraySearch(process.args, arg, arg == "b*")', 'arrayCount(process.args, arg, arg != "b") > 1'),
  ),
};

const HEAD_OR_TAIL = one('| head 2', '| tail 2', '| head 5 | tail 1');

/** Pipes that only one dialect has. */
const PIPES: Readonly<Record<DialectName, fc.Arbitrary<string>>> = {
  elasticsearch: HEAD_OR_TAIL,
  endpoint: HEAD_OR_TAIL,
  endgame: fc.oneof(
    HEAD_OR_TAIL,
    one(
      '| count',
      '| count process.name',
      '| unique user.name',
      '| unique_count process.name, ok',
      '| sort process.pid',
    ),
    eventQuery.map((query) => `| filter child of [${query}]`),
    one('| filter process.pid > 1', '| unique process.name | sort user.name | head 2', '| sort process.pid | tail 2'),
    one('| unique_count process.name | filter count > 1', '| filter process.name == "b*" | count'),
  ),
};

/** Queries of every form that a dialect has. A few are refused by the checker, such as one with a useless comparison. */
export function queryTexts(dialect: DialectName): fc.Arbitrary<string> {
  const conditions = DIALECT_CONDITIONS[dialect];
  const filter = words(category, one('where'), conditions);
  const pipes = fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 1, arbitrary: PIPES[dialect] });
  const keys = fc
    .subarray([...KEY_FIELDS], { maxLength: 2 })
    .chain((fields) =>
      fc
        .tuple(...fields.map((field) => one('', '', '?').map((optional) => optional + field)))
        .map((all) => all.join(', ')),
    );
  const by = keys.map((all) => (all === '' ? '' : `by ${all}`));
  const runs = one('', '', '', 'with runs=2');
  const stage = words(
    filter.map((inner) => `[${inner}]`),
    runs,
  );
  const missing = filter.map((inner) => `![${inner}]`);
  const until = fc.oneof(
    fc.constant(''),
    filter.map((inner) => `until [${inner}]`),
  );
  const forms: fc.WeightedArbitrary<string>[] = [
    { weight: 6, arbitrary: words(filter, pipes) },
    { weight: 3, arbitrary: words(one('sequence'), by, stage, stage, until, pipes) },
    {
      weight: 2,
      arbitrary: words(one('sequence'), by, one('with maxspan=3s', 'with maxspan=1s'), stage, stage, until, pipes),
    },
    {
      weight: 1,
      arbitrary: words(
        one('sample'),
        keys.filter((all) => all !== '').map((all) => `by ${all}`),
        stage.filter((all) => !all.includes('runs')),
        filter.map((inner) => `[${inner}]`),
      ),
    },
  ];
  if (dialect !== 'endgame') {
    const span = one('with maxspan=2s');
    forms.push(
      { weight: 1, arbitrary: words(one('sequence'), by, span, stage, missing, stage, until) },
      { weight: 1, arbitrary: words(one('sequence'), by, span, missing, stage) },
      { weight: 1, arbitrary: words(one('sequence'), by, span, stage, missing) },
    );
  }
  if (dialect === 'endpoint') {
    forms.push({
      weight: 2,
      arbitrary: fc
        .tuple(by, filter, filter)
        .map(
          ([keyed, first, then]) => `sequence ${keyed} [${first}] as a0 [${then} and a0.process.name == process.name]`,
        ),
    });
  }
  if (dialect === 'endgame') {
    const plain = filter.map((inner) => `[${inner}]`);
    forms.push(
      { weight: 1, arbitrary: words(one('join'), by, plain, plain, until, pipes) },
      {
        weight: 1,
        arbitrary: words(
          one('sequence'),
          by,
          plain,
          plain.map((inner) => `${inner} fork=true`),
          plain,
        ),
      },
    );
  }
  return fc.oneof(...forms);
}

const sometimes = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 6 });
const oneOrMore = (value: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonValue> =>
  fc.oneof({ weight: 5, arbitrary: value }, { weight: 1, arbitrary: fc.array(value, { maxLength: 3 }) });

const fieldValues = fc.record({
  'event.category': sometimes(oneOrMore(fc.constantFrom(...CATEGORIES, 'other'))),
  'process.name': sometimes(oneOrMore(fc.constantFrom(...NAMES))),
  'user.name': sometimes(fc.constantFrom<JsonValue>('bash', 'b', 'B', null, 7)),
  'process.args': sometimes(fc.array(fc.constantFrom(...NAMES), { maxLength: 3 })),
  'process.pid': sometimes(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom<JsonValue>('2', 1.5, [1, 3]))),
  'process.entity_id': sometimes(fc.constantFrom('p1', 'p2', 'p3')),
  'process.parent.entity_id': sometimes(fc.constantFrom('p0', 'p1', 'p2')),
  'source.ip': sometimes(oneOrMore(fc.constantFrom('10.1.2.3', '192.168.1.9', '::1', 'none'))),
  ok: sometimes(fc.constantFrom<JsonValue>(true, false, 'true')),
  ratio: sometimes(fc.constantFrom(0.25, 1, 2.5)),
  'host.id': sometimes(oneOrMore(fc.constantFrom('h1', 'h2'))),
  order: sometimes(fc.nat({ max: 2 })),
});

const document = fc.tuple(fieldValues, fc.boolean()).map(([fields, nested]): JsonObject => {
  const event: Record<string, JsonValue> = {};
  for (const [path, value] of Object.entries(fields))
    if (value !== undefined) put(event, nested ? path.split('.') : [path], value);
  return event;
});

function put(into: Record<string, JsonValue>, [key = '', ...rest]: readonly string[], value: JsonValue): void {
  if (rest.length === 0) {
    into[key] = value;
    return;
  }
  const inner = { ...(into[key] as JsonObject | undefined) };
  put(inner, rest, value);
  into[key] = inner;
}

/** Events in order of time, a quarter of a second to a second and a half apart; some share a time. */
export function documents(maxLength: number): fc.Arbitrary<readonly JsonObject[]> {
  return fc
    .array(fc.tuple(fc.constantFrom(0, 250, 1_000, 1_500), document), {
      minLength: Math.ceil(maxLength / 4),
      maxLength,
      size: 'max',
    })
    .map((list) => {
      let time = 1_700_000_000_000;
      return list.map(([gap, event], index) => {
        time += gap;
        return { '@timestamp': time, id: index + 1, ...event };
      });
    });
}
