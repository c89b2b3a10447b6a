import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../src/model/rule.js';
import { loadRules } from '../src/node/load-rules.js';
import { RuleEngine } from '../src/rule-engine.js';
import { GENEVE_REASONS } from './geneve-reasons.js';
import { sharedMaterial } from './shared-material.js';

/*
 * Geneve solves a rule's query for events that should fire it, one branch for each way through its alternatives. Its
 * events are an independent opinion on what the rules mean.
 */

interface Branch {
  readonly rule: string;
  readonly number: number;
  readonly events: readonly JsonObject[];
}

interface LabelledEvent extends JsonObject {
  readonly _rule_id: string;
  readonly _branch: number;
  readonly _index_in_branch: number;
}

/** The branches in the order of the file, each with its events in order and without labels. */
function readBranches(path: string): readonly Branch[] {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n');
  const branches = new Map<string, { rule: string; number: number; events: { place: number; event: JsonObject }[] }>();
  for (const line of lines) {
    const labelled = JSON.parse(line) as LabelledEvent;
    const { _rule_id: rule, _branch: number, _index_in_branch: place } = labelled;
    const event = Object.fromEntries(Object.entries(labelled).filter(([key]) => !key.startsWith('_')));
    const key = `${rule} ${number}`;
    const branch = branches.get(key) ?? { rule, number, events: [] };
    branches.set(key, branch);
    branch.events.push({ place, event });
  }
  return [...branches.values()].map(({ rule, number, events }) => ({
    rule,
    number,
    events: events.sort((a, b) => a.place - b.place).map(({ event }) => event),
  }));
}

/** Whether a rule fires on some events and nothing else. Geneve solves queries only and makes up data streams. */
function fires(rule: Rule, events: readonly JsonObject[]): boolean {
  const engine = new RuleEngine([rule], { ignoreIndex: true });
  const alerts = events.flatMap((event) => engine.process(event));
  return alerts.length + engine.finish().length > 0;
}

const documents = sharedMaterial('data/geneve-docs.ndjson.gz');
const corpus = sharedMaterial('corpora/detection-rules');

describe('events that Geneve made for the published rules', () => {
  if (documents === null || corpus === null) {
    it.skip('needs ../shared/data/geneve-docs.ndjson.gz and ../shared/corpora, which are not there', () => undefined);
    return;
  }
  const branches = readBranches(documents);
  const loading = loadRules([corpus], { cwd: corpus }).then(
    ({ rules }) => new Map(rules.map(({ rule }) => [rule.id, rule])),
  );

  it('are for rules that are there', async () => {
    const rules = await loading;
    expect(branches).toHaveLength(5_743);
    const wanted = new Set(branches.map(({ rule }) => rule));
    expect(wanted.size).toBe(462);
    expect([...wanted].filter((id) => !rules.has(id))).toEqual([]);
  });

  it('fire their rule, but for the branches with a reason', async () => {
    const rules = await loading;
    const silent = branches.filter(({ rule, events }) => {
      const found = rules.get(rule);
      return found !== undefined && !fires(found, events);
    });
    const explained = GENEVE_REASONS.flatMap(({ rule, branches: numbers }) =>
      numbers.map((number) => `${rule} ${number}`),
    );
    expect(silent.map(({ rule, number }) => `${rule} ${number}`).sort()).toEqual(explained.sort());
    expect(silent).toHaveLength(98);
  });

  it.each(GENEVE_REASONS)(
    "fire $rule once Geneve's mistake is put right",
    async ({ rule, branches: numbers, mend }) => {
      const found = (await loading).get(rule);
      if (found === undefined) throw new Error('no rule');
      const mended = branches.filter((branch) => branch.rule === rule && numbers.includes(branch.number));
      expect(mended).toHaveLength(numbers.length);
      expect(mended.filter(({ events }) => !fires(found, events.map(mend))).map(({ number }) => number)).toEqual([]);
    },
  );
});
