import { parseTimestamp, type Timestamp } from '@eqlkit/engine';
import { skipsLine } from '../decode/event-problem.js';
import { createRecordDecoder, type RecordDecoderOptions } from '../decode/record-decoder.js';
import { compileValueReader, onlyValue } from '../field-value.js';
import { EventScanner } from '../scan/event-scanner.js';
import { KeyedLine } from './keyed-line.js';
import { toTiebreaker, type Tiebreaker } from './order-key.js';
import type { LineTable } from './line-table.js';
import type { NumberedSource } from './numbered-source.js';
import { createTimestampScanner } from './timestamp-scanner.js';

/** The field of the timestamp unless options name one. */
export const DEFAULT_TIMESTAMP_FIELD = '@timestamp';

/** Finds the place of a line in the order; `null` for a line without an event, whose problem is reported. */
export type KeyReader = (buffer: Buffer, start: number, end: number, line: number) => KeyedLine | null;

/**
 * Makes the reader of the keys of all lines of a source. Without a field for it the tiebreaker is null. It decodes a line only where its
 * bytes do not tell; a key may therefore be found for a line that turns out to be no event. Reported are only problems
 * of lines that are skipped here; all others are found when lines are decoded. The
 * timestamps of `known` lines are not looked for: it goes without a tiebreaker.
 */
export function createKeyReader(
  { source, sourceIndex }: NumberedSource,
  tiebreakerField: string | undefined,
  options: RecordDecoderOptions,
  known: LineTable | null = null,
): KeyReader {
  const { timestampField = DEFAULT_TIMESTAMP_FIELD, map } = options;
  const scanTimestamp =
    tellsTimestamps(options) && tiebreakerField === undefined ? createTimestampScanner(timestampField) : () => null;
  const scanKey = map === undefined ? createKeyScanner(timestampField, tiebreakerField) : () => null;
  const decode = createRecordDecoder(source.name, {
    ...options,
    onProblem: (problem) => {
      if (skipsLine(problem.kind)) options.onProblem(problem);
    },
  });
  const readTiebreaker = tiebreakerField === undefined ? () => null : compileValueReader(tiebreakerField);

  return (buffer, start, end, line) => {
    const keyed = (timestamp: Timestamp, tiebreaker: Tiebreaker): KeyedLine =>
      new KeyedLine(timestamp, tiebreaker, sourceIndex, line, buffer, start, end);
    const timestamp = known?.of(line, end - start) ?? scanTimestamp(buffer, start, end);
    if (timestamp !== null) return keyed(timestamp, null);
    const key = scanKey(buffer, start, end);
    if (key !== null) return keyed(key.timestamp, key.tiebreaker);
    const record = decode(buffer, start, end, line);
    return record && keyed(record.timestamp, toTiebreaker(readTiebreaker(record.event)));
  };
}

/** Whether the bytes of a line tell its timestamp: not what a mapping makes of it, and one within a nested object is none at all. */
export function tellsTimestamps({ map, undated }: RecordDecoderOptions): boolean {
  return map === undefined && undated !== 'first';
}

type KeyScanner = (
  buffer: Buffer,
  start: number,
  end: number,
) => { readonly timestamp: Timestamp; readonly tiebreaker: Tiebreaker } | null;

/** Makes a scanner that finds timestamp and tiebreaker wherever they are; `null` where a line has to be decoded. */
function createKeyScanner(timestampField: string, tiebreakerField: string | undefined): KeyScanner {
  const fields = tiebreakerField === undefined ? [timestampField] : [timestampField, tiebreakerField];
  const scanner = new EventScanner(fields.map((field) => ({ parts: field.split('.') })));
  return (buffer, start, end) => {
    if (!scanner.scan(buffer, start, end)) return null;
    const timestamp = parseTimestamp(onlyValue(scanner.read(0)));
    return timestamp && { timestamp, tiebreaker: toTiebreaker(onlyValue(scanner.read(1))) };
  };
}
