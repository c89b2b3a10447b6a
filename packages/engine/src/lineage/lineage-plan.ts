import type { EventView } from '../event/event-view.js';
import type { FieldValue } from '../event/field-value.js';
import type { Predicate } from '../predicate/predicate.js';

/** How a dialect's events name their process, its parent and all its ancestors. */
export interface ProcessFields {
  readonly process: (view: EventView) => FieldValue;
  readonly parent: (view: EventView) => FieldValue;
  readonly ancestors: (view: EventView) => FieldValue;
  /** Places in the field table of all that is read for them; null for what is not of the event itself. */
  readonly places: readonly (number | null)[];
}

/** One `… of [query]`: what makes a process a source, and where events name their processes. */
export interface LineagePlan {
  readonly query: Predicate;
  readonly fields: ProcessFields;
}
