import type { JsonObject, JsonValue } from '@eqlkit/engine';

/** One event of a case, in the order of arrival. */
export interface CaseEvent {
  readonly id: number;
  /** Nanoseconds since the epoch. */
  readonly time: bigint;
  /** A single letter. */
  readonly type: string;
  readonly tiebreaker: number | null;
  /** Key fields; one that the event lacks is left out. */
  readonly fields: Readonly<Record<string, JsonValue>>;
}

/** One join key of a term. */
export interface CaseKey {
  readonly field: string;
  readonly optional: boolean;
}

/** A bracketed query: it takes the events of some types. */
export interface CaseStage {
  readonly types: readonly string[];
  readonly missing: boolean;
  readonly runs: number;
  readonly keys: readonly CaseKey[];
}

/** A sequence query. */
export interface CaseSequence {
  readonly keys: readonly CaseKey[];
  readonly maxspanMs: number | null;
  readonly stages: readonly CaseStage[];
  readonly until: CaseStage | null;
  /** Events of one timestamp are ordered by their tiebreaker. */
  readonly tiebreaker: boolean;
}

/** A sample query; its stages neither run nor miss. */
export interface CaseSample {
  readonly keys: readonly CaseKey[];
  readonly stages: readonly CaseStage[];
}

/** A match: the values of its key, and the id of each stage's event, null for a missing one. */
export interface CaseMatch {
  readonly key: readonly JsonValue[];
  readonly ids: readonly (number | null)[];
}

/** The query as its author writes it. */
export function writeSequence(sequence: CaseSequence): string {
  const maxspan = sequence.maxspanMs === null ? '' : ` with maxspan=${String(sequence.maxspanMs)}ms`;
  const until = sequence.until === null ? [] : ['until', writeStage(sequence.until)];
  return [`sequence${writeKeys(sequence.keys)}${maxspan}`, ...sequence.stages.map(writeStage), ...until].join(' ');
}

/** The query as its author writes it. */
export function writeSample({ keys, stages }: CaseSample): string {
  return [`sample${writeKeys(keys)}`, ...stages.map(writeStage)].join(' ');
}

function writeStage({ types, missing, runs, keys }: CaseStage): string {
  const list = types.map((type) => `"${type}"`).join(', ');
  return `${missing ? '!' : ''}[any where type in (${list})]${writeKeys(keys)}${runs === 1 ? '' : ` with runs=${String(runs)}`}`;
}

function writeKeys(keys: readonly CaseKey[]): string {
  return keys.length === 0 ? '' : ` by ${keys.map(({ field, optional }) => (optional ? '?' : '') + field).join(', ')}`;
}

/** The document of an event. */
export function writeEvent({ id, time, type, tiebreaker, fields }: CaseEvent): JsonObject {
  const seconds = time / 1_000_000_000n;
  const fraction = String(time % 1_000_000_000n).padStart(9, '0');
  const whole = new Date(Number(seconds) * 1_000).toISOString().replace('.000Z', '');
  return {
    '@timestamp': `${whole}.${fraction}Z`,
    id,
    type,
    ...(tiebreaker === null ? {} : { order: tiebreaker }),
    ...fields,
  };
}
