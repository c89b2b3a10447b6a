import { compileFieldReader, type FieldReader } from '../event/field-reader.js';
import type { FieldPath } from '../event/field-table.js';
import { LazyEvent } from '../event/lazy-event.js';
import type { Match } from '../match.js';
import type { CompiledQuery } from '../plan/compile-query.js';
import { Engine } from '../rule-set/engine.js';
import { parseTimestamp, type Timestamp } from '../time/timestamp.js';
import type { JsonObject } from '../values/value.js';

/**
 * One query over events that come in order of time and have an end, as Elasticsearch's EQL search sees them. Results
 * are given as soon as they are certain; those of a `tail`, and so of a `size` at that end, come with `finish`.
 */
export class QueryRun {
  private readonly engine: Engine;
  private readonly readTimestamp: FieldReader;

  constructor(private readonly query: CompiledQuery) {
    this.engine = new Engine([query], { timesGiven: true });
    this.readTimestamp = compileFieldReader(query.timestampField.split('.'));
  }

  /** The fields that the query reads, for those who give it a {@link LazyEvent}. */
  get fieldPaths(): readonly FieldPath[] {
    return this.engine.fieldPaths;
  }

  /** How many results there were before `size` cut them; 0 for a query compiled without a size. */
  get found(): number {
    return this.query.plan.size?.found ?? 0;
  }

  /** Whether the answer has all the results it can have, so that no further event needs to be read. */
  get isComplete(): boolean {
    const { size } = this.query.plan;
    return size !== null && size.found >= size.enough;
  }

  /** Events that sequences left out because a later one had come before. */
  get lateEvents(): number {
    return this.engine.lateEvents;
  }

  /**
   * Takes the next event. Its timestamp is read from the query's timestamp field unless it is given. An event that has none
   * is looked at only if it is given one, such as the earliest that there is.
   */
  process(event: JsonObject, timestamp?: Timestamp): readonly Match[];
  /** Takes the next event, to be read field by field. */
  process(event: JsonObject | LazyEvent, timestamp: Timestamp): readonly Match[];
  process(event: JsonObject | LazyEvent, timestamp?: Timestamp): readonly Match[] {
    const time = timestamp ?? (event instanceof LazyEvent ? null : parseTimestamp(this.readTimestamp(event)));
    if (time === null) return [];
    return this.engine.process(event, time).map(({ match }) => match);
  }

  /** Says that there are no more events. */
  finish(): readonly Match[] {
    return this.engine.finish().map(({ match }) => match);
  }
}
