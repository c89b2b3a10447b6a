import type { EventView } from '../event/event-view.js';
import { keysOfEvent, type EventKeys, type JoinKey, type KeyComponent } from './join-key.js';

/** Reads the join keys of an event for a stage. */
export type KeyReader = (view: EventView) => readonly JoinKey[];

/** Reads keys for one stage alone; counts an event that has more of them than it may. */
export function createKeyReader(components: readonly KeyComponent[]): KeyReader {
  return countDropped(components, (view) => keysOfEvent(components, view));
}

function countDropped(components: readonly KeyComponent[], read: (view: EventView) => EventKeys): KeyReader {
  return (view) => {
    const { keys, complete } = read(view);
    if (!complete) components[0]?.countDropped();
    return keys;
  };
}

/** Reads keys for many stages. Those that read the same fields in the same way share what they find in an event. */
export class KeyReaders {
  private readonly shared: SharedKeys[] = [];

  readerFor(components: readonly KeyComponent[]): KeyReader {
    let shared = this.shared.find((one) => areAlike(one.components, components));
    if (shared === undefined) {
      shared = new SharedKeys(components);
      this.shared.push(shared);
    }
    const { read } = shared;
    return countDropped(components, read);
  }
}

function areAlike(some: readonly KeyComponent[], others: readonly KeyComponent[]): boolean {
  return some.length === others.length && some.every((one, position) => isAlike(one, others[position]));
}

function isAlike(one: KeyComponent, other: KeyComponent | undefined): boolean {
  if (one.place === null || one.place !== other?.place) return false;
  return one.nullable === other.nullable && one.identify === other.identify;
}

class SharedKeys {
  private view: EventView | null = null;
  private eventNumber = 0;
  private found: EventKeys = { keys: [], complete: true };

  constructor(readonly components: readonly KeyComponent[]) {}

  readonly read = (view: EventView): EventKeys => {
    if (this.eventNumber === view.eventNumber && this.view === view) return this.found;
    this.view = view;
    this.eventNumber = view.eventNumber;
    this.found = keysOfEvent(this.components, view);
    return this.found;
  };
}
