import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EqlProcess, ROOT, runEql } from './run-eql.js';
import { splitCommand } from './split-command.js';

/** Pages with commands behind the mark `<!-- test: query -->`: each line is run from the root of the repository. */
const PAGES = [
  'docs/query.md',
  'docs/schema.md',
  'docs/event-input.md',
  'docs/field-mapping.md',
  'examples/auditbeat/README.md',
];

let eql: EqlProcess;
beforeAll(() => {
  eql = new EqlProcess();
});
afterAll(() => {
  eql.stop();
});

function commandsOf(page: string, mark = 'query'): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const blocks = [...text.matchAll(/<!-- test: (\w+) -->\n```sh\n([\s\S]*?)```/gu)].filter(([, one]) => one === mark);
  return blocks.flatMap(([, , block = '']) => block.split('\n').filter((line) => line.startsWith('eql ')));
}

describe.each(PAGES)('the commands of %s', (page) => {
  it('run', async () => {
    const commands = commandsOf(page);
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) {
      const { code, stdout, stderr } = await eql.run(splitCommand(command).slice(1));
      expect({ command, code, hasOutput: stdout !== '' }, stderr).toEqual({ command, code: 0, hasOutput: true });
    }
  });
});

describe('the commands of docs/new-rules.md', () => {
  it('write a rule without findings', () => {
    const cwd = mkdtempSync(join(tmpdir(), 'eql-docs-'));
    try {
      const commands = commandsOf('docs/new-rules.md', 'new');
      expect(commands).toHaveLength(2);
      const results = commands.map((command) => runEql(splitCommand(command).slice(1), { cwd, input: '' }));
      expect(results.map(({ code }) => code)).toEqual([0, 0]);
      expect(results[1]?.stderr).toBe('1 rule checked · 0 errors · 0 warnings · 0 infos\n');
    } finally {
      rmSync(cwd, { recursive: true });
    }
  });
});
