import { asList, asScalar } from '../event/event-codec.js';
import type { EventView } from '../event/event-view.js';
import { listValues } from '../event/field-value.js';
import type { JsonValue, Scalar } from '../values/value.js';
import { oldestKeysBeyond } from '../values/oldest-keys.js';
import type { LineagePlan, ProcessFields } from './lineage-plan.js';
import type { ProcessTree } from './process-tree.js';

/** What a run knows about processes, by plan. */
export class LineageTrackers {
  private readonly trackers = new Map<LineagePlan, LineageTracker>();
  private changeCount = 0;
  private readonly countChange = (): void => {
    this.changeCount += 1;
  };

  /** Changes whenever a tracker gets its first source. Until then the answer to what it is asked is no. */
  get changes(): number {
    return this.changeCount;
  }

  /** Plans that see the same events in the same order share a process tree. */
  add(plans: readonly LineagePlan[], processes: ProcessTree): void {
    for (const plan of plans) this.trackers.set(plan, new LineageTracker(plan, processes, this.countChange));
  }

  get(plan: LineagePlan): LineageTracker | undefined {
    return this.trackers.get(plan);
  }

  /** Looks at an event for every plan. */
  observe(view: EventView): void {
    for (const tracker of this.trackers.values()) tracker.observe(view);
  }
}

/** Most sources that a tracker remembers; beyond that it forgets those that it saw first. */
const MAX_SOURCES = 1_000_000;

/** Remembers for one `… of [query]` which processes caused an event that satisfied the query: its sources. */
export class LineageTracker {
  private sources = new Set<Scalar>();

  constructor(
    readonly plan: LineagePlan,
    private readonly processes: ProcessTree,
    private readonly onFirstSource: () => void,
  ) {}

  get hasSources(): boolean {
    return this.sources.size > 0;
  }

  /** Looks at an event before any condition is asked about it. */
  observe(view: EventView): void {
    this.learn(view);
    if (this.plan.query.test(view)) this.note(view);
  }

  /** Learns from an event who started its process. */
  learn(view: EventView): void {
    this.processes.observe(view, this.plan.fields);
  }

  /** Takes note of an event that satisfies the query: its process is a source. */
  note(view: EventView): void {
    const [process] = listValues(this.plan.fields.process(view));
    if (process === undefined) return;
    if (this.sources.size === 0) this.onFirstSource();
    this.sources.add(process);
    for (const oldest of oldestKeysBeyond(this.sources, MAX_SOURCES)) this.sources.delete(oldest);
  }

  /** `event of`: the event's own process is a source. */
  isSource(view: EventView, fields: ProcessFields): boolean {
    return listValues(fields.process(view)).some((process) => this.sources.has(process));
  }

  /** `child of`: the parent process is a source. */
  isChild(view: EventView, fields: ProcessFields): boolean {
    return this.processes.parentsOf(view, fields).some((parent) => this.sources.has(parent));
  }

  /** `descendant of`: an ancestor is a source. */
  isDescendant(view: EventView, fields: ProcessFields): boolean {
    if (this.sources.size === 0) return false;
    for (const ancestor of this.processes.ancestorsOf(view, fields)) if (this.sources.has(ancestor)) return true;
    return false;
  }

  /** The state as plain data. */
  snapshot(): JsonValue {
    return [...this.sources];
  }

  /** Takes over what `snapshot` gave. */
  restore(state: JsonValue | undefined): void {
    this.sources = new Set(asList(state).flatMap((id) => asScalar(id) ?? []));
    this.onFirstSource();
  }
}
