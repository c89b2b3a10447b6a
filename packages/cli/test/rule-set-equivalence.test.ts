import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileQuery, Engine, FieldTable, LazyEvent, type QueryMatch } from '@eqlkit/engine';
import { analyzeQuery, DIALECTS } from '@eqlkit/language';
import { compileOptionsOf, type Rule } from '@eqlkit/rules';
import { loadRules } from '@eqlkit/rules/node';
import { resolveEventSources, scannedEvents } from '@eqlkit/stream';
import { generateMixedStream } from '@eqlkit/test-support';
import { describe, expect, it } from 'vitest';
import { ROOT } from './run-eql.js';

/*
 * All published rules over all events that others recorded or made: the index over scanned events against trying every
 * rule on every decoded event.
 */

const SHARED = join(ROOT, '../shared');
const present = existsSync(join(SHARED, 'corpora')) && existsSync(join(SHARED, 'data'));

function createEngine(rules: readonly { readonly rule: Rule }[], exhaustive: boolean): Engine {
  const fields = new FieldTable();
  const queries = rules.map(({ rule }) => {
    const { query } = analyzeQuery(rule.query, { dialect: DIALECTS[rule.dialect] });
    const compiled = query === null ? null : compileQuery(query, { fields, ...compileOptionsOf(rule) }).query;
    if (compiled === null) throw new Error(`the query of "${rule.name}" was refused`);
    return compiled;
  });
  return new Engine(queries, { exhaustive });
}

/** Each match as the number of its query and the arrivals of its events. */
function describeMatches(matches: readonly QueryMatch[]): readonly string[] {
  return matches.map(
    ({ query, match }) => `${String(query)}: ${match.stages.map(({ record }) => record?.arrival ?? '-').join(' ')}`,
  );
}

/** Both engines side by side over one file of events. */
async function findBoth(rules: readonly { readonly rule: Rule }[], file: string) {
  const indexed = createEngine(rules, false);
  const exhaustive = createEngine(rules, true);
  const { sources } = await resolveEventSources([file], { cwd: ROOT });
  const found: string[] = [];
  const expected: string[] = [];
  const batches = scannedEvents(sources, { fieldPaths: indexed.fieldPaths, onProblem: () => undefined });
  for await (const batch of batches) {
    batch.visit((event, timestamp) => {
      const decoded = event instanceof LazyEvent ? event.decode() : event;
      found.push(...describeMatches(indexed.process(event, timestamp)));
      expected.push(...describeMatches(exhaustive.process(decoded, timestamp)));
    });
  }
  found.push(...describeMatches(indexed.finish()));
  expected.push(...describeMatches(exhaustive.finish()));
  return { found, expected };
}

describe('an engine with an index', () => {
  it('finds what trying all shipped rules on every event of a generated stream finds', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'eqlkit-'));
    const file = join(folder, 'events.ndjson');
    const events = [...generateMixedStream({ events: 5000, seed: 20_261_124 })];
    writeFileSync(file, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    const { rules } = await loadRules([join(ROOT, 'rules')], { cwd: ROOT });
    const { found, expected } = await findBoth(rules, file);
    rmSync(folder, { recursive: true });
    expect(found).toEqual(expected);
    expect(found.length).toBeGreaterThan(0);
  });

  if (!present) {
    it.skip('needs ../shared/corpora and ../shared/data, which are not there', () => undefined);
    return;
  }

  it.each(['geneve-docs.ndjson.gz', 'evtx-to-mitre-attack.ndjson.gz', 'otrf-windows.ndjson.gz'])(
    'finds what trying 1,400 rules on every event finds: %s',
    { timeout: 900_000 },
    async (file) => {
      const { rules } = await loadRules([join(SHARED, 'corpora')], { cwd: ROOT });
      expect(rules).toHaveLength(1400);
      const { found, expected } = await findBoth(rules, join(SHARED, 'data', file));
      expect(found).toEqual(expected);
      expect(found.length).toBeGreaterThan(0);
    },
  );
});
