import { asNumber } from '../event/event-codec.js';
import type { Match } from '../match.js';
import type { JsonValue } from '../values/value.js';
import type { PipeMachine } from './pipe-machine.js';

/** `head n`: lets the first n matches pass. */
export class HeadPipe implements PipeMachine {
  private passed = 0;

  constructor(private readonly count: number) {}

  push(match: Match): readonly Match[] {
    if (this.passed >= this.count) return [];
    this.passed += 1;
    return [match];
  }

  finish(): readonly Match[] {
    return [];
  }

  snapshot(): JsonValue {
    return this.passed;
  }

  restore(state: JsonValue): void {
    this.passed = asNumber(state);
  }
}
