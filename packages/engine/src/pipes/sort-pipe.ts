import { asList, type EventDecoder, type EventEncoder } from '../event/event-codec.js';
import type { Match } from '../match.js';
import { foldCase } from '../text/case-folding.js';
import { compareCodePoints } from '../text/compare-code-points.js';
import type { JsonValue, Value } from '../values/value.js';
import { decodeMatch, encodeMatch } from './match-codec.js';
import type { PipeMachine } from './pipe-machine.js';
import type { RowReader } from './row-reader.js';

/** `sort a, b`: gives all rows in ascending order when the input ends; equal rows keep their order. */
export class SortPipe implements PipeMachine {
  private kept: Match[] = [];

  constructor(private readonly rows: RowReader) {}

  push(match: Match): readonly Match[] {
    this.kept.push(match);
    return [];
  }

  finish(): readonly Match[] {
    const keyed = this.kept.map((match) => ({ match, key: this.rows.read(match) }));
    this.kept = [];
    return keyed.sort((a, b) => compareRows(a.key, b.key)).map(({ match }) => match);
  }

  snapshot(encoder: EventEncoder): JsonValue {
    return this.kept.map((match) => encodeMatch(match, encoder));
  }

  restore(state: JsonValue, decoder: EventDecoder): void {
    this.kept = asList(state).map((encoded) => decodeMatch(encoded, decoder));
  }
}

/** Ascending by each value in turn. */
export function compareRows(a: readonly Value[], b: readonly Value[]): number {
  for (let at = 0; at < a.length; at += 1) {
    const order = compareValues(a[at] ?? null, b[at] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

/** A missing value counts as the empty value of the other's type, as in Python EQL. */
function compareValues(a: Value, b: Value): number {
  if (a === null && b === null) return 0;
  if (a === null) return -compareValues(b, a);
  const other = b ?? emptyOf(a);
  if (typeof a === 'string' && typeof other === 'string') {
    return compareCodePoints(foldCase(a, 'unicode'), foldCase(other, 'unicode'));
  }
  if (typeof a === typeof other || (typeof a !== 'string' && typeof other !== 'string')) {
    return a < other ? -1 : a > other ? 1 : 0;
  }
  return typeof a === 'string' ? 1 : -1;
}

function emptyOf(value: Exclude<Value, null>): Exclude<Value, null> {
  if (typeof value === 'string') return '';
  return typeof value === 'boolean' ? false : 0;
}
