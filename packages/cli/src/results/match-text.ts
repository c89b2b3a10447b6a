import {
  eventsOf,
  joinKeyValue,
  matchedFields,
  readField,
  type CompiledQuery,
  type JsonObject,
  type JsonValue,
  type Match,
  type MatchedField,
} from '@eqlkit/engine';
import { printableText } from '@eqlkit/stream';
import { outColors } from '../output/colors.js';
import { countOf } from '../output/count-of.js';
import { wrapToWidth } from '../output/display-width.js';
import { showDuration } from '../output/duration.js';
import { showJson } from '../output/show-json.js';
import { renderStages } from '../output/stage-table.js';
import { outputColumns } from '../output/terminal-width.js';
import { columnsOf } from './result-columns.js';

const INDENT = '  ';

/** How a sequence, sample or join is drawn. */
export interface MatchTextOptions {
  /** One-based place among the results. */
  readonly number: number;
  /** Fields that are shown of each event, instead of those that made it match. */
  readonly chosen: readonly string[] | null;
}

/** Draws a sequence, sample or join: its join keys, and for each stage the time, the time between, and what matched. */
export function renderMatch(query: CompiledQuery, match: Match, { number, chosen }: MatchTextOptions): string {
  const events = eventsOf(match);
  const times = events.map(({ timestamp }) => timestamp.ms);
  const spanMs = Math.max(...times) - Math.min(...times);
  const span = match.kind === 'sequence' && events.length > 1 ? ` in ${showDuration(spanMs)}` : '';
  const keys = match.keys.map(
    (key) => `  ${outColors.dim('by')} ${printableText(key.field)} = ${showJson(joinKeyValue(key, match.kind))}`,
  );
  const matched = matchedFields(query, match);
  const stages = match.stages.map(({ stage, record }, place) => ({
    stage,
    event: record?.event ?? null,
    fields: record === null ? [] : fieldsToShow(record.event, matched[place] ?? [], query.categoryField, chosen),
  }));
  const title = `${match.kind} ${number}`;
  const size = `${countOf(events.length, 'event')}${span}`;
  const width = outputColumns();
  const isTooWide = `● ${title} · ${size}`.length > width;
  const behind = isTooWide
    ? wrapToWidth(size, width - INDENT.length).map((line) => `\n${INDENT}${line}`)
    : [` · ${size}`];
  const head = `${outColors.cyan('●')} ${outColors.bold(title)}${behind.join('')}`;
  return `${[head, ...keys, renderStages(stages, query)].join('\n')}\n`;
}

/** The chosen fields, or those that made the event match, or, where any would have, what is worth seeing of it. */
function fieldsToShow(
  event: JsonObject,
  matched: readonly MatchedField[],
  categoryField: string,
  chosen: readonly string[] | null,
): readonly MatchedField[] {
  const telling = matched.filter(({ field }) => field !== categoryField);
  if (chosen === null && telling.length > 0) return telling;
  const category = readField(event, categoryField);
  const [first] = Array.isArray(category) ? (category as readonly JsonValue[]) : [category];
  return (chosen ?? columnsOf(typeof first === 'string' ? first : '')).flatMap((field) => {
    const value = readField(event, field);
    return value === undefined || value === null ? [] : [{ field, value }];
  });
}
