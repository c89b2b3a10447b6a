import { describe, expect, it } from 'vitest';
import { lintRules } from '../../../src/lint/lint-rules.js';
import { fixed, marked, ruleFile } from '../lint-query.js';

describe('EQL5019, a network block compared as plain text', () => {
  it.each([
    ['network where destination.ip == "10.0.0.0/8"', 'cidrMatch(destination.ip, "10.0.0.0/8")'],
    ['network where "10.0.0.0/8" == destination.ip', 'cidrMatch(destination.ip, "10.0.0.0/8")'],
    ['network where destination.ip != "10.0.0.0/8"', 'not cidrMatch(destination.ip, "10.0.0.0/8")'],
    ['network where source.ip in ("10.0.0.0/8", "fe80::1")', 'cidrMatch(source.ip, "10.0.0.0/8", "fe80::1")'],
    ['network where source.ip not in~ ("fe80::/10")', 'not cidrMatch(source.ip, "fe80::/10")'],
    ['network where my.peer_ip == "10.0.0.0/8"', 'cidrMatch(my.peer_ip, "10.0.0.0/8")'],
  ])('is found in %s', (query, instead) => {
    const found = lintRules([ruleFile(query)])[0]?.diagnostics.filter(({ code }) => code === 'EQL5019');
    expect(found).toMatchObject([{ help: `Write: ${instead}`, fix: { replacement: instead } }]);
    // It would match other events, so nobody is asked to trust it.
    expect(fixed(query)).toBe(query);
  });

  it.each([
    'network where destination.ip == "10.0.0.1"',
    'network where destination.ip == "10.0.0.0/99"',
    'process where process.args == "10.0.0.0/8"',
    'process where process.name in ("a/8", "10.0.0.0/8")',
    'network where cidrMatch(destination.ip, "10.0.0.0/8")',
  ])('is not found in %s', (query) => {
    expect(marked(query, 'EQL5019')).toEqual([]);
  });
});
