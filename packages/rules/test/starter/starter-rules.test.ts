import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { ThreatEntry } from '../../src/model/threat.js';
import { lintRules } from '../../src/lint/lint-rules.js';
import { loadRules } from '../../src/node/load-rules.js';
import { packStatistics, type Counts } from '../../src/pack/pack-statistics.js';
import { profileRule } from '../../src/pack/rule-profile.js';
import { RuleEngine } from '../../src/rule-engine.js';
import { sharedMaterial } from '../shared-material.js';
import { CROSS_PLATFORM_TRIALS } from './cross-platform-trials.js';
import { LINUX_TRIALS } from './linux-trials.js';
import { MACOS_TRIALS } from './macos-trials.js';
import { WINDOWS_TRIALS } from './windows-trials.js';
import type { Trial } from './trial.js';

const PACK = fileURLToPath(new URL('../../../../rules/starter/', import.meta.url));
const TRIALS = [...LINUX_TRIALS, ...WINDOWS_TRIALS, ...MACOS_TRIALS, ...CROSS_PLATFORM_TRIALS];

const loading = loadRules(['.'], { cwd: PACK });

function count(counts: Counts, name: string): number {
  return counts.find((one) => one.name === name)?.rules ?? 0;
}

describe('the starter pack', () => {
  it('loads and checks without a warning', async () => {
    const { rules, failures, packs, problems } = await loading;
    expect({ failures, problems }).toEqual({ failures: [], problems: [] });
    expect(packs.map(({ pack, diagnostics }) => [pack.name, pack.license, diagnostics])).toEqual([
      ['eqlkit starter rules', 'Apache-2.0', []],
    ]);
    const findings = lintRules(rules).flatMap(({ file, diagnostics }) =>
      diagnostics.filter(({ severity }) => severity !== 'info').map(({ code }) => `${file} ${code}`),
    );
    expect(findings).toEqual([]);
  });

  it('covers systems, categories and kinds of queries', async () => {
    const { rules } = await loading;
    const statistics = packStatistics(rules.map(({ rule }) => profileRule(rule)));
    expect(statistics.rules).toBeGreaterThanOrEqual(25);
    expect(count(statistics.constructs, 'sequence')).toBeGreaterThanOrEqual(8);
    expect(count(statistics.constructs, 'missing event')).toBe(2);
    expect(count(statistics.constructs, 'sample')).toBe(1);
    for (const category of ['process', 'file', 'network', 'registry', 'dns', 'authentication'])
      expect(count(statistics.categories, category)).toBeGreaterThan(0);
    for (const platform of ['linux', 'windows', 'macos'])
      expect(count(statistics.platforms, platform)).toBeGreaterThan(4);
  });

  it('says of each rule what whoever triages an alert wants to know', async () => {
    const { rules } = await loading;
    const bands = { low: [0, 21], medium: [22, 47], high: [48, 73], critical: [74, 100] } as const;
    for (const { rule, file } of rules) {
      const [least, most] = bands[rule.severity ?? 'low'];
      expect([file, (rule.riskScore ?? -1) >= least && (rule.riskScore ?? -1) <= most]).toEqual([file, true]);
      expect([file, rule.license, rule.falsePositives.length > 0]).toEqual([file, 'Apache-2.0', true]);
      expect([file, rule.note?.startsWith('## Triage and analysis')]).toEqual([file, true]);
      expect([file, /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(rule.id)]).toEqual([file, true]);
      const [first] = rule.threat;
      const tactic = (first?.tactic?.name ?? '').toLowerCase().replaceAll(' ', '_');
      expect([file, file.split('/').at(-1)?.startsWith(`${tactic}_`)]).toEqual([file, true]);
      expect([file, rule.threat.every(({ techniques }) => techniques.length > 0)]).toEqual([file, true]);
    }
  });

  it('has no rule without trials', async () => {
    const { rules } = await loading;
    expect(TRIALS.map(({ file }) => `${file}.toml`).sort()).toEqual(rules.map(({ file }) => file).sort());
  });
});

describe.each(TRIALS)('$file', ({ file, fires, silent }) => {
  async function alerts({ events }: Trial): Promise<number> {
    const { rules } = await loading;
    const engine = new RuleEngine(rules.flatMap((one) => (one.file === `${file}.toml` ? [one.rule] : [])));
    expect(engine.rules).toHaveLength(1);
    return events.flatMap((event) => engine.process(event)).length + engine.finish().length;
  }

  it.each(fires)('fires once on: $about', async (trial) => {
    expect(await alerts(trial)).toBe(1);
  });

  it.each(silent)('is silent on: $about', async (trial) => {
    expect(await alerts(trial)).toBe(0);
  });
});

describe('the techniques of the starter pack', () => {
  const corpora = sharedMaterial('corpora');
  if (corpora === null) {
    it.skip('needs ../shared/corpora, which is not there', () => undefined);
    return;
  }

  it('are called as in published rules', async () => {
    const entries = async (folder: string): Promise<ThreatEntry[]> =>
      (await loadRules(['.'], { cwd: folder })).rules.flatMap(({ rule }) =>
        rule.threat.flatMap(({ tactic, techniques }) => [
          ...(tactic === null ? [] : [tactic]),
          ...techniques.flatMap(({ id, name, reference, subtechniques }) => [
            { id, name, reference },
            ...subtechniques,
          ]),
        ]),
      );
    const published = await entries(corpora);
    const own = await entries(PACK);
    const unheard = own.filter((entry) => !published.some((other) => isDeepStrictEqual({ ...entry }, { ...other })));
    expect(unheard.map(({ id, name }) => `${id} ${name ?? ''}`)).toEqual([]);
  });
});
