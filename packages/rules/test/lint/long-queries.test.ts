import { describe, expect, it } from 'vitest';
import { lintRules } from '../../src/lint/lint-rules.js';
import { readRuleFile, ruleFile } from './lint-query.js';

/** So many that what grows with their square would outlast the test's limit of time. */
const COUNT = 50_000;

function repeat(separator: string, write: (index: number) => string): string {
  return Array.from({ length: COUNT }, (_, index) => write(index)).join(separator);
}

describe('lints of a query without measure', () => {
  it.each([
    ['alternatives', `process where ${repeat(' or ', (index) => `x == ${String(index)}`)}`, 'EQL5013'],
    ['exclusions', `process where ${repeat(' and ', (index) => `process.pid != ${String(index)}`)}`, null],
    ['branches', `process where x == 1 and (${repeat(' or ', (index) => `(y == 1 and z == ${String(index)})`)})`, null],
    ['patterns', `process where process.name like (${repeat(', ', (index) => `"a${String(index)}*"`)})`, null],
  ])('end: %s', (_, query, code) => {
    const codes = lintRules([ruleFile(query)])[0]?.diagnostics.map((diagnostic) => diagnostic.code) ?? [];
    if (code !== null) expect(codes).toContain(code);
    expect(codes.length).toBeLessThan(1000);
  });

  it('end with a comment for each line', () => {
    const list = repeat(',\n', (index) => `// eql-disable-next-line EQL5002\n"a*${String(index)}"`);
    const around = '# eql-disable-next-line EQL5201\n'.repeat(COUNT);
    const { text } = ruleFile(`process where process.name in (\n${list})`);
    const found = lintRules([readRuleFile(`${text}${around}`)])[0]?.diagnostics ?? [];
    expect(found.filter(({ code }) => code === 'EQL5002')).toEqual([]);
    expect(found.filter(({ code }) => code === 'EQL5302')).toHaveLength(COUNT);
  });

  it('end with thousands of threat mappings', () => {
    const threat = '[[rule.threat]]\nframework = "x"\n[[rule.threat.technique]]\nid = "y"\nname = "z"\n';
    const { text } = ruleFile('process where true');
    const found = lintRules([readRuleFile(`${text}${threat.repeat(20_000)}`)])[0]?.diagnostics ?? [];
    expect(found.filter(({ code }) => code === 'EQL5206')).toHaveLength(40_000);
  });
});
