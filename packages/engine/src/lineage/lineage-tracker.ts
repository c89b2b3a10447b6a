import type { EventView } from '../event/event-view.js';
import { listValues } from '../event/field-value.js';
import type { JsonValue, Scalar } from '../values/value.js';
import { oldestKeysBeyond } from '../values/oldest-keys.js';
import type { LineagePlan, ProcessFields } from './lineage-plan.js';

/** The process trees of a run. */
export type LineageTrackers = ReadonlyMap<LineagePlan, LineageTracker>;

/** Plants a tree for each plan. */
export function createTrackers(plans: readonly LineagePlan[]): LineageTrackers {
  return new Map(plans.map((plan) => [plan, new LineageTracker(plan)]));
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

  constructor(private readonly plan: LineagePlan) {}

  /** Looks at an event before any condition is asked about it. */
  observe(view: EventView): void {
    const { query, fields } = this.plan;
    const [process] = listValues(fields.process(view));
    if (process === undefined) return;
    if (this.descends(view, fields)) remember(this.descendants, process);
    if (query.test(view)) remember(this.sources, process);
  }

  /** `event of`: the event's own process is a source. */
  isSource(view: EventView, fields: ProcessFields): boolean {
    return listValues(fields.process(view)).some((process) => this.sources.has(process));
  }

  /** `child of`: the parent process is a source. */
  isChild(view: EventView, fields: ProcessFields): boolean {
    return listValues(fields.parent(view)).some((parent) => this.sources.has(parent));
  }

  /** `descendant of`: an ancestor is a source. */
  isDescendant(view: EventView, fields: ProcessFields): boolean {
    return (
      listValues(fields.process(view)).some((process) => this.descendants.has(process)) || this.descends(view, fields)
    );
  }

  private descends(view: EventView, fields: ProcessFields): boolean {
    return (
      listValues(fields.parent(view)).some((parent) => this.sources.has(parent) || this.descendants.has(parent)) ||
      listValues(fields.ancestors(view)).some((ancestor) => this.sources.has(ancestor))
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
  for (const oldest of oldestKeysBeyond(processes, MAX_PROCESSES)) processes.delete(oldest);
}
