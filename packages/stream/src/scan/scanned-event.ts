import { LazyEvent, type JsonObject, type JsonValue, type Prefilter } from '@eqlkit/engine';
import { decodeEventLine } from '../decode/decode-event-line.js';
import { ByteStore, type KeptBytes } from './byte-store.js';
import { EventScanner } from './event-scanner.js';
import type { ScannedPath } from './key-graph.js';

/** The event of a line that is scanned, not decoded. One object serves all lines in turn. */
export class ScannedEvent extends LazyEvent {
  private readonly scanner: EventScanner;
  private readonly store = new ByteStore();
  private readonly keptEvents: KeptEventReader;
  private line: KeptBytes = { bytes: Buffer.alloc(0), start: 0, end: 0 };

  /** Places are those of `paths`. */
  constructor(paths: readonly ScannedPath[]) {
    super();
    this.scanner = new EventScanner(paths, { hasPrefilter: true });
    this.keptEvents = new KeptEventReader(paths);
  }

  /** Moves to another line. False if it has to be decoded instead. `isBatch` as in `EventScanner`. */
  scan(bytes: Buffer, start: number, end: number, isBatch = false): boolean {
    this.line = { bytes, start, end };
    return this.scanner.scan(bytes, start, end, isBatch);
  }

  /** As in `EventScanner`. */
  endBatch(): void {
    this.scanner.endBatch();
  }

  /** Whether the line holds anything under a path, be it null. */
  override hasField(place: number): boolean {
    return this.scanner.has(place);
  }

  readField(place: number): JsonValue | undefined {
    return this.scanner.read(place);
  }

  override get prefilter(): Prefilter | null {
    return this.scanner.prefilter;
  }

  decode(): JsonObject {
    return decodeLine(this.line);
  }

  retain(): LazyEvent {
    const { bytes, start, end } = this.line;
    return new KeptEvent(this.store.keep(bytes, start, end), this.keptEvents);
  }
}

/** An event whose bytes were copied. */
class KeptEvent extends LazyEvent {
  constructor(
    private readonly line: KeptBytes,
    private readonly reader: KeptEventReader,
  ) {
    super();
  }

  readField(place: number): JsonValue | undefined {
    return this.reader.read(this, this.line, place);
  }

  decode(): JsonObject {
    return decodeLine(this.line);
  }

  retain(): LazyEvent {
    return this;
  }
}

/** Reads fields of events that were kept, of which mostly several are asked for. */
class KeptEventReader {
  private scanner: EventScanner | null = null;
  private latest: LazyEvent | null = null;

  constructor(private readonly paths: readonly ScannedPath[]) {}

  read(event: LazyEvent, { bytes, start, end }: KeptBytes, place: number): JsonValue | undefined {
    this.scanner ??= new EventScanner(this.paths);
    if (event !== this.latest) {
      this.scanner.scan(bytes, start, end);
      this.latest = event;
    }
    return this.scanner.read(place);
  }
}

/** Decodes a line that a scanner has accepted. */
function decodeLine({ bytes, start, end }: KeptBytes): JsonObject {
  const decoded = decodeEventLine(bytes, start, end);
  if (decoded.kind !== 'event') throw new Error(`a scanner accepted a line that is no event: ${decoded.detail}`);
  return decoded.event;
}
