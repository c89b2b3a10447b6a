import { describe, expect, it } from 'vitest';
import { runEql } from './run-eql.js';
import { useTestFolder } from './test-folder.js';

const folder = useTestFolder({ fresh: 'each' });

function fmt(args: readonly string[], input?: string): ReturnType<typeof runEql> {
  return runEql(['fmt', ...args], { cwd: folder.path, ...(input === undefined ? {} : { input }) });
}

const rule = (query: string): string => `# top\n[rule]\nname = "n"\nquery = '${query}' # behind\n`;

describe('eql fmt', () => {
  it('formats files in place and names those that changed', () => {
    folder.write('a.toml', rule('a  where b == 1'));
    folder.write('b.toml', rule('a where b == 1'));
    expect(fmt(['.'])).toEqual({ code: 0, stdout: 'a.toml\n', stderr: '2 rules · 1 changed\n' });
    expect(folder.read('a.toml')).toBe(rule('a where b == 1'));
    expect(fmt(['.'])).toEqual({ code: 0, stdout: '', stderr: '2 rules · 0 changed\n' });
  });

  it('formats a query behind 300,000 empty lines', () => {
    expect(fmt(['-'], `${'\n'.repeat(300_000)}a  where b == 1`).stdout).toBe('a where b == 1\n');
  });

  it('keeps the byte order mark of a file, and of standard input', () => {
    folder.write('a.toml', `\ufeff${rule('a  where b == 1')}`);
    expect(fmt(['.']).code).toBe(0);
    expect(folder.read('a.toml')).toBe(`\ufeff${rule('a where b == 1')}`);
    expect(fmt(['.', '--check']).code).toBe(0);
    expect(fmt(['-'], `\ufeff${rule('a  where b == 1')}`).stdout).toBe(`\ufeff${rule('a where b == 1')}`);
  });

  it('with --check changes nothing and exits with 1', () => {
    const text = rule('a  where b == 1');
    folder.write('a.toml', text);
    expect(fmt(['.', '--check'])).toEqual({ code: 1, stdout: 'a.toml\n', stderr: '1 rule · 1 not formatted\n' });
    expect(folder.read('a.toml')).toBe(text);
    folder.write('a.toml', rule('a where b == 1'));
    expect(fmt(['.', '--check']).code).toBe(0);
  });

  it('keeps to --width', () => {
    folder.write('a.toml', rule('a where b == 1 and c == 2'));
    fmt(['a.toml', '--width', '20']);
    expect(folder.read('a.toml')).toContain("query = '''\na where\n  b == 1 and\n  c == 2\n''' # behind");
  });

  it('leaves a broken rule, says where, exits with 2, and formats the others', () => {
    folder.write('a.toml', rule('a where  b = 1'));
    folder.write('b.toml', 'x = ');
    folder.write('c.toml', rule('a  where b == 1'));
    const { code, stdout, stderr } = fmt(['.']);
    expect(code).toBe(2);
    expect(stdout).toBe('c.toml\n');
    expect(stderr).toContain('error[EQL1010]');
    expect(stderr).toContain('a.toml:4:');
    expect(stderr).toContain('error[EQL4002]');
    expect(stderr).toContain('3 rules · 1 changed · 2 broken');
    expect(folder.read('a.toml')).toBe(rule('a where  b = 1'));
  });

  it('formats a rule file from standard input', () => {
    expect(fmt(['-'], rule('a  where b == 1')).stdout).toBe(rule('a where b == 1'));
    expect(fmt(['-', '--check'], rule('a  where b == 1'))).toMatchObject({ code: 1, stdout: '' });
    expect(fmt(['-', '--check'], rule('a where b == 1'))).toMatchObject({ code: 0, stdout: '' });
  });

  it('formats a bare query from standard input, in the dialect that is named', () => {
    expect(fmt(['-'], '// c\na  where b==1')).toEqual({ code: 0, stdout: '// c\na where b == 1\n', stderr: '' });
    expect(fmt(['-'], "a where b='1'").code).toBe(2);
    expect(fmt(['-', '--dialect', 'endgame'], "a where b='1'").stdout).toBe("a where b = '1'\n");
  });

  it.each([
    ['no rules', []],
    ['rules that are not there', ['nowhere.toml']],
    ['standard input beside files', ['-', '.']],
    ['a width of nothing', ['.', '--width', '0']],
  ])('exits with 3 for %s', (_about, args) => {
    folder.write('a.toml', rule('a where true'));
    const { code, stdout, stderr } = fmt(args);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).not.toBe('');
  });

  it('has examples in its help', () => {
    expect(fmt(['--help']).stdout).toContain('$ eql fmt rules/ --check');
  });
});
