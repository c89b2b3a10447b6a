import type { EventView } from '../event/event-view.js';
import { listValues, type FieldValue } from '../event/field-value.js';
import type { Predicate } from '../predicate/predicate.js';
import type { JsonValue, Scalar } from '../values/value.js';

/** How a dialect's events name their process, its parent and all its ancestors. */
export interface ProcessFields {
  readonly process: (view: EventView) => FieldValue;
  readonly parent: (view: EventView) => FieldValue;
  readonly ancestors: (view: EventView) => FieldValue;
}

/** Most processes that a tracker remembers; beyond that it forgets those that it saw first. */
const MAX_PROCESSES = 1_000_000;

/**
 * Follows the process tree for one `… of [query]`: which processes caused an event that satisfied the query, and
 * which descend from them. Process ids are those that are unique over time, so that ended processes do no harm.
 */
export class LineageTracker {
  /** Processes with an event that satisfied the query. */
  private sources = new Set<Scalar>();
  private descendants = new Set<Scalar>();

  constructor(
    private readonly query: Predicate,
    private readonly fields: ProcessFields,
  ) {}

  /** Looks at an event before any condition is asked about it. */
  observe(view: EventView): void {
    const [process] = listValues(this.fields.process(view));
    if (process === undefined) return;
    if (this.descends(view)) remember(this.descendants, process);
    if (this.query.test(view)) remember(this.sources, process);
  }

  /** `event of`: the event's own process is a source. */
  isSource(view: EventView): boolean {
    return listValues(this.fields.process(view)).some((process) => this.sources.has(process));
  }

  /** `child of`: the parent process is a source. */
  isChild(view: EventView): boolean {
    return listValues(this.fields.parent(view)).some((parent) => this.sources.has(parent));
  }

  /** `descendant of`: an ancestor is a source. */
  isDescendant(view: EventView): boolean {
    return (
      listValues(this.fields.process(view)).some((process) => this.descendants.has(process)) || this.descends(view)
    );
  }

  private descends(view: EventView): boolean {
    return (
      listValues(this.fields.parent(view)).some((parent) => this.sources.has(parent) || this.descendants.has(parent)) ||
      listValues(this.fields.ancestors(view)).some((ancestor) => this.sources.has(ancestor))
    );
  }

  /** The state as plain data. */
  snapshot(): JsonValue {
    return { sources: [...this.sources], descendants: [...this.descendants] };
  }

  /** Takes over what `snapshot` gave. */
  restore(state: { readonly sources: readonly Scalar[]; readonly descendants: readonly Scalar[] }): void {
    this.sources = new Set(state.sources);
    this.descendants = new Set(state.descendants);
  }
}

function remember(processes: Set<Scalar>, process: Scalar): void {
  processes.add(process);
  if (processes.size <= MAX_PROCESSES) return;
  const [oldest] = processes;
  if (oldest !== undefined) processes.delete(oldest);
}
