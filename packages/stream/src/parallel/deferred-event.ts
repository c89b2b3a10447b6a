import {
  LazyEvent,
  compileFieldReader,
  type FieldPath,
  type FieldReader,
  type JsonObject,
  type JsonValue,
} from '@eqlkit/engine';
import type { KeyedLine } from '../order/keyed-line.js';
import type { LineReader } from '../scan/line-reader.js';

/** The event of a line that is not looked at before somebody asks for something in it. One object serves all lines in turn. */
export class DeferredEvent extends LazyEvent {
  private readonly readers: readonly FieldReader[];
  private line: KeyedLine | null = null;
  private event: LazyEvent | null = null;

  /** `reader` must read lines for the fields at `paths`. */
  constructor(
    private readonly reader: LineReader,
    paths: readonly FieldPath[],
  ) {
    super();
    this.readers = paths.map(({ parts }) => compileFieldReader(parts));
  }

  /** Moves to a line that is known to hold an event. */
  load(line: KeyedLine): void {
    this.line = line;
    this.event = null;
  }

  /** Moves to an event that nobody will ask for anything. */
  unload(): void {
    this.line = null;
    this.event = null;
  }

  readField(place: number): JsonValue | undefined {
    return this.open().readField(place);
  }

  decode(): JsonObject {
    return this.open().decode();
  }

  retain(): LazyEvent {
    return this.open().retain();
  }

  private open(): LazyEvent {
    this.event ??= this.read();
    return this.event;
  }

  private read(): LazyEvent {
    const event = this.line === null ? null : this.reader.read(this.line);
    if (event === null) throw new Error('a line was said to hold an event, but holds none');
    return event instanceof LazyEvent ? event : new DecodedEvent(event, this.readers);
  }
}

/** An event that had to be decoded, as one that gives single fields. */
class DecodedEvent extends LazyEvent {
  constructor(
    private readonly event: JsonObject,
    private readonly readers: readonly FieldReader[],
  ) {
    super();
  }

  readField(place: number): JsonValue | undefined {
    return this.readers[place]?.(this.event);
  }

  decode(): JsonObject {
    return this.event;
  }

  retain(): LazyEvent {
    return this;
  }
}
