import type { Prefilter } from './prefilter.js';
import type { JsonObject, JsonValue } from '../values/value.js';

/**
 * An event that gives single fields without being decoded as a whole, for those who read events from bytes.
 *
 * One object may serve many events in turn: the engine reads it while `process` runs, and asks it to `retain` what it
 * keeps for longer.
 */
export abstract class LazyEvent {
  /**
   * What the event holds under the path at a place of `Engine.fieldPaths`: exactly what `compileFieldReader` of that path
   * finds in the decoded event, except that objects may be left out of a path that is not `structured`.
   */
  abstract readField(place: number): JsonValue | undefined;

  /** Whether the event holds anything at all under the path at a place, be it null. */
  hasField(place: number): boolean {
    return this.readField(place) !== undefined;
  }

  /** What looks at the values of this event, if there is such a thing. */
  get prefilter(): Prefilter | null {
    return null;
  }

  /** The whole event. The engine asks for it for matches and snapshots, and for fields with array positions. */
  abstract decode(): JsonObject;

  /** The same event, independent of what happens to this object later. */
  abstract retain(): LazyEvent;
}
