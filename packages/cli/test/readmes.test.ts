import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, runEql } from './run-eql.js';
import { splitCommand } from './split-command.js';
import { runScript } from './run-script.js';

const PACKAGES = join(ROOT, 'packages');
const NAMES = readdirSync(PACKAGES).filter((name) => existsSync(join(PACKAGES, name, 'package.json')));

function readmeOf(name: string): string {
  return readFileSync(join(PACKAGES, name, 'README.md'), 'utf8');
}

describe.each(NAMES)('the README of packages/%s', (name) => {
  it('is there, and says what the package must not do', () => {
    expect(readmeOf(name)).toMatch(/^# \S+\n\n[\s\S]*\bmust not\b/u);
  });

  const examples = [
    ...readmeOf(name).matchAll(/<!-- test: example -->\n```js\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/gu),
  ];
  it.each(examples.map(([, code = '', output = ''], index) => ({ number: index + 1, code, output })))(
    'has an example that prints what stands below it: $number',
    ({ code, output }) => {
      const { status, stdout, stderr } = runScript(join(PACKAGES, name), code);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const shown = stdout.replace(/ +$/gmu, '');
      expect(shown).not.toBe('');
      expect(shown).toBe(output);
    },
  );

  const commands = [...readmeOf(name).matchAll(/<!-- test: commands -->\n```sh\n([\s\S]*?)```/gu)].flatMap(
    ([, block = '']) => block.split('\n').filter((line) => line.startsWith('eql ')),
  );
  it.each(commands)('has a command that runs: %s', (command) => {
    const { code, stdout, stderr } = runEql(splitCommand(command).slice(1));
    expect({ code, printed: stdout + stderr !== '' }, stderr).toEqual({ code: 0, printed: true });
  });
});

it('every library has an example, and the command has commands', () => {
  for (const name of ['language', 'engine', 'rules', 'stream', 'test-support']) {
    expect(readmeOf(name)).toContain('<!-- test: example -->');
  }
  expect(readmeOf('cli')).toContain('<!-- test: commands -->');
});
