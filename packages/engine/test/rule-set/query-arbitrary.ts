import { analyzeQuery, DIALECTS, type Dialect } from '@eqlkit/language';
import { compileQuery, FieldTable, type CompiledQuery, type JsonObject, type JsonValue } from '@eqlkit/engine';
import fc from 'fast-check';
import type { RunOptions } from '../run-query.js';

/** A query and how it is run. */
export interface GeneratedQuery {
  readonly text: string;
  readonly options: RunOptions;
}

/** Compiles queries on one field table; those that are refused, such as for comparing texts with numbers, are left out. */
export function compileAll(queries: readonly GeneratedQuery[]): readonly CompiledQuery[] {
  const fields = new FieldTable();
  return queries.flatMap(({ text, options }) => {
    const { query } = analyzeQuery(text, options);
    const compiled = query === null ? null : compileQuery(query, { ...options, fields }).query;
    return compiled === null ? [] : [compiled];
  });
}

const TEXT_FIELDS = ['process.name', 'process.args', 'process.command_line', 'event.action', 'user.id'];
const NUMBER_FIELDS = ['process.pid', 'user.id'];
const NAMES = ['cmd.exe', 'CMD.EXE', 'Bash', 'powershell.exe', 'Ärger.exe', 'ärger.EXE', '\u212Aill', 'kill', '4', ''];
const WORDS = [...NAMES, 'start', 'exec', '-c', 'c:\\windows\\temp\\x.tmp', 'a long Command with cmd.exe /c and more'];
const PATTERNS = [
  ...WORDS,
  '*',
  '*.exe',
  'c:\\windows\\*',
  '*Command*',
  '*md.exe */C*',
  '?md.exe',
  '*kill*',
  '*x*',
  'long?command*',
];
const NUMBERS = ['0', '4', '-1', '4.5', '9007199254740993', '1e3'];
const CATEGORIES = ['process', 'network', 'any', 'file'];

const quote = (text: string): string => JSON.stringify(text);
const list = (values: readonly string[], of: (value: string) => string): fc.Arbitrary<string> =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }).map((some) => some.map(of).join(', '));

function leaf(dialect: Dialect): fc.Arbitrary<string> {
  const text = fc.constantFrom(...TEXT_FIELDS);
  const number = fc.constantFrom(...NUMBER_FIELDS);
  const one = (values: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
  const leaves = [
    fc.tuple(text, fc.constantFrom('==', '!=', '<', '>='), one(WORDS)).map(([f, op, w]) => `${f} ${op} ${quote(w)}`),
    fc.tuple(number, fc.constantFrom('==', '!=', '>', '<='), one(NUMBERS)).map(([f, op, n]) => `${f} ${op} ${n}`),
    fc.tuple(text, fc.constantFrom('in', 'not in', 'in~'), list(WORDS, quote)).map(([f, op, l]) => `${f} ${op} (${l})`),
    fc
      .tuple(text, fc.constantFrom(':', 'like', 'like~'), list(PATTERNS, quote))
      .map(([f, op, l]) => `${f} ${op} (${l})`),
    fc
      .tuple(text, fc.constantFrom('regex', 'regex~'), one(['.*CMD.*', '[a-z]+\\\\.exe']))
      .map(([f, op, r]) => `${f} ${op} "${r}"`),
    fc.tuple(text, fc.constantFrom('== null', '!= null')).map(([f, op]) => `${f} ${op}`),
    fc
      .tuple(fc.constantFrom('startsWith', 'endsWith~', 'stringContains', 'stringContains~'), text, one(WORDS))
      .map(([name, f, w]) => `${name}(${f}, ${quote(w)})`),
    fc.tuple(text, list(PATTERNS, quote)).map(([f, l]) => `wildcard(${f}, ${l})`),
    fc.tuple(text, one(['1', '4'])).map(([f, n]) => `length(${f}) > ${n}`),
    fc.constant('process.elevated'),
    fc.constant('cidrMatch(source.ip, "10.0.0.0/8")'),
  ];
  if (dialect.name === 'endpoint') {
    leaves.push(fc.constant('process.name == user.id'));
    leaves.push(fc.constant('_arraysearch(process.args, $arg, $arg : "*cmd*")'));
  }
  if (dialect.lineage) leaves.push(fc.constant('descendant of [process where process.name : "cmd.exe"]'));
  return fc.oneof(...leaves);
}

function condition(dialect: Dialect): fc.Arbitrary<string> {
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { arbitrary: leaf(dialect), weight: 2 },
      { arbitrary: joined(' and ', tie('tree')), weight: 3 },
      { arbitrary: joined(' or ', tie('tree')), weight: 1 },
      { arbitrary: tie('tree').map((inner) => `not (${inner})`), weight: 1 },
    ),
  }));
  return tree;
}

function joined(operator: string, operand: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.array(operand, { minLength: 2, maxLength: 4 }).map((some) => some.map((one) => `(${one})`).join(operator));
}

function eventQuery(dialect: Dialect): fc.Arbitrary<string> {
  const frame = fc.constantFrom('', 'event.action == "start" and ', 'host.os.type == "linux" and ', 'true and ');
  return fc
    .tuple(fc.constantFrom(...CATEGORIES), frame, fc.oneof(condition(dialect), fc.constant('true')))
    .map(([category, start, rest]) => `${category} where ${start}(${rest})`);
}

function sequence(dialect: Dialect): fc.Arbitrary<string> {
  const stage = fc
    .tuple(eventQuery(dialect), fc.constantFrom('', '', ' with runs=2'))
    .map(([query, runs]) => `[${query}]${runs}`);
  const aliased =
    dialect.aliases && dialect.fieldComparison
      ? eventQuery(dialect).map((q) => `[${q}] as first [any where user.id == first.user.id]`)
      : stage;
  return fc
    .tuple(
      fc.constantFrom('', ' by host.id', ' by ?user.id', ' by host.id, process.args'),
      fc.constantFrom('', ' with maxspan=5s', ' with maxspan=2s'),
      fc.oneof(
        { arbitrary: fc.array(stage, { minLength: 2, maxLength: 3 }).map((all) => all.join(' ')), weight: 4 },
        aliased,
      ),
      fc.option(eventQuery(dialect)),
      fc.option(eventQuery(dialect)),
      fc.boolean(),
    )
    .map(([by, maxspan, stages, until, missing, first]) => {
      const absent = missing === null || maxspan === '' ? '' : `![${missing}]`;
      const all = first ? `${absent} ${stages}` : `${stages} ${absent}`;
      return `sequence${by}${maxspan} ${all}${until === null ? '' : ` until [${until}]`}`;
    });
}

/** Queries of every kind and dialect. */
export const queryArbitrary: fc.Arbitrary<GeneratedQuery> = fc
  .constantFrom(DIALECTS.elasticsearch, DIALECTS.endpoint, DIALECTS.endgame)
  .chain((dialect) =>
    fc.record({
      text: fc.oneof(
        { arbitrary: eventQuery(dialect), weight: 4 },
        { arbitrary: sequence(dialect), weight: 2 },
        {
          arbitrary: fc
            .tuple(eventQuery(dialect), eventQuery(dialect))
            .map(([a, b]) => `sample by host.id [${a}] [${b}]`),
          weight: dialect.name === 'elasticsearch' ? 1 : 0,
        },
      ),
      options: fc.constantFrom<RunOptions>({ dialect }, { dialect }, { dialect }, { dialect, tiebreakerField: 'n' }),
    }),
  );

const scalar = fc.oneof(
  fc.constantFrom<JsonValue>(...WORDS),
  fc.constantFrom<JsonValue>(0, 4, 4.5, -0, true, false, null, 9_007_199_254_740_993n, 2 ** 60),
);

const fieldValue: fc.Arbitrary<JsonValue> = fc.oneof(
  { arbitrary: scalar, weight: 4 },
  { arbitrary: fc.array(scalar, { maxLength: 3 }), weight: 1 },
);

/** Events with the fields that the queries read, some missing, some spelled with dots, some of an unexpected type. */
export const eventArbitrary: fc.Arbitrary<JsonObject> = fc
  .record(
    {
      '@timestamp': fc.integer({ min: 0, max: 20 }).map((step) => 1_700_000_000_000 + step * 500),
      n: fc.integer({ min: 0, max: 3 }),
      'event.category': fc.constantFrom<JsonValue>('process', 'network', 'file', ['process', 'network'], 'other'),
      event: fc.record({ action: fc.constantFrom<JsonValue>('start', 'exec', ['start', 'exec'], 'stop') }),
      host: fc.record({ id: fc.constantFrom('a', 'b'), os: fc.record({ type: fc.constantFrom('linux', 'windows') }) }),
      process: fc.record(
        {
          name: fieldValue,
          args: fc.array(scalar, { maxLength: 4 }),
          command_line: fieldValue,
          pid: fieldValue,
          elevated: fc.boolean(),
          entity_id: fc.constantFrom('p1', 'p2', 'p3'),
          parent: fc.record({ entity_id: fc.constantFrom('p1', 'p2') }),
        },
        { requiredKeys: [] },
      ),
      'process.name': fieldValue,
      user: fc.record({ id: fieldValue }),
      source: fc.record({ ip: fc.constantFrom('10.1.2.3', '192.168.1.1', 'none') }),
    },
    { requiredKeys: ['@timestamp', 'event.category'] },
  )
  .map((event) => event as JsonObject);
