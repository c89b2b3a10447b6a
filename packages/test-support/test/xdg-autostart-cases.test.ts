/* eslint-disable @typescript-eslint/no-base-to-string -- the labels and times of these events are texts */
import { BlockList, isIP } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '@eqlkit/engine';
import { XDG_AUTOSTART_CASES, generateXdgAutostartSession } from '../src/index.js';

/*
 * A second reading of the shipped rule, written by hand and without the engine: it keeps the expected numbers of
 * alerts honest. Only what this one rule needs is here.
 */

const INSIDE = createBlockList([
  '10.0.0.0/8 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24',
  '192.168.0.0/16 192.88.99.0/24 224.0.0.0/4 100.64.0.0/10 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24',
  '203.0.113.0/24 240.0.0.0/4 ::1/128 fe80::/10 ff00::/8',
]);
const PASSING_PROGRAMS = [
  '/usr/lib64/firefox/firefox',
  '/usr/lib/firefox/firefox',
  '/opt/forticlient/fortitraylauncher',
];
const NOTE_PID = 'export GIO_LAUNCHED_DESKTOP_FILE_PID=$$;'.toLowerCase();
const MAXSPAN_NS = 1_000_000_000n;

interface Found {
  readonly exec: JsonObject;
  readonly connection: JsonObject;
}

function createBlockList(lines: readonly string[]): BlockList {
  const blocks = new BlockList();
  for (const block of lines.join(' ').split(' ')) {
    const [network = '', prefix = ''] = block.split('/');
    blocks.addSubnet(network, Number(prefix), isIP(network) === 6 ? 'ipv6' : 'ipv4');
  }
  return blocks;
}

function isInside(ip: JsonValue): boolean {
  if (typeof ip !== 'string' || isIP(ip) === 0) return false;
  return INSIDE.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4');
}

/** Every value of a field, however its path is spelled: dots and objects in any mixture; nulls and arrays dissolve. */
function valuesOf(value: JsonValue | undefined, path: string): readonly JsonValue[] {
  if (path === '') return [value ?? null].flat().filter((item): item is JsonValue => item !== null);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    if (path === key) return valuesOf(child, '');
    return path.startsWith(`${key}.`) ? valuesOf(child, path.slice(key.length + 1)) : [];
  });
}

function has(event: JsonObject, path: string, value: JsonValue): boolean {
  return valuesOf(event, path).includes(value);
}

function isAutostart(event: JsonObject): boolean {
  if (!has(event, 'event.category', 'process') || !has(event, 'host.os.type', 'linux')) return false;
  if (!has(event, 'event.type', 'start') || !has(event, 'event.action', 'exec')) return false;
  if (has(event, 'process.parent.executable', '/usr/bin/xfce4-session')) return true;
  return (
    has(event, 'process.executable', '/bin/sh') &&
    ['-e', '-u', '-c'].every((argument) => has(event, 'process.args', argument)) &&
    valuesOf(event, 'process.args').some((argument) => String(argument).toLowerCase().startsWith(NOTE_PID))
  );
}

function isOutsideConnection(event: JsonObject): boolean {
  if (!has(event, 'event.category', 'network') || !has(event, 'host.os.type', 'linux')) return false;
  if (!has(event, 'event.type', 'start') || !has(event, 'event.action', 'connection_attempted')) return false;
  const addresses = valuesOf(event, 'destination.ip');
  if (addresses.length === 0 || addresses.includes('0.0.0.0') || addresses.some(isInside)) return false;
  return !PASSING_PROGRAMS.some((path) => has(event, 'process.executable', path));
}

/** Nanoseconds since 1970. */
function timeOf(event: JsonObject): bigint {
  const [seconds = '', fraction = ''] = String(event['@timestamp']).replace('Z', '').split('.');
  return BigInt(Date.parse(`${seconds}Z`)) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}

function sequenceOf(event: JsonObject): number {
  const [sequence] = valuesOf(event, 'event.sequence');
  return typeof sequence === 'number' ? sequence : Number.POSITIVE_INFINITY;
}

function runRule(events: readonly JsonObject[], withTiebreaker: boolean): readonly Found[] {
  const ordered = events.toSorted(
    (a, b) =>
      Number(timeOf(a) - timeOf(b)) ||
      (withTiebreaker && sequenceOf(a) !== sequenceOf(b) ? sequenceOf(a) - sequenceOf(b) : 0),
  );
  const pending = new Map<string, JsonObject>();
  const found: Found[] = [];
  for (const event of ordered) {
    const [host] = valuesOf(event, 'host.id');
    const [entity] = valuesOf(event, 'process.entity_id');
    if (host === undefined || entity === undefined) continue;
    const key = JSON.stringify([host, entity]);
    const exec = pending.get(key);
    if (isOutsideConnection(event) && exec !== undefined) {
      pending.delete(key);
      if (timeOf(event) - timeOf(exec) <= MAXSPAN_NS) found.push({ exec, connection: event });
    }
    if (isAutostart(event)) pending.set(key, event);
  }
  return found;
}

function countByLabel(found: readonly Found[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { exec, connection } of found) {
    expect(connection['_case']).toBe(exec['_case']);
    const label = String(exec['_case']);
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts;
}

function expectedCounts(count: 'alerts' | 'alertsWithTiebreaker'): Readonly<Record<string, number>> {
  return Object.fromEntries(
    XDG_AUTOSTART_CASES.filter((item) => item[count] > 0).map((item) => [item.label, item[count]]),
  );
}

describe.each([17, 1, 2, 3, 4_294_967_295])('the cases of the autostart session with seed %i', (seed) => {
  const events = generateXdgAutostartSession(seed);

  it('alert as stated, in order of arrival within one timestamp, and nothing else alerts', () => {
    expect(countByLabel(runRule(events, false))).toEqual(expectedCounts('alerts'));
  });

  it('alert as stated with event.sequence as the tiebreaker, and nothing else alerts', () => {
    expect(countByLabel(runRule(events, true))).toEqual(expectedCounts('alertsWithTiebreaker'));
  });
});

describe('the cases of the autostart session', () => {
  const events = generateXdgAutostartSession();

  it('have unique labels, and exactly these stand in the events', () => {
    const labels = XDG_AUTOSTART_CASES.map((item) => item.label);
    expect(new Set(labels).size).toBe(labels.length);
    expect(new Set(events.flatMap((event) => valuesOf(event, '_case')))).toEqual(new Set(labels));
  });

  it('share no entity id with another case or the background', () => {
    const users = new Map<JsonValue, Set<string>>();
    for (const event of events) {
      for (const entity of valuesOf(event, 'process.entity_id')) {
        users.set(entity, (users.get(entity) ?? new Set()).add(String(event['_case'])));
      }
    }
    expect([...users.values()].filter((labels) => labels.size > 1)).toEqual([]);
  });

  it('use the later of two execs', () => {
    const [found] = runRule(events, false).filter(({ exec }) => exec['_case'] === 'exec-twice');
    const execs = events.filter((event) => event['_case'] === 'exec-twice' && isAutostart(event));
    expect(found?.exec).toBe(execs[1]);
  });
});
