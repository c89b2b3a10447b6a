import { formatTimestamp } from '../time/format-timestamp.js';
import { parseTimestampText, timestampFromEpochMs } from '../time/timestamp.js';
import { normalizeInteger } from '../values/integer.js';
import { isJsonList } from '../values/json-shape.js';
import type { JsonValue, Scalar } from '../values/value.js';

/** How one value is made of another. Null: nothing can be made of it. */
type Derivation = (value: Scalar) => JsonValue;

/** Between 1601-01-01, where Windows counts from, and 1970-01-01, in steps of 100 ns. */
const FILETIME_EPOCH = 116_444_736_000_000_000n;

/** Every way to derive a value, by its name in mapping files. */
export const DERIVATIONS = {
  /** The value itself. */
  copy: (value) => value,
  /** The last part of a path, Windows or Unix. */
  basename: (value) => text(value, (path) => path.slice(lastSeparator(path) + 1)),
  /** The part of a path before its last separator. */
  directory: (value) => text(value, (path) => path.slice(0, Math.max(0, lastSeparator(path)))),
  /** What follows the last dot of a file's name, in lower case. */
  extension: (value) => text(value, (path) => /\.([^.\\/]+)$/u.exec(path)?.[1]?.toLowerCase() ?? ''),
  /** The user of `DOMAIN\user`. */
  account: (value) => text(value, (name) => name.slice(name.lastIndexOf('\\') + 1)),
  /** The domain of `DOMAIN\user`. */
  domain: (value) => text(value, (name) => name.slice(0, Math.max(0, name.lastIndexOf('\\')))),
  lowercase: (value) => text(value, (name) => name.toLowerCase()),
  /** `{A-B}` as `A-B`. */
  'without-braces': (value) => text(value, (guid) => guid.replaceAll(/[{}]/gu, '')),
  /** A command line as its arguments; double quotes keep blanks together. */
  arguments: (value) => (typeof value === 'string' ? splitArguments(value) : null),
  /** A whole number, also `0x…`. */
  integer: (value) => toInteger(value),
  /** One hash of Sysmon's `SHA1=…,MD5=…`. */
  md5: (value) => hash(value, 'MD5'),
  sha1: (value) => hash(value, 'SHA1'),
  sha256: (value) => hash(value, 'SHA256'),
  imphash: (value) => hash(value, 'IMPHASH'),
  /** A date and time without a zone, which is UTC. */
  utc: (value) => (typeof value === 'string' ? instant(parseTimestampText(value.trim(), 'start')) : null),
  'epoch-seconds': (value) => instant(epochMs(value, 1_000)),
  'epoch-milliseconds': (value) => instant(epochMs(value, 1)),
  /** Windows FILETIME: steps of 100 ns since 1601. */
  filetime: (value) => fromFiletime(value),
  /** The addresses among the answers of Sysmon's `QueryResults`. */
  addresses: (value) => (typeof value === 'string' ? addressesIn(value) : null),
} as const satisfies Readonly<Record<string, Derivation>>;

/** The name of a way to derive a value. */
export type DerivationName = keyof typeof DERIVATIONS;

/** Derives a value; of a list the values that can be derived. */
export function deriveValue(name: DerivationName, value: JsonValue): JsonValue {
  const derive: Derivation = DERIVATIONS[name];
  if (typeof value !== 'object') return derive(value);
  if (!isJsonList(value)) return null;
  const derived = value.flatMap((one) => {
    const made = typeof one === 'object' ? null : derive(one);
    return made === null ? [] : [made];
  });
  return derived.length === 0 ? null : derived;
}

function text(value: Scalar, change: (value: string) => string): JsonValue {
  const changed = typeof value === 'string' ? change(value) : '';
  return changed === '' ? null : changed;
}

function lastSeparator(path: string): number {
  return Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'));
}

function splitArguments(line: string): JsonValue {
  const parts = [...line.matchAll(/(?:[^\s"]|"[^"]*"?)+/gu)].map(([part]) => part.replaceAll('"', ''));
  return parts.length === 0 ? null : parts;
}

function toInteger(value: Scalar): JsonValue {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value !== 'string' || !/^(?:-?\d{1,19}|0x[\da-f]{1,16})$/iu.test(value)) return null;
  return normalizeInteger(BigInt(value));
}

function hash(value: Scalar, name: string): JsonValue {
  if (typeof value !== 'string') return null;
  return new RegExp(`(?:^|,)${name}=([0-9a-f]+)`, 'iu').exec(value)?.[1]?.toLowerCase() ?? null;
}

function epochMs(value: Scalar, factor: number) {
  const count = typeof value === 'boolean' || value === '' ? NaN : Number(value);
  return timestampFromEpochMs(count * factor);
}

function instant(timestamp: ReturnType<typeof timestampFromEpochMs>): JsonValue {
  return timestamp === null ? null : formatTimestamp(timestamp);
}

function fromFiletime(value: Scalar): JsonValue {
  if (typeof value === 'boolean' || !/^\d{1,19}$/u.test(String(value))) return null;
  const ticks = BigInt(value) - FILETIME_EPOCH;
  const ms = ticks / 10_000n - (ticks % 10_000n < 0n ? 1n : 0n);
  const ns = Number(ticks - ms * 10_000n) * 100;
  const timestamp = timestampFromEpochMs(Number(ms));
  return timestamp === null ? null : formatTimestamp({ ms: timestamp.ms, ns });
}

function addressesIn(answers: string): JsonValue {
  const addresses = answers
    .split(';')
    .map((answer) => answer.trim().replace(/^::ffff:(?=\d+\.)/iu, ''))
    .filter((answer) => /^[\d.]+$|^[\da-f:]*:[\da-f:.]*$/iu.test(answer) && answer !== '');
  return addresses.length === 0 ? null : addresses;
}
