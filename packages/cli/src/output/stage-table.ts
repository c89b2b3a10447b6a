import { parseTimestamp, readField, type JsonObject, type JsonValue, type Timestamp } from '@eqlkit/engine';
import { printableText } from '@eqlkit/stream';
import { wrapToWidth } from './display-width.js';
import { showDuration } from './duration.js';
import { LEAST_COLUMN_WIDTH, renderTable, tableWidth } from './fitted-table.js';
import { showField, showValue } from './show-value.js';
import { outputColumns } from './terminal-width.js';

/** One stage of a match, for people. */
export interface ShownStage {
  /** Zero-based. */
  readonly stage: number;
  /** Null for a missing event. */
  readonly event: JsonObject | null;
  /** What is told of the event. */
  readonly fields: readonly { readonly field: string; readonly value: JsonValue }[];
}

/** Which fields hold time and category of an event. */
export interface StageFields {
  readonly timestampField: string;
  readonly categoryField: string;
}

/** Below this the columns cannot be drawn side by side. */
const LEAST_TABLE_WIDTH = tableWidth([1, ...Array.from({ length: 4 }, () => LEAST_COLUMN_WIDTH)]);

/** Below this a date stands above the time of day, to leave room for fields and values. */
const WIDE_TABLE = 100;

const DEFAULT_FIELDS: StageFields = { timestampField: '@timestamp', categoryField: 'event.category' };

/** Draws the events of a match as a table: for each stage its time, the time since the one before, and fields. */
export function renderStages(stages: readonly ShownStage[], names: StageFields = DEFAULT_FIELDS): string {
  const width = outputColumns();
  const rows: string[][] = [];
  let before: Timestamp | null = null;
  for (const stage of stages) {
    rows.push(...stageRows(stage, before, names).map((row) => (width < WIDE_TABLE ? splitTime(row) : row)));
    if (stage.event !== null) before = parseTimestamp(readField(stage.event, names.timestampField)) ?? before;
  }
  if (width < LEAST_TABLE_WIDTH) return renderList(rows, width);
  return renderTable(['#', 'time', 'event', 'field', 'value'], rows, { width, overflow: 'wrap', whole: [1] });
}

function splitTime([number = '', time = '', ...others]: readonly string[]): string[] {
  return [number, time.replace(/^(\d{4}-\d\d-\d\d)T/u, '$1\n'), ...others];
}

/** The same without a table, for terminals too narrow for one. */
function renderList(rows: readonly (readonly string[])[], width: number): string {
  return rows
    .flatMap(([number = '', time = '', event = '', field = '', value = '']) => [
      ...(number === '' ? [] : [`${number} ${event}`, ...indented(time, 2, width)]),
      ...(field === '' ? [] : [...indented(field, 2, width), ...indented(value, 4, width)]),
    ])
    .join('\n');
}

/** The lines of a text, each behind so many blanks and not beyond the width. */
function indented(text: string, indent: number, width: number): readonly string[] {
  const lines = text.split('\n').flatMap((line) => wrapToWidth(line, width - indent));
  return lines.map((line) => ' '.repeat(indent) + line);
}

function stageRows(stage: ShownStage, before: Timestamp | null, names: StageFields): string[][] {
  const number = String(stage.stage + 1);
  if (stage.event === null) return [[number, '', '(stayed away)', '', '']];
  const category = showField(stage.event, names.categoryField);
  const [first, ...others] = stage.fields.filter(({ field }) => field !== names.categoryField);
  return [
    [
      number,
      showTime(stage.event, before, names.timestampField),
      category === '' ? 'event' : category,
      printableText(first?.field ?? ''),
      showValue(first?.value),
    ],
    ...others.map(({ field, value }) => ['', '', '', printableText(field), showValue(value)]),
  ];
}

/** The time of an event; after the first one also how much later than the one before it was. */
function showTime(event: JsonObject, before: Timestamp | null, timestampField: string): string {
  const shown = showField(event, timestampField);
  const time = parseTimestamp(readField(event, timestampField));
  return time === null || before === null ? shown : `${shown}\n+${showDuration(time.ms - before.ms)}`;
}
