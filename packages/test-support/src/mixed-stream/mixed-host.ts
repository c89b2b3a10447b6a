import type { JsonObject } from '@eqlkit/engine';
import type { Random } from '../random.js';
import { SERVICES, SYSTEMD } from './programs.js';
import type { StreamProgram } from './stream-program.js';

/** A process of the stream, as its events describe it. */
export interface StreamProcess {
  readonly entityId: string;
  readonly pid: number;
  readonly name: string;
  readonly executable: string;
  readonly args: readonly string[];
  readonly commandLine: string;
  readonly md5: string;
  readonly parent: StreamProcess | null;
}

/** A computer of the stream. */
export interface MixedHost {
  readonly windows: boolean;
  readonly agentId: string;
  readonly user: JsonObject;
  readonly host: JsonObject;
  readonly address: string;
  /** Processes that may act; the oldest one goes when there are too many. */
  readonly live: StreamProcess[];
}

/** Processes that a host keeps alive. */
const MAX_LIVE = 40;

const HEX = '0123456789abcdef';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Makes the computer with a number: two of three run Windows, the others Linux. */
export function createMixedHost(number: number, random: Random): MixedHost {
  const windows = number % 3 !== 2;
  const name = `${windows ? 'WS' : 'srv'}-${String(number).padStart(4, '0')}`;
  const address = `10.${(number >> 8) & 255}.${number & 255}.17`;
  const mixedHost: MixedHost = {
    windows,
    agentId: randomUuid(random),
    user: windows
      ? { id: `S-1-5-21-1180699209-877415012-3182924384-${1_000 + number}`, name: `user${number}`, domain: 'CORP' }
      : { id: '1000', name: `user${number}`, domain: name },
    host: {
      id: randomUuid(random),
      hostname: name,
      name,
      architecture: 'x86_64',
      ip: [address, '127.0.0.1', '::1'],
      mac: [random.text(12, HEX)],
      os: windows
        ? { type: 'windows', family: 'windows', platform: 'windows', name: 'Windows', version: '10.0.19045' }
        : { type: 'linux', family: 'debian', platform: 'debian', name: 'Linux', version: '12.9' },
    },
    address,
    live: [],
  };
  startProcess(mixedHost, windows ? SERVICES : SYSTEMD, null, random);
  return mixedHost;
}

/** Starts a process; the oldest one of the host but the first makes room. */
export function startProcess(
  host: MixedHost,
  { executable, args }: StreamProgram,
  parent: StreamProcess | null,
  random: Random,
): StreamProcess {
  const separator = host.windows ? '\\' : '/';
  const started: StreamProcess = {
    entityId: random.text(32, BASE64),
    pid: random.integer(300, 65_000),
    name: executable.slice(executable.lastIndexOf(separator) + 1),
    executable,
    args: [executable, ...args],
    commandLine: [executable, ...args].join(' '),
    md5: random.text(32, HEX),
    // One generation is kept: longer lines of ancestors would hold all processes ever started in memory.
    parent: parent === null ? null : { ...parent, parent: null },
  };
  host.live.push(started);
  if (host.live.length > MAX_LIVE) host.live.splice(1, 1);
  return started;
}

/** A random version 4 UUID. */
export function randomUuid(random: Random): string {
  const digits = random.text(32, HEX);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-a${digits.slice(17, 20)}-${digits.slice(20)}`;
}
