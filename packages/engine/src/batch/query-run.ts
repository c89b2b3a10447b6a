import type { Match } from '../match.js';
import type { CompiledQuery } from '../plan/compile-query.js';
import { Engine } from '../rule-set/engine.js';
import type { Timestamp } from '../time/timestamp.js';
import type { JsonObject } from '../values/value.js';

/**
 * One query over events that come in order of time and have an end, as Elasticsearch's EQL search sees them. Results
 * are given as soon as they are certain; those of a `tail`, and so of a `size` at that end, come with `finish`.
 */
export class QueryRun {
  private readonly engine: Engine;

  constructor(private readonly query: CompiledQuery) {
    this.engine = new Engine([query]);
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

  /** Takes the next event. Its timestamp is read from `@timestamp` unless it is given. */
  process(event: JsonObject, timestamp?: Timestamp): readonly Match[] {
    return this.engine.process(event, timestamp).map(({ match }) => match);
  }

  /** Says that there are no more events. */
  finish(): readonly Match[] {
    return this.engine.finish().map(({ match }) => match);
  }
}
