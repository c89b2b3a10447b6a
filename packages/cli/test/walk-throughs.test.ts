import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EQL, ROOT } from './run-eql.js';

/** The commands of a page with what they print, in order: a block of `sh`, and behind it a block of `text`. */
function stepsOf(page: string): readonly { readonly commands: string; readonly output: string }[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/```sh\n([^]*?)```(?:\n\n```text\n([^]*?)```)?/gu)].map(
    ([, commands = '', output = '']) => ({ commands, output }),
  );
}

let folder = '';
let programs = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eql-walk-through-'));
  programs = mkdtempSync(join(tmpdir(), 'eql-tutorial-bin-'));
  symlinkSync(join(ROOT, 'examples'), join(folder, 'examples'));
  symlinkSync(EQL, join(programs, 'eql'));
});
afterAll(() => {
  for (const path of [folder, programs]) rmSync(path, { recursive: true });
});

/** Figures that differ from run to run. */
function steady(output: string): string {
  return output.replace(/\d+\.\d\d s/gu, '… s').replace(/[\d,]+ events\/s/gu, '… events/s');
}

describe.each(['docs/tutorial.md', 'docs/explain.md'])('%s', (page) => {
  it('prints what it shows', () => {
    const steps = stepsOf(page);
    expect(steps.length).toBeGreaterThan(5);
    for (const { commands, output } of steps) {
      const { stdout } = spawnSync('sh', ['-c', `exec 2>&1\n${commands}`], {
        cwd: folder,
        env: {
          ...process.env,
          PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}`,
          EQL_CONFIG: '',
          NO_COLOR: '1',
        },
        encoding: 'utf8',
      });
      expect(steady(stdout), commands).toBe(output);
    }
  });
});
