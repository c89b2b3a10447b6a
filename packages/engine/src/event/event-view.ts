import type { JsonValue } from '../values/value.js';
import type { EventRecord } from './event-record.js';
import { readColumn, type FieldTable } from './field-table.js';
import type { FieldValue } from './field-value.js';

/**
 * The event that predicates look at. One view serves a whole run: `load` moves it to the next event, and each field
 * is looked up once per event, when the first predicate asks for it.
 */
export class EventView {
  private current: EventRecord | null = null;
  private generation = 0;
  private readonly values: FieldValue[] = [];
  private readonly generations: number[] = [];
  /** Events of earlier stages that a condition may speak of, by alias; see `withBindings`. */
  private bound: ReadonlyMap<string, EventRecord> = new Map();
  /** Elements that array functions are walking, by variable. */
  private readonly elements = new Map<string, JsonValue>();

  constructor(readonly fields: FieldTable) {}

  /** Moves to another event. */
  load(record: EventRecord): void {
    this.current = record;
    this.generation += 1;
  }

  /** The event that is looked at. */
  get record(): EventRecord {
    if (this.current === null) throw new Error('an event view was read before an event was loaded');
    return this.current;
  }

  /** Counts the events that were loaded; changes with each. */
  get eventNumber(): number {
    return this.generation;
  }

  /** The values of the field at a place of the field table. */
  get(place: number): FieldValue {
    const known = this.values[place];
    if (this.generations[place] === this.generation && known !== undefined) return known;
    const column = this.fields.columns[place];
    if (column === undefined) throw new Error(`the field table has no place ${place}`);
    const value = readColumn(column, this.record.event);
    this.values[place] = value;
    this.generations[place] = this.generation;
    return value;
  }

  /** Runs `action` with the events that aliases stand for. */
  withBindings<T>(bindings: ReadonlyMap<string, EventRecord>, action: () => T): T {
    const outer = this.bound;
    this.bound = bindings;
    try {
      return action();
    } finally {
      this.bound = outer;
    }
  }

  /** The event that an alias stands for. */
  binding(alias: string): EventRecord | undefined {
    return this.bound.get(alias);
  }

  /** Runs `action` while a variable stands for an element of an array. */
  withElement<T>(variable: string, element: JsonValue, action: () => T): T {
    const outer = this.elements.get(variable);
    this.elements.set(variable, element);
    try {
      return action();
    } finally {
      if (outer === undefined) this.elements.delete(variable);
      else this.elements.set(variable, outer);
    }
  }

  /** The element that a variable stands for. */
  element(variable: string): JsonValue | undefined {
    return this.elements.get(variable);
  }
}
