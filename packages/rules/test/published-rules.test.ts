import { analyzeQuery, DIALECTS, hasErrors, parseQuery, printQuery } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';
import { isEqlRule } from '../src/model/rule.js';
import { loadRules, type LoadedRule } from '../src/node/load-rules.js';
import { RuleEngine } from '../src/rule-engine.js';
import { sharedMaterial } from './shared-material.js';

/** A tree without the places in its source. */
function withoutSpans(node: unknown): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value: unknown) => {
      if (/span$/iu.test(key) && key !== 'maxspan') return undefined;
      return typeof value === 'bigint' ? String(value) : value;
    }),
  );
}

/** The rules for which something does not hold, by their files. */
function failing(rules: readonly LoadedRule[], holds: (rule: LoadedRule['rule']) => boolean): string[] {
  return rules.filter(({ rule }) => !holds(rule)).map(({ file }) => file);
}

describe.each([
  ['detection-rules', 618],
  ['protections-artifacts', 782],
])('the published rules of %s', (name, count) => {
  const folder = sharedMaterial(`corpora/${name}`);
  if (folder === null) {
    it.skip('needs ../shared/corpora, which is not there', () => undefined);
    return;
  }
  const loading = loadRules([folder], { cwd: folder });

  it('all load, and know all their keys', async () => {
    const { rules, failures, problems } = await loading;
    expect({ failures, problems }).toEqual({ failures: [], problems: [] });
    expect(rules).toHaveLength(count);
    expect(failing(rules, (rule) => isEqlRule(rule) && rule.unknownKeys.length === 0)).toEqual([]);
  });

  it('check without an error, and compile', async () => {
    const { rules } = await loading;
    const analyses = rules.map(({ rule, file }) => ({
      file,
      ...analyzeQuery(rule.query, { dialect: DIALECTS[rule.dialect] }),
    }));
    expect(analyses.filter(({ diagnostics }) => hasErrors(diagnostics)).map(({ file }) => file)).toEqual([]);
    const engine = new RuleEngine(rules.map(({ rule }) => rule));
    expect(engine.broken).toEqual([]);
    expect(engine.rules).toHaveLength(count);
  });

  it('print and reparse to the same tree', async () => {
    const { rules } = await loading;
    expect(
      failing(rules, (rule) => {
        const dialect = DIALECTS[rule.dialect];
        const { ast } = parseQuery(rule.query, dialect);
        if (ast === null) return false;
        const again = parseQuery(printQuery(ast), dialect);
        return (
          again.diagnostics.length === 0 &&
          JSON.stringify(withoutSpans(again.ast)) === JSON.stringify(withoutSpans(ast))
        );
      }),
    ).toEqual([]);
  });
});

describe('the published rules of both collections', () => {
  const folder = sharedMaterial('corpora');
  if (folder === null) {
    it.skip('needs ../shared/corpora, which is not there', () => undefined);
    return;
  }

  it('load together; the ids that two of them share are said', async () => {
    const { rules, failures } = await loadRules([folder], { cwd: folder });
    expect(failures).toEqual([]);
    expect(rules).toHaveLength(1_400);
    expect(rules.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code))).toEqual([
      'EQL4005',
      'EQL4005',
      'EQL4005',
    ]);
  });
});
