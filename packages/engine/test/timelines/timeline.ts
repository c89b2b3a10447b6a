import type { JsonObject, JsonValue, Match } from '@eqlkit/engine';
import { expandStages, idsOf, makeEvent, matchesOf, MISSING } from '../run-query.js';

/** A drawn case; `sequences.txt` describes the notation at its head. */
export interface Timeline {
  readonly title: string;
  readonly query: string;
  readonly rows: readonly TimelineRow[];
  /** One line for each match, as it is written in the drawing. */
  readonly expected: readonly string[];
}

interface TimelineRow {
  readonly label: string;
  readonly tiebreaker: number | null;
  /** The second behind which the row's events arrive; null if they arrive in their own. */
  readonly late: number | null;
  readonly events: string;
}

const ROW = /^ +(?<label>[^ |]+)(?: +#(?<tiebreaker>\d+))?(?: +~(?<late>\d+))? *\| (?<events>[A-Z.]+)$/u;

/** Reads drawn cases. Whatever stands before the first title, and lines that begin with "#", are for readers. */
export function parseTimelines(text: string): readonly Timeline[] {
  const [, ...cases] = text.split(/^== /mu);
  return cases.map((part) => {
    const [title = '', ...lines] = part.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    const rows = lines.flatMap((line) => parseRow(line) ?? []);
    const expected = lines.filter((line) => line.startsWith('  => ')).map((line) => line.slice(5));
    const query = lines.slice(0, lines.length - rows.length - expected.length);
    if (
      rows.length === 0 ||
      expected.length === 0 ||
      query.length === 0 ||
      query.some((line) => line.startsWith(' '))
    ) {
      throw new Error(`the timeline "${title}" is not drawn as it should be`);
    }
    return { title, query: query.join(' '), rows, expected: expected[0] === 'none' ? [] : expected };
  });
}

function parseRow(line: string): TimelineRow | undefined {
  const groups = ROW.exec(line)?.groups;
  if (groups === undefined) return undefined;
  const { label = '', tiebreaker, late, events = '' } = groups;
  const number = (text: string | undefined): number | null => (text === undefined ? null : Number(text));
  return { label, tiebreaker: number(tiebreaker), late: number(late), events };
}

interface DrawnEvent {
  readonly event: JsonObject;
  readonly name: string;
  readonly row: number;
  readonly arrival: number;
}

/** Runs a case and tells its matches in the words of the drawing. */
export function drawMatches(timeline: Timeline): readonly string[] {
  const drawn = drawnEvents(timeline);
  const arriving = [...drawn].sort((a, b) => a.arrival - b.arrival || a.row - b.row);
  const tiebreaker = timeline.rows.some((row) => row.tiebreaker !== null) ? { tiebreakerField: 'order' } : {};
  const matches = matchesOf(
    expandStages(timeline.query),
    arriving.map(({ event }) => event),
    tiebreaker,
  );
  return matches.map((match) => {
    const names = idsOf(match).map((id) => (id === MISSING ? '!' : nameOf(Number(id), drawn)));
    return [...keyOf(match), ...names].join(' ');
  });
}

/** The events of all rows; an event's id is its place in the list. */
function drawnEvents({ rows }: Timeline): readonly DrawnEvent[] {
  const events: DrawnEvent[] = [];
  rows.forEach(({ label, tiebreaker, late, events: drawing }, row) => {
    const [k = '-', l = '-'] = label.split('/');
    const fields = { k: keyValue(k), l: keyValue(l), ...(tiebreaker === null ? {} : { order: tiebreaker }) };
    Array.from(drawing).forEach((type, second) => {
      if (type === '.') return;
      const event = makeEvent(events.length, { '@timestamp': second * 1_000, type, ...fields });
      events.push({ event, name: `${type}${String(second)}`, row, arrival: late === null ? second : late + 0.5 });
    });
  });
  return events;
}

function keyValue(text: string): JsonValue {
  if (text === '-') return null;
  return text.includes(',') ? text.split(',') : text;
}

function nameOf(id: number, drawn: readonly DrawnEvent[]): string {
  const { name = '', row = 0 } = drawn[id] ?? {};
  return drawn.filter((other) => other.name === name).length === 1 ? name : `${name}.${String(row + 1)}`;
}

function keyOf({ keys }: Match): readonly string[] {
  return keys.length === 0 ? [] : [`${keys.map(({ value }) => (value === null ? '-' : String(value))).join('/')}:`];
}
