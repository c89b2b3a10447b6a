import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AUDITBEAT_CASES, generateAuditbeatEvents } from '../src/index.js';

const EXAMPLE = new URL('../../../examples/auditbeat/', import.meta.url);

describe('the Auditbeat example', () => {
  const events = generateAuditbeatEvents();

  it('is what stands in the example, line by line', () => {
    const lines = readFileSync(new URL('events.ndjson', EXAMPLE), 'utf8').split('\n');
    expect(lines.pop()).toBe('');
    expect(lines).toEqual(events.map((event) => JSON.stringify(event)));
  });

  it('is the same each time and another one with another seed', () => {
    expect(generateAuditbeatEvents()).toEqual(events);
    expect(generateAuditbeatEvents(24)).not.toEqual(events);
  });

  it('plays every case, which its page describes', () => {
    const page = readFileSync(new URL('README.md', EXAMPLE), 'utf8');
    const labels = new Set(events.map((event) => event['_case']).filter((label) => label !== undefined));
    expect([...labels].sort()).toEqual(AUDITBEAT_CASES.map(({ label }) => label).sort());
    for (const { label, alerts } of AUDITBEAT_CASES)
      expect(page).toMatch(new RegExp(`\`${label}\` +\\| ${alerts} `, 'u'));
  });
});
