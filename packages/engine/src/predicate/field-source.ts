import type { FieldDefinition } from '@eqlkit/language';
import type { EventView } from '../event/event-view.js';
import type { FieldValue } from '../event/field-value.js';
import type { JsonValue } from '../values/value.js';

/** Where an expression reads values from: a field of the event, of an aliased earlier event, or of an array's element. */
export interface FieldSource {
  /** As the query writes it, without `?`. */
  readonly name: string;
  /** The type that the schema gives; null if the values bring their own. */
  readonly definition: FieldDefinition | null;
  readonly read: (view: EventView) => FieldValue;
  /** What the document holds there, for functions that look into arrays and objects. */
  readonly readRaw: (view: EventView) => JsonValue | undefined;
  /** Place in the field table, for a field of the event itself. */
  readonly place: number | null;
}
