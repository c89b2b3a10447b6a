import type { JsonObject, LazyEvent } from '@eqlkit/engine';
import {
  createRecordDecoder,
  missingCategory,
  type RecordDecoder,
  type RecordDecoderOptions,
} from '../decode/record-decoder.js';
import { onlyValue } from '../field-value.js';
import type { KeyedLine } from '../order/keyed-line.js';
import type { EventSource } from '../sources/event-source.js';
import type { ScannedPath } from './key-graph.js';
import { ScannedEvent } from './scanned-event.js';

/** What lines are read for. */
export interface LineReaderOptions extends RecordDecoderOptions {
  /** The fields that will be asked for. */
  readonly fieldPaths: readonly ScannedPath[];
}

/** Makes events of lines: scanned ones, but for lines that have to be decoded. Reports what is wrong with them. */
export class LineReader {
  private readonly event: ScannedEvent;
  private readonly decoders: readonly RecordDecoder[];
  private readonly categoryField: string;
  private readonly timestampPlace: number;
  private readonly categoryPlace: number;
  private isBatch = false;

  constructor(
    private readonly sources: readonly EventSource[],
    private readonly options: LineReaderOptions,
  ) {
    const { fieldPaths, timestampField = '@timestamp', categoryField = 'event.category' } = options;
    this.event = new ScannedEvent([
      ...fieldPaths,
      { parts: timestampField.split('.') },
      { parts: categoryField.split('.') },
    ]);
    this.decoders = sources.map(({ name }) => createRecordDecoder(name, options));
    this.categoryField = categoryField;
    this.timestampPlace = fieldPaths.length;
    this.categoryPlace = fieldPaths.length + 1;
  }

  /** Runs `action`, while which the bytes of lines that it reads do not change. */
  inBatch(action: () => void): void {
    this.isBatch = true;
    try {
      action();
    } finally {
      this.isBatch = false;
      this.event.endBatch();
    }
  }

  /** The event of a line, valid until the next one is read; `null` for a line that is none, whose problem is reported. */
  read({ bytes, start, end, sourceIndex, line }: KeyedLine): JsonObject | LazyEvent | null {
    const { event } = this;
    // What a mapping changes has to be decoded. Where the key of the line was found elsewhere than it has to be, decoding tells what is wrong.
    const scanned = this.options.map === undefined && event.scan(bytes, start, end, this.isBatch);
    if (!scanned || !event.hasField(this.timestampPlace)) {
      return this.decoders[sourceIndex]?.(bytes, start, end, line)?.event ?? null;
    }
    if (onlyValue(event.readField(this.categoryPlace)) === null) {
      const source = this.sources[sourceIndex]?.name ?? '';
      this.options.onProblem(missingCategory(source, line, this.categoryField));
    }
    return event;
  }
}
