import {
  isTimestampOutOfRange,
  parseTimestamp,
  type EventMapping,
  type JsonValue,
  type Timestamp,
} from '@eqlkit/engine';
import type { EventRecord } from '../event-record.js';
import { compileValueReader } from '../field-value.js';
import { decodeEventLine } from './decode-event-line.js';
import { MAX_DETAIL_LENGTH, type EventProblem, type EventProblemKind } from './event-problem.js';
import { printableText } from './printable-text.js';

/** Which fields make an event complete, and where problems go. */
export interface RecordDecoderOptions {
  /** Dotted path of the field with the time of the event; `@timestamp` if absent. */
  readonly timestampField?: string;
  /** Dotted path of the field with the event category; `event.category` if absent. */
  readonly categoryField?: string;
  /**
   * What becomes of an event without a timestamp: it is skipped as a problem, the default, or comes first, before every
   * event that has one, which no sequence may see.
   */
  readonly undated?: 'skip' | 'first';
  /** Makes each event what rules expect, before its time and category are looked at. */
  readonly map?: EventMapping;
  /** Called once for each problem, in the order of the lines. What it throws ends the reading. */
  onProblem(problem: EventProblem): void;
}

/** The time of an event that has none: the earliest that there is. */
const UNDATED: Timestamp = { ms: -8.64e15, ns: 0 };

/** Whether a time is that of an event without one, which came first for want of it. */
export function isUndated({ ms }: Timestamp): boolean {
  return ms === UNDATED.ms;
}

/** Decodes the line in a buffer from `start` to `end`; `null` for a line without an event, whose problem is reported. */
export type RecordDecoder = (buffer: Buffer, start: number, end: number, line: number) => EventRecord | null;

/** Makes the decoder of all lines of the source with the given name. */
export function createRecordDecoder(source: string, options: RecordDecoderOptions): RecordDecoder {
  const { timestampField = '@timestamp', categoryField = 'event.category' } = options;
  const readTimestamp = compileValueReader(timestampField);
  const readCategory = compileValueReader(categoryField);
  const report = (kind: EventProblemKind, line: number, detail: string): void => {
    options.onProblem({ kind, source, line, detail: printableText(detail, MAX_DETAIL_LENGTH) });
  };

  return (buffer, start, end, line) => {
    const decoded = decodeEventLine(buffer, start, end);
    if (decoded.kind !== 'event') {
      report(decoded.kind, line, decoded.detail);
      return null;
    }
    const { hasInvalidUtf8 } = decoded;
    const event = options.map === undefined ? decoded.event : options.map(decoded.event);
    const time = readTimestamp(event);
    const timestamp = parseTimestamp(time) ?? (options.undated === 'first' && time === null ? UNDATED : null);
    if (timestamp === null) {
      const { kind, detail } = explainTimestamp(timestampField, time);
      report(kind, line, detail);
      return null;
    }
    if (hasInvalidUtf8) report('invalid-utf8', line, 'bytes that are not UTF-8 were read as U+FFFD');
    if (readCategory(event) === null) options.onProblem(missingCategory(source, line, categoryField));
    return { event, timestamp, source, line, sizeBytes: end - start };
  };
}

/** The problem of an event without a category. */
export function missingCategory(source: string, line: number, categoryField: string): EventProblem {
  const detail = printableText(`the event has no ${categoryField}`, MAX_DETAIL_LENGTH);
  return { kind: 'missing-category', source, line, detail };
}

function explainTimestamp(field: string, value: JsonValue): { kind: EventProblemKind; detail: string } {
  if (value === null) return { kind: 'missing-timestamp', detail: `the event has no ${field}` };
  const kind = 'invalid-timestamp';
  if (typeof value === 'object') return { kind, detail: `${field} is no date but an object or list` };
  if (!isTimestampOutOfRange(value)) return { kind, detail: `${field} is no date: ${String(value)}` };
  const detail = `${field} is beyond the years -271821 to 275760: ${String(value)}`;
  return { kind: 'timestamp-out-of-range', detail };
}
