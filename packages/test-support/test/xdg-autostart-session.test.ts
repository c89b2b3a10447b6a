/* eslint-disable @typescript-eslint/restrict-template-expressions -- the labels and times of these events are texts */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareTimestamps, parseTimestamp, type JsonObject } from '@eqlkit/engine';
import { XDG_AUTOSTART_CASES, generateXdgAutostartSession } from '../src/index.js';

const EXAMPLE = new URL('../../../examples/xdg-autostart/', import.meta.url);

function readExample(name: string): string {
  return readFileSync(new URL(name, EXAMPLE), 'utf8');
}

/** A document squeezed to one line, since tables may be padded and paragraphs broken at will. */
function squeeze(text: string): string {
  return text.replace(/\s+/gu, ' ');
}

describe('the autostart session', () => {
  const events = generateXdgAutostartSession();

  it('is what stands in the example, line by line', () => {
    const lines = readExample('events.ndjson').split('\n');
    expect(lines.pop()).toBe('');
    expect(lines).toEqual(events.map((event) => JSON.stringify(event)));
  });

  it('is the same each time and another one with another seed', () => {
    expect(generateXdgAutostartSession()).toEqual(events);
    expect(generateXdgAutostartSession(18)).not.toEqual(events);
  });

  it('has at least 300 events of about one to three kilobytes', () => {
    expect(events.length).toBeGreaterThanOrEqual(300);
    const sizes = events.map((event) => JSON.stringify(event).length);
    expect(Math.min(...sizes)).toBeGreaterThan(1_000);
    expect(Math.max(...sizes)).toBeLessThan(3_000);
  });

  it('takes less than ten minutes and is in order of time but for the cases about late arrival', () => {
    const times = events.map((event) => parseTimestamp(event['@timestamp']) ?? { ms: Number.NaN, ns: 0 });
    const first = times.at(0);
    const last = times.at(-1);
    expect((last?.ms ?? 0) - (first?.ms ?? 0)).toBeGreaterThan(590_000);
    expect((last?.ms ?? 0) - (first?.ms ?? 0)).toBeLessThan(600_000);
    const disordered = events.filter((_event, index) => {
      const [before, time] = [times[index - 1], times[index]];
      return before !== undefined && time !== undefined && !(compareTimestamps(before, time) <= 0);
    });
    expect(disordered.map((event) => event['_case'])).toEqual(['late-arrival', 'same-ms-nanosecond-order']);
  });

  it('gives every event an id and a place of its own', () => {
    const ids = events.map((event) => eventField(event, 'id'));
    expect(new Set(ids).size).toBe(events.length);
    const sequences = events.map((event) => `${eventField(event, 'sequence')} of ${JSON.stringify(event['agent'])}`);
    expect(new Set(sequences).size).toBe(events.length);
  });

  it('is described case by case in the README', () => {
    const readme = squeeze(readExample('README.md'));
    const labelled = events.filter((event) => event['_case'] !== undefined).length;
    expect(readme).toContain(`${events.length} events, of which ${labelled} belong to a case.`);
    expect(readme).toContain(`**${total('alerts')} times**`);
    expect(readme).toContain(`**${total('alertsWithTiebreaker')} times**`);
    for (const { label, alerts, alertsWithTiebreaker, about } of XDG_AUTOSTART_CASES) {
      expect(readme).toContain(squeeze(`| \`${label}\` | ${alerts} | ${alertsWithTiebreaker} | ${about} |`));
    }
  });
});

function total(count: 'alerts' | 'alertsWithTiebreaker'): number {
  return XDG_AUTOSTART_CASES.reduce((sum, item) => sum + item[count], 0);
}

function eventField(event: JsonObject, name: string): unknown {
  const details = event['event'];
  if (typeof details === 'object' && details !== null && !Array.isArray(details)) {
    return (details as JsonObject)[name];
  }
  return event[`event.${name}`];
}
