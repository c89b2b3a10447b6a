import { afterEach, describe, expect, it } from 'vitest';
import { runEql } from './run-eql.js';
import { Terminal } from './terminal.js';

const QUERY = ['query', 'process where true', 'examples/xdg-autostart', '--fields', '@timestamp,process.nmae'];

const terminals: Terminal[] = [];
afterEach(() => {
  for (const terminal of terminals.splice(0)) terminal.stop();
});

async function onTerminal(env: Record<string, string>): Promise<string> {
  const terminal = new Terminal(QUERY, { EQL_CONFIG: '', ...env });
  terminals.push(terminal);
  expect(await terminal.ends()).toBe(0);
  expect(terminal.raw).toContain('@timestamp');
  return terminal.raw;
}

describe('colours', () => {
  it.each([{}, { NO_COLOR: '' }, { FORCE_COLOR: '1', TERM: 'dumb' }])('are there on a terminal: %j', async (env) => {
    expect(await onTerminal(env)).toContain('\u001b[2m');
  });

  it.each([{ NO_COLOR: '1' }, { NO_COLOR: '1', FORCE_COLOR: '1' }, { FORCE_COLOR: '0' }, { TERM: 'dumb' }])(
    'are not there on a terminal: %j',
    async (env) => {
      expect(await onTerminal(env)).not.toContain('\u001b[2m');
    },
  );

  it('are not there elsewhere, whatever system it is, unless they are asked for', () => {
    for (const env of [{}, { CI: 'true' }, { TERM: 'xterm-256color' }, { FORCE_COLOR: 'false' }]) {
      const { code, stdout, stderr } = runEql(QUERY, { env });
      expect(code).toBe(0);
      expect(stderr).toContain('warning');
      expect(stdout + stderr, JSON.stringify(env)).not.toContain('\u001b');
    }
    const { stdout, stderr } = runEql(QUERY, { env: { FORCE_COLOR: '1' } });
    expect(stdout).toContain('\u001b[2m@timestamp');
    expect(stderr).toContain('\u001b[33mwarning\u001b[39m');
  });
});
