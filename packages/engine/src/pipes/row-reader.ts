import { EventView } from '../event/event-view.js';
import type { LineageTrackers } from '../lineage/lineage-tracker.js';
import type { FieldTable } from '../event/field-table.js';
import { eventsOf, type Match } from '../match.js';
import { foldCase } from '../text/case-folding.js';
import type { JsonObject, Value } from '../values/value.js';
import type { RowExpression } from './pipe-plan.js';

/**
 * Reads the rows that Python EQL's pipes work on: a bare field is one of the first event, `events[1].field` one of
 * another, and what an earlier pipe added (`count`, `percent`) stands beside them.
 */
export class RowReader {
  private readonly view: EventView;

  constructor(
    private readonly expressions: readonly RowExpression[],
    fields: FieldTable,
    trackers: LineageTrackers,
  ) {
    this.view = new EventView(fields, trackers);
  }

  /** How many values a row is read for. */
  get width(): number {
    return this.expressions.length;
  }

  /** The view, moved to the row of a match, which is the one of that number. */
  load(match: Match, ordinal = 0): EventView {
    const records = eventsOf(match);
    const event: JsonObject = {
      ...records[0]?.event,
      events: records.map((record) => record.event),
      ...match.row,
    };
    this.view.load(event, match.timestamp, ordinal);
    return this.view;
  }

  /** The values of the pipe's expressions for a match. */
  read(match: Match): readonly Value[] {
    const view = this.load(match);
    return this.expressions.map((expression) => expression.read(view));
  }
}

/** Equal for values that Python EQL takes as equal: texts without case. */
export function rowKey(values: readonly Value[]): string {
  return JSON.stringify(
    values.map((value) =>
      typeof value === 'string' ? foldCase(value, 'unicode') : typeof value === 'bigint' ? [String(value)] : value,
    ),
  );
}
