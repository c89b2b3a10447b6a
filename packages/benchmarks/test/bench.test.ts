import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TargetResult } from '../src/report/target-result.js';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

interface Report {
  readonly machine: { readonly node: string };
  readonly results: readonly TargetResult[];
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eqlkit-bench-test-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('pnpm bench --quick', () => {
  it('measures every target, with matches that agree, and writes JSON', () => {
    const path = join(folder, 'report.json');
    const printed = execFileSync(process.execPath, [MAIN, '--quick', '--json', path], { encoding: 'utf8' });
    const report = JSON.parse(readFileSync(path, 'utf8')) as Report;
    expect(report.machine.node).toBe(process.version);
    const names = report.results.map(({ name }) => name);
    expect(names).toContain('pack-cost');
    for (const { name, figures } of report.results) {
      expect(printed).toContain(`${name}: `);
      expect(figures.length, name).toBeGreaterThan(0);
      // A figure that is a difference of two times may fall below zero on a busy machine.
      for (const { label, value } of figures) expect(Number.isFinite(value), label).toBe(true);
    }
    // Rules that never fire would agree in every variant, however wrong.
    const packCost = report.results.find(({ name }) => name === 'pack-cost');
    expect(packCost?.figures[0]?.matches).toBeGreaterThan(50);
  });

  it('refuses a target that there is not', () => {
    expect(() => execFileSync(process.execPath, [MAIN, '--only', 'speed'], { stdio: 'pipe' })).toThrow(
      /no such target: speed; there are pack-cost/u,
    );
  });
});
