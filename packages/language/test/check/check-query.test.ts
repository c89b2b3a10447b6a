import { analyzeQuery, DIALECTS, type FieldDefinition, type Schema } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';

const field = (path: string, kind: FieldDefinition['kind']): [string, FieldDefinition] => [
  path,
  { path, kind, mappingType: kind },
];
const SCHEMA: Schema = {
  strict: true,
  fields: new Map([
    field('name', 'keyword'),
    field('pid', 'long'),
    field('body', 'text'),
    field('parts', 'nested'),
    field('when', 'date'),
    field('ip', 'ip'),
    field('signed', 'boolean'),
  ]),
};

const A = '[a where true]';
const B = '[b where true]';

const REFUSED: readonly (readonly [query: string, code: string, marked: string])[] = [
  [`sequence by a ${A} by x ${B}`, 'EQL1018', B],
  [`sequence by length(a) ${A} ${B}`, 'EQL1019', 'length(a)'],
  [`sequence ${A}`, 'EQL1020', A],
  [`sequence ${A} with runs=100 ${A} with runs=100 ${A} with runs=57`, 'EQL1021', ''],
  ['process where true | hed 5', 'EQL1022', 'hed'],
  ['process where true | sort a', 'EQL1023', 'sort'],
  ['process where true | head', 'EQL1024', 'head'],
  ['process where true | head -1', 'EQL1024', '-1'],
  ['process where true | head 1, 2', 'EQL1024', 'head 1, 2'],
  ['process where length(a, b) == 1', 'EQL1025', 'length(a, b)'],
  ['process where length() == 1', 'EQL1025', 'length()'],
  [`sequence by x !${A} ${B}`, 'EQL1026', `!${A}`],
  [`sequence by x with maxspan=1s !${A} !${B}`, 'EQL1027', `!${A}`],
  [`sequence with maxspan=1s by x ${A} ${B}`, 'EQL1028', 'by'],
  [`sample by x ${A} !${B}`, 'EQL1029', `!${B}`],
  [`sample by x ${A} ${B} with runs=2`, 'EQL1029', `${B} with runs=2`],
  [`sample by x ${A} ${B} | head 5`, 'EQL1029', 'head 5'],
  ['`process` where true', 'EQL1030', '`process`'],
  ['process where length~(a) == 1', 'EQL1031', 'length~'],
  [`sample ${A} ${B}`, 'EQL1032', 'sample'],
  ['process where lenght(a) == 1', 'EQL2001', 'lenght'],
  [`sequence ${Array.from({ length: 257 }, () => '[a where 5]').join(' ')}`, 'EQL1021', ''],
  ['process where arrayContains(a, 1)', 'EQL2001', 'arrayContains'],
  ['process where length(a)', 'EQL2003', 'length(a)'],
  ['process where a == 1 and 5', 'EQL2003', '5'],
  ['process where startsWith(a, 1)', 'EQL2004', '1'],
  ['process where cidrMatch(a, b)', 'EQL2004', 'b'],
  ['process where a in ("x", 1)', 'EQL2005', '1'],
  ['process where a in (b)', 'EQL2006', 'b'],
  [`join ${A} ${B}`, 'EQL2008', 'join'],
  [`sequence ${A} as e0 ${B}`, 'EQL2008', 'e0'],
  [`sequence ${A} fork=true ${B}`, 'EQL2008', `${A} fork=true`],
  ['process where child of [process where true]', 'EQL2008', 'child of [process where true]'],
  ['process where $x == 1', 'EQL2008', '$x'],
  ['process where a + "x" == 1', 'EQL2010', '"x"'],
  ['process where length(a) : "x"', 'EQL2010', 'length(a)'],
  ['process where a : 1', 'EQL2010', '1'],
  ['process where a == b', 'EQL3001', 'a == b'],
];

const REFUSED_BY_SCHEMA: readonly (readonly [query: string, code: string, marked: string])[] = [
  ['process where nmae == "x"', 'EQL2002', 'nmae'],
  ['process where pid', 'EQL2003', 'pid'],
  ['process where length(pid) == 1', 'EQL2004', 'pid'],
  ['process where pid in ("x")', 'EQL2005', '"x"'],
  ['sequence [a where true] by name [b where true] by pid', 'EQL2007', 'pid'],
  ['process where body == "x"', 'EQL2009', 'body'],
  ['process where parts == "x"', 'EQL2009', 'parts'],
  ['process where pid : "x"', 'EQL2010', 'pid'],
];

const ACCEPTED: readonly string[] = [
  'process where ?nmae == "x"',
  'process where signed',
  'process where when > "2020-01-01"',
  'process where ip == "10.0.0.1"',
  'sequence by name [a where true] [b where pid > 1]',
];

describe('a query that can be read but not run', () => {
  it.each(REFUSED)('%s → %s', (query, code, marked) => {
    const { diagnostics, query: checked } = analyzeQuery(query);
    expect(checked).toBeNull();
    const first = diagnostics[0];
    expect(first).toMatchObject({ code, severity: 'error' });
    expect(query.slice(first?.span.start, first?.span.end)).toBe(marked === '' ? query : marked);
  });

  it.each(REFUSED_BY_SCHEMA)('with a schema: %s → %s', (query, code, marked) => {
    const first = analyzeQuery(query, { schema: SCHEMA }).diagnostics[0];
    expect(first).toMatchObject({ code, severity: 'error' });
    expect(query.slice(first?.span.start, first?.span.end)).toBe(marked);
  });

  it.each(ACCEPTED)('but with a schema this passes: %s', (query) => {
    expect(analyzeQuery(query, { schema: SCHEMA }).diagnostics).toEqual([]);
  });
});

describe('a query of misspelt fields only', () => {
  it('gets proposals for the first of them, as each costs a look at the whole schema', () => {
    const names = Array.from({ length: 300 }, (_, index) => `nmae${index}`);
    const fields = new Map(names.map((_, index) => [`name${index}`, field(`name${index}`, 'keyword')[1]]));
    const query = `process where ${names.map((name) => `${name} == "x"`).join(' or ')}`;
    const helps = analyzeQuery(query, { schema: { strict: true, fields } }).diagnostics.map(({ help }) => help);
    expect(helps).toHaveLength(300);
    expect(helps.slice(0, 200).every((help) => help?.startsWith('Did you mean "name') === true)).toBe(true);
    expect(helps[299]).toBe('If events may lack it, write ?nmae299');
  });
});

describe('a function of another language', () => {
  it.each([
    ['process where exists(args)', 'Write: field != null'],
    ['process where toLower(name) == "x"', 'Compare without case: field : "text", or field in~ ("text")'],
    ['process where contains(name, "x")', 'Write: stringContains(field, "text"), or field : "*text*"'],
    ['process where lenght(name) == 1', 'Did you mean "length"?'],
  ])('is told in EQL: %s', (query, help) => {
    const { diagnostics } = analyzeQuery(query);
    expect(diagnostics.map((one) => [one.code, one.help])).toEqual([['EQL2001', help]]);
  });
});

describe('a comparison that never holds', () => {
  it('is a warning that leaves the query runnable', () => {
    const { query, diagnostics } = analyzeQuery('process where pid == "x"', { schema: SCHEMA });
    expect(query).not.toBeNull();
    expect(diagnostics).toMatchObject([{ code: 'EQL2012', severity: 'warning' }]);
  });
});

describe('another dialect', () => {
  it.each([
    ['endpoint', 'process where a == b'],
    ['endpoint', 'process where descendant of [process where true]'],
    ['endpoint', `sequence ${A} as e0 ${B}`],
    ['endpoint', 'process where _arraysearch(a, $x, $x.b == 1)'],
    ['endgame', `process where a = 'x'`],
    ['endgame', `join ${A} ${B}`],
    ['endgame', 'process where true | count a | sort count'],
  ] as const)('%s takes: %s', (dialect, query) => {
    expect(analyzeQuery(query, { dialect: DIALECTS[dialect] }).diagnostics).toEqual([]);
  });

  it.each([
    ['process where $x == 1', 'EQL2011'],
    ['process where parent of [process where true]', 'EQL2011'],
  ])('endpoint refuses: %s', (query, code) => {
    expect(analyzeQuery(query, { dialect: DIALECTS.endpoint }).diagnostics[0]?.code).toBe(code);
  });

  it.each([
    ['process where _arraysearch(args, $arg, $ar : "x")', [['EQL2011', 'Did you mean $arg?']]],
    // What the function introduces is not known, so it is not called unknown as well.
    ['process where _arraysaerch(args, $arg, $arg : "x")', [['EQL2001', 'Did you mean "_arraysearch"?']]],
  ])('endpoint says of %s what it knows', (query, expected) => {
    const { diagnostics } = analyzeQuery(query, { dialect: DIALECTS.endpoint });
    expect(diagnostics.map(({ code, help }) => [code, help])).toEqual(expected);
  });

  it('endgame refuses a filter that is no condition', () => {
    const { diagnostics } = analyzeQuery('process where true | filter 5', { dialect: DIALECTS.endgame });
    expect(diagnostics.map(({ code }) => code)).toEqual(['EQL2003']);
    const passing = analyzeQuery('process where true | filter pid > 5 and name', { dialect: DIALECTS.endgame });
    expect(passing.diagnostics).toEqual([]);
  });
});
