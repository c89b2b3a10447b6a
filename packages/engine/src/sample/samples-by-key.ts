import { asList, asObject, type EventDecoder, type EventEncoder } from '../event/event-codec.js';
import type { EventView } from '../event/event-view.js';
import type { Match } from '../match.js';
import { decodeMatch, encodeMatch } from '../pipes/match-codec.js';
import type { QueryBody } from '../plan/query-body.js';
import { compareKeyValues } from '../sequence/join-key.js';
import type { JsonValue } from '../values/value.js';
import type { SampleMachine } from './sample-machine.js';

const NOTHING: readonly Match[] = [];

/**
 * Holds the samples of a machine back until the end and gives them by join key, missing values first, as
 * Elasticsearch's search does; samples of one key come in the order in which they were found.
 */
export class SamplesByKey implements QueryBody {
  readonly needsClock = false;
  readonly needsOrder = false;
  private found: Match[] = [];

  constructor(private readonly machine: SampleMachine) {}

  process(view: EventView): readonly Match[] {
    for (const match of this.machine.process(view)) this.found.push(match);
    return NOTHING;
  }

  advanceTo(): readonly Match[] {
    return NOTHING;
  }

  finish(): readonly Match[] {
    const found = this.found.sort(compareKeys);
    this.found = [];
    return found;
  }

  snapshot(encoder: EventEncoder): JsonValue {
    return {
      machine: this.machine.snapshot(encoder),
      found: this.found.map((match) => encodeMatch(match, encoder)),
    };
  }

  restore(state: JsonValue, decoder: EventDecoder): void {
    const { machine, found } = asObject(state);
    this.machine.restore(machine ?? null, decoder);
    this.found = asList(found).map((encoded) => decodeMatch(encoded, decoder));
  }
}

function compareKeys(a: Match, b: Match): number {
  for (const [place, { value }] of a.keys.entries()) {
    const order = compareKeyValues(value, b.keys[place]?.value ?? null);
    if (order !== 0) return order;
  }
  return 0;
}
