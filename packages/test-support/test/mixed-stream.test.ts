import type { JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { generateMixedStream } from '../src/index.js';

const field = (event: JsonObject, parent: string, name: string): unknown => (event[parent] as JsonObject)[name];

describe('generateMixedStream', () => {
  const events = [...generateMixedStream({ events: 4000, seed: 1 })];

  it('is the same for the same seed, and another for another', () => {
    expect([...generateMixedStream({ events: 50, seed: 1 })]).toEqual(events.slice(0, 50));
    expect([...generateMixedStream({ events: 50, seed: 2 })]).not.toEqual(events.slice(0, 50));
  });

  it('is half processes, a quarter network and a quarter files, about 1.4 kB each', () => {
    const share = (category: string): number =>
      events.filter((event) => JSON.stringify(field(event, 'event', 'category')) === `["${category}"]`).length / 4000;
    expect(share('process')).toBeCloseTo(0.5, 1);
    expect(share('network')).toBeCloseTo(0.25, 1);
    expect(share('file')).toBeCloseTo(0.25, 1);
    const bytes = events.reduce((sum, event) => sum + Buffer.byteLength(JSON.stringify(event)) + 1, 0) / 4000;
    expect(bytes).toBeGreaterThan(1300);
    expect(bytes).toBeLessThan(1500);
  });

  it('ascends in time', () => {
    const times = events.map((event) => event['@timestamp'] as string);
    expect([...times].sort()).toEqual(times);
  });

  it('gives an id to every event and every process', () => {
    expect(new Set(events.map((event) => field(event, 'event', 'id'))).size).toBe(4000);
    const started = events.filter((event) => /^(?:start|exec)$/u.test(String(field(event, 'event', 'action'))));
    expect(new Set(started.map((event) => field(event, 'process', 'entity_id'))).size).toBe(started.length);
  });

  it('holds suspicious events as often as asked for', () => {
    const suspicious = [...generateMixedStream({ events: 2000, seed: 3, suspiciousOneIn: 10 })].filter((event) =>
      /203\.0\.113\.9|vssadmin|\/tmp\/\.|mimikatz|whoami|comsvcs|HKLM|schtasks|-enc|Startup|u\.exe|ld\.so|cron|lsass|authorized_keys|update\.job/u.test(
        JSON.stringify(event),
      ),
    );
    expect(suspicious.length).toBeGreaterThan(100);
  });
});
