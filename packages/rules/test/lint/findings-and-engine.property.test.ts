import { compileQuery, Engine, type JsonObject } from '@eqlkit/engine';
import { analyzeQuery, DIALECTS, formatQuery, printQuery, type Diagnostic, type DialectName } from '@eqlkit/language';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { applyFixes } from '../../src/lint/apply-fixes.js';
import { lintRules } from '../../src/lint/lint-rules.js';
import type { RuleFile } from '../../src/lint/lint.js';
import { parsePackToml } from '../../src/pack/parse-pack-toml.js';
import { parseRuleToml } from '../../src/toml/parse-rule-toml.js';
import { parseToml } from '../../src/toml/parse-toml.js';
import { events, queries } from './query-arbitraries.js';

const SEED = 20_261_142;
const RUNS = 1_000;

/** A way to write a query into a rule file. */
interface Form {
  readonly write: (query: string) => string;
  /** The part of a query that a part of the file stands for. */
  readonly read: (part: string) => string;
}

const LITERAL: Form = {
  write: (query) => `[rule]\nname = "n"\nquery = '''\n${query}\n'''\n`,
  read: (part) => part,
};

const FORMS: readonly Form[] = [
  LITERAL,
  {
    write: (query) => LITERAL.write(query).replaceAll('\n', '\r\n'),
    read: (part) => part.replaceAll('\r\n', '\n'),
  },
  {
    write: (query) => `[rule]\nname = "n"\nquery = ${JSON.stringify(query)}\n`,
    read: (part) => textOf(`"${part}"`),
  },
  {
    write: (query) =>
      `\ufeff[rule]\nname = "ä😀"\nquery = """\n${query.replaceAll('\\', '\\\\').replaceAll('ß', '\\u00DF')}\\\n   """\n`,
    read: (part) => textOf(`"""${part.replace(/"$/u, '\\"')}"""`),
  },
];

/** The text of a TOML string. */
function textOf(written: string): string {
  const text = parseToml(`text = ${written}`).table?.['text'];
  return typeof text === 'string' ? text : `no text: ${written}`;
}

const DIALECT_NAMES: readonly DialectName[] = ['elasticsearch', 'endpoint', 'endgame'];

describe.each(DIALECT_NAMES)(
  `what the critic says of %s, held against the engine (seed ${String(SEED)})`,
  (dialect) => {
    const counts: Record<string, number> = {};
    const count = (what: string, by = 1): void => {
      counts[what] = (counts[what] ?? 0) + by;
    };
    afterAll(() => {
      console.log(`critic and engine, ${dialect}, seed ${String(SEED)}: ${JSON.stringify(counts)}`);
      for (const code of ['EQL5005', 'EQL5006', 'EQL5016', 'EQL5017']) expect(counts[code]).toBeGreaterThan(RUNS / 30);
      expect(counts['with matches']).toBeGreaterThan(RUNS / 5);
    });

    it('is true of every generated event', () => {
      fc.assert(
        fc.property(queries(dialect), events, fc.constantFrom(...FORMS), (query, some, form) => {
          const plain = readFile(LITERAL.write(query), dialect);
          const file = readFile(form.write(query), dialect);
          const found = lintOne(file);
          const claims = lintOne(plain);
          expect(partsOf(found, file, form)).toEqual(partsOf(claims, plain, LITERAL));
          count('queries');
          if (found.some(({ severity }) => severity === 'error')) {
            count('refused');
            return;
          }
          const all = outcomes(file.rule.query, dialect, some);
          if (all.length > 0) count('with matches');
          for (const diagnostic of claims) {
            count(diagnostic.code);
            checkClaim(diagnostic, plain, dialect, some, all);
          }
          for (const diagnostic of found) {
            if (diagnostic.fix?.safe !== true) continue;
            const { text } = applyFixes(file, (next) => (next === file ? [diagnostic] : lintOne(next).map(withoutFix)));
            expectSame(diagnostic.code, text, all, some);
            if (text !== file.text) count(`fix of ${diagnostic.code}`);
          }
          const { text, applied } = applyFixes(file, lintOne);
          if (applied.length > 0) expectSame('all fixes', text, all, some);
          count('fixes together', applied.length);
          expectFormatted(file.rule.query, dialect);
        }),
        { seed: SEED, numRuns: RUNS },
      );
    });

    function expectSame(what: string, text: string, all: readonly string[], some: readonly JsonObject[]): void {
      const { query } = readFile(text, dialect).rule;
      expect([what, query, outcomes(query, dialect, some)]).toEqual([what, query, all]);
    }
  },
);

/** Holds a finding that says what no event or every event does against events. */
function checkClaim(
  { code, message, span }: Diagnostic,
  { text }: RuleFile,
  dialect: DialectName,
  some: readonly JsonObject[],
  all: readonly string[],
): void {
  const part = text.slice(span.start, span.end);
  const matching = (condition: string): number => outcomes(`any where ${condition}`, dialect, some).length;
  if (code === 'EQL5006') {
    const truth = / is always (true|false)$/u.exec(message)?.[1];
    if (truth === undefined) return;
    expect([message, matching(part)]).toEqual([message, truth === 'true' ? some.length : 0]);
  } else if (code === 'EQL5007') {
    const [first = '', second = ''] = message.replace('No event satisfies both ', '').split(/ and (?=not |[?\w."(])/u);
    if (message.includes('…')) return;
    expect([message, matching(`(${first}) and (${second})`)]).toEqual([message, 0]);
  } else if (code === 'EQL5008') {
    expect([message, all]).toEqual([message, []]);
  }
}

function expectFormatted(query: string, dialect: DialectName): void {
  const formatted = formatQuery(query, { dialect: DIALECTS[dialect] }).text ?? '';
  const print = (text: string): string => {
    const { query: checked } = analyzeQuery(text, { dialect: DIALECTS[dialect] });
    return checked === null ? '' : printQuery(checked.statement);
  };
  expect(print(formatted)).toBe(print(query));
  expect(formatQuery(formatted, { dialect: DIALECTS[dialect] }).text).toBe(formatted);
}

/** What is found, and of which part of the query. */
function partsOf(found: readonly Diagnostic[], { text }: RuleFile, form: Form): readonly string[] {
  return found.map(({ code, span }) => `${code} ${form.read(text.slice(span.start, span.end))}`);
}

function withoutFix({ fix, ...diagnostic }: Diagnostic): Diagnostic {
  return fix === undefined ? diagnostic : { ...diagnostic };
}

function lintOne(file: RuleFile): readonly Diagnostic[] {
  return lintRules([file])[0]?.diagnostics ?? [];
}

function readFile(text: string, dialect: DialectName): RuleFile {
  const { pack } = parsePackToml(`dialect = "${dialect}"\n`, 'pack');
  const { rule, diagnostics } = parseRuleToml(text, 'rule.toml', { keys: {}, dialect });
  if (rule === null) throw new Error(`The rule does not load: ${text}`);
  return { rule, file: 'rule.toml', text, diagnostics, pack };
}

/** What a query makes of events, as texts that can be compared. */
function outcomes(query: string, dialect: DialectName, some: readonly JsonObject[]): readonly string[] {
  const { query: checked } = analyzeQuery(query, { dialect: DIALECTS[dialect] });
  const compiled = checked === null ? null : compileQuery(checked, { nowMs: 0 }).query;
  if (compiled === null) throw new Error(`The query does not compile: ${query}`);
  const engine = new Engine([compiled]);
  const matches = [...some.flatMap((event) => engine.process(event)), ...engine.finish()];
  return matches.map(
    ({ match }) => `${match.kind} ${match.stages.map(({ record }) => JSON.stringify(record?.event['id'])).join(' ')}`,
  );
}
