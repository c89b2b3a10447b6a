/** A unit of Elasticsearch's date math: year, month, week, day, hour, minute, second. */
export type CalendarUnit = 'y' | 'M' | 'w' | 'd' | 'h' | 'm' | 's';

const FIXED_UNIT_MS = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 } as const;

/** 1970-01-05, the first Monday after the epoch; weeks begin on Monday. */
const FIRST_MONDAY_MS = 345_600_000;

/**
 * Moves an instant (epoch milliseconds, UTC) by a number of units. Months and years keep the day of the month, or take
 * the last day of a month that is too short. `NaN` beyond the years that a date can hold.
 */
export function addUnits(epochMs: number, amount: number, unit: CalendarUnit): number {
  if (unit !== 'y' && unit !== 'M') return epochMs + amount * FIXED_UNIT_MS[unit];
  const date = new Date(epochMs);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + (unit === 'y' ? amount * 12 : amount);
  const year = Math.floor(months / 12);
  const month = months - year * 12;
  return date.setUTCFullYear(year, month, Math.min(date.getUTCDate(), daysInMonth(year, month)));
}

/** The start of the unit that an instant (epoch milliseconds, UTC) lies in. Weeks begin on Monday. */
export function startOfUnit(epochMs: number, unit: CalendarUnit): number {
  if (unit === 'y' || unit === 'M') {
    const date = new Date(epochMs);
    date.setUTCHours(0, 0, 0, 0);
    return unit === 'y' ? date.setUTCMonth(0, 1) : date.setUTCDate(1);
  }
  const origin = unit === 'w' ? FIRST_MONDAY_MS : 0;
  const size = FIXED_UNIT_MS[unit];
  return Math.floor((epochMs - origin) / size) * size + origin;
}

function daysInMonth(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month + 1, 0);
  return date.getUTCDate();
}
