import { availableParallelism } from 'node:os';
import { parseTimestamp } from '@eqlkit/engine';
import { didYouMean, MAX_PATH_PARTS } from '@eqlkit/language';
import { ATTACK_TACTICS, isIndexName, tacticSlug } from '@eqlkit/rules';
import { InvalidArgumentError } from 'commander';

/** Reads the name of a field. */
export function parseFieldName(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('A field name is not empty.');
  if (value.split('.').length > MAX_PATH_PARTS) {
    throw new InvalidArgumentError(`A field has at most ${MAX_PATH_PARTS} parts.`);
  }
  return value;
}

/** Gathers the names of fields, separated by commas, from an option that may be repeated. */
export function parseFieldNames(value: string, gathered: readonly string[] | undefined): readonly string[] {
  return [...new Set([...(gathered ?? []), ...value.split(',').map((name) => parseFieldName(name.trim()))])];
}

/** Reads a number of things: a whole number, zero among them. */
export function parseCount(value: string): number {
  const count = Number(value);
  if (!/^\d+$/u.test(value) || !Number.isSafeInteger(count)) {
    throw new InvalidArgumentError('It is a whole number, such as 10.');
  }
  return count;
}

/** Reads a number of things of which there is at least one. */
export function parsePositiveCount(value: string): number {
  const count = parseCount(value);
  if (count === 0) throw new InvalidArgumentError('It is at least 1.');
  return count;
}

/** Most samples of one key: each may hold its own events, and an event may complete samples of many keys. */
const MAX_SAMPLES_PER_KEY = 10_000;

/** Reads how many samples of one key are wanted. */
export function parseSamplesPerKey(value: string): number {
  const count = parsePositiveCount(value);
  if (count > MAX_SAMPLES_PER_KEY) throw new InvalidArgumentError('It is at most 10,000.');
  return count;
}

/** More threads than any machine has use for, and each takes memory. */
const MAX_WORKERS = 256;

/** Reads a number of threads, or `auto` for as many as can run at the same time here. */
export function parseWorkerCount(value: string): number {
  if (value === 'auto') return availableParallelism();
  const count = parsePositiveCount(value);
  if (count > MAX_WORKERS) throw new InvalidArgumentError(`It is at most ${MAX_WORKERS}.`);
  return count;
}

/** Gathers an option that may be given several times. */
export function collect(value: string, gathered: readonly string[] | undefined): readonly string[] {
  return [...(gathered ?? []), value];
}

/** Reads the name of one index. */
export function parseIndexName(value: string): string {
  if (!isIndexName(value)) {
    throw new InvalidArgumentError('It is the name of one index, such as logs-endpoint.events.process-default.');
  }
  return value;
}

/** Reads a point in time as milliseconds since the epoch. */
export function parseTime(value: string): number {
  const time = parseTimestamp(value);
  if (time === null) throw new InvalidArgumentError('It is a date, such as 2026-01-31T12:00:00Z.');
  return time.ms;
}

/** Reads a risk score. */
export function parseRiskScore(value: string): number {
  const score = parseCount(value);
  if (score > 100) throw new InvalidArgumentError('It is from 0 to 100.');
  return score;
}

/** Reads a tactic of MITRE ATT&CK, given by its id or its name in any spelling, as its id. */
export function parseTactic(value: string): string {
  const wanted = tacticSlug(value);
  const found = [...ATTACK_TACTICS].find(([id, name]) => id.toLowerCase() === wanted || tacticSlug(name) === wanted);
  if (found !== undefined) return found[0];
  const names = [...ATTACK_TACTICS.values()].map(tacticSlug);
  throw new InvalidArgumentError(didYouMean(wanted, names) ?? `The tactics are: ${names.join(', ')}.`);
}

/** Reads the id of a technique or subtechnique. */
export function parseTechniqueId(value: string): string {
  const id = value.toUpperCase();
  if (!/^T\d{4}(?:\.\d{3})?$/u.test(id)) throw new InvalidArgumentError('It is an id, such as T1547 or T1547.013.');
  return id;
}

/** The systems on which Elastic Defend runs. */
export const DEFEND_SYSTEMS: readonly string[] = ['linux', 'macos', 'windows'];

/** Reads the name of a system on which Elastic Defend runs. */
export function parseSystem(value: string): string {
  const system = value.toLowerCase();
  if (DEFEND_SYSTEMS.includes(system)) return system;
  throw new InvalidArgumentError(didYouMean(system, DEFEND_SYSTEMS) ?? `It is one of ${DEFEND_SYSTEMS.join(', ')}.`);
}
