import { LazyEvent, type JsonObject, type JsonValue } from '@eqlkit/engine';

/** Where an event was read. */
export interface EventPlace {
  readonly source: string;
  readonly line: number;
}

/** Remembers of decoded events where they were read. */
export class EventPlaces {
  private readonly places = new WeakMap<JsonObject, EventPlace>();
  private readonly current = new PlacedEvent(this.places);

  /** The event as it is to be processed, so that its place is known afterwards; valid as long as the event is. */
  place(event: JsonObject | LazyEvent, source: string, line: number): JsonObject | LazyEvent {
    if (event instanceof LazyEvent) return this.current.moveTo(event, source, line);
    this.places.set(event, { source, line });
    return event;
  }

  /** Where a decoded event was read. */
  placeOf(event: JsonObject): EventPlace {
    return this.places.get(event) ?? { source: '', line: 0 };
  }
}

/** An event whose place is noted when it is decoded. One object serves many events in turn. */
class PlacedEvent extends LazyEvent {
  private event: LazyEvent | null = null;
  private source = '';
  private line = 0;

  constructor(private readonly places: WeakMap<JsonObject, EventPlace>) {
    super();
  }

  moveTo(event: LazyEvent, source: string, line: number): this {
    this.event = event;
    this.source = source;
    this.line = line;
    return this;
  }

  readField(place: number): JsonValue | undefined {
    return this.event?.readField(place);
  }

  decode(): JsonObject {
    const decoded = this.event?.decode() ?? {};
    this.places.set(decoded, { source: this.source, line: this.line });
    return decoded;
  }

  retain(): LazyEvent {
    const { event, source, line, places } = this;
    return event === null ? this : new PlacedEvent(places).moveTo(event.retain(), source, line);
  }
}
