import type { JsonObject } from '@eqlkit/engine';
import { createRandom, type Random } from '../random.js';
import { createMixedHost, randomUuid, startProcess, type MixedHost, type StreamProcess } from './mixed-host.js';
import {
  LINUX_FILES,
  LINUX_PROGRAMS,
  SUSPICIOUS_FILES,
  SUSPICIOUS_LINUX_PROGRAMS,
  SUSPICIOUS_WINDOWS_PROGRAMS,
  WINDOWS_FILES,
  WINDOWS_PROGRAMS,
} from './programs.js';

/** What a generated stream is made of. */
export interface MixedStreamOptions {
  readonly events: number;
  readonly seed: number;
  /** Computers that the events come from; 30 if absent. */
  readonly hosts?: number;
  /** One of how many events is what detection rules look for; 200 if absent. */
  readonly suspiciousOneIn?: number;
}

/** Ordinary programs are signed; what attackers bring is a program of the system, too. */
const SIGNATURE = { exists: true, trusted: true, subject_name: 'Microsoft Windows', status: 'trusted' };

const START_MS = Date.UTC(2026, 0, 12, 8);

/**
 * A stream as the agents of many computers send it: half of the events about processes, a quarter about connections, a
 * quarter about files, 1.4 kB each as JSON, with the arrays that Elastic Defend writes. Some are what rules look for.
 * Timestamps ascend. The same options give the same events on every machine.
 */
export function* generateMixedStream(options: MixedStreamOptions): Generator<JsonObject> {
  const { events, seed, hosts: hostCount = 30, suspiciousOneIn = 200 } = options;
  const random = createRandom(seed);
  const hosts = Array.from({ length: Math.max(1, hostCount) }, (_, number) => createMixedHost(number, random));
  let timestampMs = START_MS;
  for (let sequence = 0; sequence < events; sequence += 1) {
    timestampMs += random.integer(0, 20);
    const host = hosts[random.integer(0, hosts.length - 1)];
    if (host === undefined) return;
    const suspicious = random.integer(1, suspiciousOneIn) === 1;
    yield nextEvent({ host, random, suspicious, timestampMs, sequence });
  }
}

/** What one event is made from. */
interface Moment {
  readonly host: MixedHost;
  readonly random: Random;
  readonly suspicious: boolean;
  readonly timestampMs: number;
  readonly sequence: number;
}

function nextEvent(moment: Moment): JsonObject {
  const kind = moment.random.integer(0, 3);
  if (kind < 2) return processEvent(moment);
  return kind === 2 ? networkEvent(moment) : fileEvent(moment);
}

function processEvent(moment: Moment): JsonObject {
  const { host, random, suspicious } = moment;
  if (!suspicious && random.integer(0, 3) === 0) {
    const ended = pickLive(host, random);
    return { ...envelope(moment, 'process', 'end', 'end'), process: { ...describe(ended), exit_code: 0 } };
  }
  const program = random.pick(
    host.windows
      ? suspicious
        ? SUSPICIOUS_WINDOWS_PROGRAMS
        : WINDOWS_PROGRAMS
      : suspicious
        ? SUSPICIOUS_LINUX_PROGRAMS
        : LINUX_PROGRAMS,
  );
  const started = startProcess(host, program, suspicious ? pickLive(host, random) : (host.live[0] ?? null), random);
  const action = host.windows ? 'start' : 'exec';
  return { ...envelope(moment, 'process', action, 'start'), process: describe(started) };
}

function networkEvent(moment: Moment): JsonObject {
  const { host, random, suspicious } = moment;
  const ip = suspicious
    ? '203.0.113.9'
    : `${random.integer(11, 190)}.${random.integer(0, 255)}.12.${random.integer(1, 254)}`;
  return {
    ...envelope(moment, 'network', host.windows ? 'connection_attempted' : 'connection_accepted', 'start'),
    process: describeActor(pickActor(moment)),
    source: { address: host.address, ip: host.address, port: random.integer(32_768, 60_999) },
    destination: { address: ip, ip, port: random.pick([53, 80, 443, 443, 8_080]) },
    network: { transport: 'tcp', type: 'ipv4', direction: 'egress' },
  };
}

function fileEvent(moment: Moment): JsonObject {
  const { host, random, suspicious } = moment;
  const watched = host.windows ? SUSPICIOUS_FILES.windows : SUSPICIOUS_FILES.linux;
  const path = random.pick(suspicious ? watched : host.windows ? WINDOWS_FILES : LINUX_FILES);
  const name = path.slice(path.lastIndexOf(host.windows ? '\\' : '/') + 1);
  const dot = name.lastIndexOf('.');
  const action = random.pick(['creation', 'overwrite', 'deletion'] as const);
  return {
    ...envelope(moment, 'file', action, action === 'overwrite' ? 'change' : action),
    process: describeActor(pickActor(moment)),
    file: {
      path,
      name,
      ...(dot > 0 ? { extension: name.slice(dot + 1) } : {}),
      size: random.integer(0, 900_000),
    },
  };
}

/** Something suspicious is done by the process that started last, so that sequences are completed. */
function pickActor({ host, random, suspicious }: Moment): StreamProcess {
  return suspicious ? (host.live.at(-1) ?? pickLive(host, random)) : pickLive(host, random);
}

function pickLive(host: MixedHost, random: Random): StreamProcess {
  const live = host.live[random.integer(0, host.live.length - 1)];
  if (live === undefined) throw new Error('a host of the mixed stream has no processes');
  return live;
}

/** What every event has. */
function envelope(moment: Moment, category: string, action: string, type: string): JsonObject {
  const { host, random, timestampMs, sequence } = moment;
  const timestamp = new Date(timestampMs).toISOString();
  const dataset = `endpoint.events.${category}`;
  return {
    '@timestamp': timestamp,
    agent: { id: host.agentId, type: 'endpoint', version: '8.17.3' },
    data_stream: { type: 'logs', dataset, namespace: 'default' },
    ecs: { version: '8.10.0' },
    event: {
      action,
      category: [category],
      type: [type],
      kind: 'event',
      module: 'endpoint',
      dataset,
      outcome: 'unknown',
      id: randomUuid(random),
      sequence,
      created: timestamp,
    },
    host: host.host,
    user: host.user,
  };
}

function describe(one: StreamProcess): JsonObject {
  const { args, commandLine, md5, parent } = one;
  return {
    ...describeActor(one),
    command_line: commandLine,
    args,
    args_count: args.length,
    hash: { md5 },
    ...(parent === null
      ? {}
      : {
          parent: {
            entity_id: parent.entityId,
            pid: parent.pid,
            name: parent.name,
            executable: parent.executable,
            args: parent.args,
          },
        }),
  };
}

/** The process of an event about something else, which says less of it. */
function describeActor({ entityId, pid, name, executable, parent }: StreamProcess): JsonObject {
  return {
    entity_id: entityId,
    pid,
    name,
    executable,
    code_signature: SIGNATURE,
    Ext: { ancestry: parent === null ? [] : [parent.entityId] },
  };
}
