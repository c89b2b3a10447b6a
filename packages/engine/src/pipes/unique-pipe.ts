import { asList, asText } from '../event/event-codec.js';
import type { Match } from '../match.js';
import type { JsonValue } from '../values/value.js';
import type { PipeMachine } from './pipe-machine.js';
import { rowKey, type RowReader } from './row-reader.js';

/** `unique a, b`: lets the first row of each combination of values pass. */
export class UniquePipe implements PipeMachine {
  private seen = new Set<string>();

  constructor(private readonly rows: RowReader) {}

  push(match: Match): readonly Match[] {
    const key = rowKey(this.rows.read(match));
    if (this.seen.has(key)) return [];
    this.seen.add(key);
    return [match];
  }

  finish(): readonly Match[] {
    return [];
  }

  snapshot(): JsonValue {
    return [...this.seen];
  }

  restore(state: JsonValue): void {
    this.seen = new Set(asList(state).map(asText));
  }
}
