import { asList, asScalar } from '../event/event-codec.js';
import type { EventView } from '../event/event-view.js';
import { listValues } from '../event/field-value.js';
import { oldestKeysBeyond } from '../values/oldest-keys.js';
import type { JsonValue, Scalar } from '../values/value.js';
import type { ProcessFields } from './lineage-plan.js';

/** Most processes that are remembered; beyond that those are forgotten that were seen first. */
const MAX_PROCESSES = 1_000_000;

/** Most ancestors of one process that are looked at. */
const MAX_ANCESTORS = 1_000;

/**
 * Who started whom, as far as events have told. Process ids are those that are unique over time, so that ended processes
 * do no harm.
 */
export class ProcessTree {
  private parents = new Map<Scalar, Scalar>();

  /** Learns the parent of an event's process. */
  observe(view: EventView, fields: ProcessFields): void {
    const [process] = listValues(fields.process(view));
    const [parent] = listValues(fields.parent(view));
    if (process === undefined || parent === undefined || process === parent) return;
    if (this.parents.get(process) === parent) return;
    this.parents.set(process, parent);
    for (const oldest of oldestKeysBeyond(this.parents, MAX_PROCESSES)) this.parents.delete(oldest);
  }

  /** The parents of an event's process: those that it names, or else the one that an earlier event has named. */
  parentsOf(view: EventView, fields: ProcessFields): readonly Scalar[] {
    const named = listValues(fields.parent(view));
    return named.length > 0
      ? named
      : listValues(fields.process(view)).flatMap((process) => this.parents.get(process) ?? []);
  }

  /** The ancestors of an event's process: those that it names, and theirs in turn. Not the process itself. */
  ancestorsOf(view: EventView, fields: ProcessFields): ReadonlySet<Scalar> {
    const found = new Set<Scalar>();
    for (const start of [...this.parentsOf(view, fields), ...listValues(fields.ancestors(view))]) {
      // A tree from a stranger may have circles in it.
      for (
        let at: Scalar | undefined = start;
        at !== undefined && !found.has(at) && found.size < MAX_ANCESTORS;
        at = this.parents.get(at)
      )
        found.add(at);
    }
    for (const process of listValues(fields.process(view))) found.delete(process);
    return found;
  }

  /** The state as plain data. */
  snapshot(): JsonValue {
    return [...this.parents].flat();
  }

  /** Takes over what `snapshot` gave. */
  restore(state: JsonValue | undefined): void {
    const ids = asList(state).map((id) => asScalar(id) ?? '');
    this.parents = new Map();
    for (let place = 0; place + 1 < ids.length; place += 2) this.parents.set(ids[place] ?? '', ids[place + 1] ?? '');
  }
}
