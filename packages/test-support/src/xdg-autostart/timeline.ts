import type { JsonObject } from '@eqlkit/engine';
import type { Desktop } from './desktop.js';
import type { Random } from '../random.js';
import { formatMoment, formatSecond } from './session-time.js';
import { isJsonObject } from './json-fields.js';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** How long an event takes from the agent into the file. */
const INGEST_DELAY_NS = 2_000_000_000;

/** An event with its place in time and in the file. Moments are nanoseconds after the start of the session. */
export interface TimelineEntry {
  readonly desktop: Desktop;
  readonly event: JsonObject;
  readonly atNs: number;
  /** When it reaches the file, if not in the order of time. */
  readonly arrivesNs?: number;
  /** Order of `event.sequence` among events of one moment; the order of arrival where it is left out. */
  readonly captureRank?: number;
  /** Name of the case that the event belongs to. */
  readonly label?: string;
  /** Last change to the finished event. */
  readonly finish?: (event: JsonObject) => JsonObject;
}

/** Collects events in any order and writes them out in order of arrival, with `event.sequence` in order of capture. */
export class Timeline {
  readonly #entries: TimelineEntry[] = [];

  add(entry: TimelineEntry): void {
    this.#entries.push(entry);
  }

  /** The finished events in order of arrival. `random` supplies the event ids. */
  write(random: Random): JsonObject[] {
    const arrived = [...this.#entries].sort((a, b) => arrival(a) - arrival(b));
    const captured = [...arrived].sort((a, b) => a.atNs - b.atNs || (a.captureRank ?? 0) - (b.captureRank ?? 0));
    const sequences = new Map<TimelineEntry, number>();
    const nextSequence = new Map<Desktop, number>();
    for (const entry of captured) {
      const sequence = nextSequence.get(entry.desktop) ?? entry.desktop.firstSequence;
      sequences.set(entry, sequence);
      nextSequence.set(entry.desktop, sequence + 1);
    }
    return arrived.map((entry) => complete(entry, sequences.get(entry) ?? 0, random));
  }
}

function complete(entry: TimelineEntry, sequence: number, random: Random): JsonObject {
  const { event: details, ...rest } = entry.event;
  const moment = formatMoment(entry.atNs);
  const whole: JsonObject = {
    '@timestamp': moment,
    ...(entry.label === undefined ? {} : { _case: entry.label }),
    event: {
      ...(isJsonObject(details) ? details : {}),
      id: `${random.text(16, BASE62)}++++${sequence.toString(36).padStart(4, '0')}`,
      sequence,
      created: moment,
      ingested: formatSecond(arrival(entry) + INGEST_DELAY_NS),
    },
    ...rest,
  };
  return entry.finish === undefined ? whole : entry.finish(whole);
}

function arrival(entry: TimelineEntry): number {
  return entry.arrivesNs ?? entry.atNs;
}
