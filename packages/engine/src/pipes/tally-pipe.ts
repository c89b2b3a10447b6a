import { asNumber } from '../event/event-codec.js';
import type { Match } from '../match.js';
import type { JsonValue } from '../values/value.js';
import type { PipeMachine } from './pipe-machine.js';
import type { SizeTally } from './pipe-plan.js';

/** Lets every match pass and counts it. */
export class TallyPipe implements PipeMachine {
  constructor(private readonly tally: SizeTally) {}

  push(match: Match): readonly Match[] {
    this.tally.found += 1;
    return [match];
  }

  finish(): readonly Match[] {
    return [];
  }

  snapshot(): JsonValue {
    return this.tally.found;
  }

  restore(state: JsonValue): void {
    this.tally.found = asNumber(state);
  }
}
