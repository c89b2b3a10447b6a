import { addUnits, startOfUnit, type CalendarUnit } from './calendar.js';
import { parseTimestampText, timestampFromEpochMs, type Timestamp } from './timestamp.js';

const NOW = 'now';
const ANCHOR_END = '||';
const OPERATION = /([+-]\d{0,9}|\/)([yMwdhHms])/uy;

const UNITS: ReadonlyMap<string, CalendarUnit> = new Map([
  ['y', 'y'],
  ['M', 'M'],
  ['w', 'w'],
  ['d', 'd'],
  ['h', 'h'],
  ['H', 'h'],
  ['m', 'm'],
  ['s', 's'],
]);

/** The last nanosecond of a millisecond. */
const LAST_NS = 999_999;

/**
 * Reads a date as range conditions of Elasticsearch take it: any text that `parseTimestamp` takes, or date math such as
 * `now-9m`, `now-1d/d` or `2024-01-31||+1M/d`. The units are `y M w d h H m s`, in UTC; `+1M` keeps the day of the month
 * or takes the last one; `/` rounds down to the start of a unit. A missing amount is 1.
 *
 * `nowMs` is what `now` means, in epoch milliseconds; without it such texts give `null`, as do texts of another form.
 *
 * `roundUp` is for the right side of `>` and `<=`: `/` then goes to the last nanosecond of the unit, and a date without
 * date math and with missing parts of its time means their end, as Elasticsearch documents for ranges.
 */
export function parseDateExpression(text: string, nowMs: number | undefined, roundUp = false): Timestamp | null {
  if (text.startsWith(NOW)) {
    const now = nowMs === undefined ? null : timestampFromEpochMs(nowMs);
    return now === null ? null : applyMath(now, text.slice(NOW.length), roundUp);
  }
  const anchorEnd = text.indexOf(ANCHOR_END);
  if (anchorEnd === -1) return parseTimestampText(text, roundUp ? 'end' : 'start');
  const math = text.slice(anchorEnd + ANCHOR_END.length);
  const anchor = parseTimestampText(text.slice(0, anchorEnd), roundUp && math === '' ? 'end' : 'start');
  return anchor === null ? null : applyMath(anchor, math, roundUp);
}

function applyMath(anchor: Timestamp, math: string, roundUp: boolean): Timestamp | null {
  let { ms, ns } = anchor;
  OPERATION.lastIndex = 0;
  while (OPERATION.lastIndex < math.length) {
    const [, operator = '', letter = ''] = OPERATION.exec(math) ?? [];
    const unit = UNITS.get(letter);
    if (unit === undefined) return null;
    if (operator === '/') {
      ms = startOfUnit(ms, unit);
      ns = roundUp ? LAST_NS : 0;
      if (roundUp) ms = addUnits(ms, 1, unit) - 1;
    } else {
      ms = addUnits(ms, amountOf(operator), unit);
    }
    if (timestampFromEpochMs(ms) === null) return null;
  }
  return { ms, ns };
}

function amountOf(operator: string): number {
  return operator.length === 1 ? Number(`${operator}1`) : Number(operator);
}
