import { asList, type EventDecoder, type EventEncoder } from '../event/event-codec.js';
import type { Match } from '../match.js';
import type { JsonValue } from '../values/value.js';
import { decodeMatch, encodeMatch } from './match-codec.js';
import type { PipeMachine } from './pipe-machine.js';

/** `tail n`: gives the last n matches when the input ends. */
export class TailPipe implements PipeMachine {
  private kept: Match[] = [];
  private oldest = 0;

  constructor(private readonly count: number) {}

  push(match: Match): readonly Match[] {
    if (this.count === 0) return [];
    if (this.kept.length < this.count) {
      this.kept.push(match);
      return [];
    }
    this.kept[this.oldest] = match;
    this.oldest = (this.oldest + 1) % this.count;
    return [];
  }

  finish(): readonly Match[] {
    const kept = this.inOrder();
    this.kept = [];
    this.oldest = 0;
    return kept;
  }

  private inOrder(): readonly Match[] {
    return [...this.kept.slice(this.oldest), ...this.kept.slice(0, this.oldest)];
  }

  snapshot(encoder: EventEncoder): JsonValue {
    return this.inOrder().map((match) => encodeMatch(match, encoder));
  }

  restore(state: JsonValue, decoder: EventDecoder): void {
    this.kept = asList(state).map((encoded) => decodeMatch(encoded, decoder));
    this.oldest = 0;
  }
}
