import type { EventFormat, EventProblem, EventProblemKind } from '@eqlkit/stream';
import { errorColors } from './colors.js';
import { countOf } from './count-of.js';
import { say } from './messages.js';
import { verbosity } from './verbosity.js';

/** How many problems of each kind are shown with their place. */
const SHOWN_PER_KIND = 3;

/** What each kind means, after the number of what it happened to. */
const MEANINGS: Readonly<Record<EventProblemKind, readonly [noun: string, one: string, many: string]>> = {
  'invalid-json': ['line', 'is not JSON and was skipped', 'are not JSON and were skipped'],
  'not-an-object': ['line', 'is no JSON object and was skipped', 'are no JSON objects and were skipped'],
  'missing-timestamp': ['event', 'has no timestamp and was skipped', 'have no timestamp and were skipped'],
  'invalid-timestamp': [
    'event',
    'has a timestamp that is no date and was skipped',
    'have a timestamp that is no date and were skipped',
  ],
  'timestamp-out-of-range': [
    'event',
    'has a timestamp out of range and was skipped',
    'have a timestamp out of range and were skipped',
  ],
  'missing-category': ['event', 'has no category', 'have no category'],
  'line-too-long': ['line', 'is too long and was skipped', 'are too long and were skipped'],
  'invalid-utf8': ['line', 'has bytes that are not UTF-8', 'have bytes that are not UTF-8'],
  'uneven-record': ['record', 'has more or fewer cells than the header', 'have more or fewer cells than the header'],
  'truncated-input': ['source', 'could not be read to its end', 'could not be read to their end'],
  'unreadable-source': ['source', 'has not one line that is an event', 'have not one line that is an event'],
};

/** Says that events without a time were left out of something that goes by time. */
export function describeUndated(events: number): string {
  return `${countOf(events, 'event')} without a time ${events === 1 ? 'was' : 'were'} left out`;
}

/** Counts what is wrong with the events, and keeps the first few of each kind. */
export class EventProblems {
  private readonly counts = new Map<EventProblemKind, number>();
  private readonly shown: EventProblem[] = [];

  /** With the sources that look like another format than --format says, by name. */
  constructor(private readonly misdeclared: ReadonlyMap<string, EventFormat> = new Map()) {}

  add(problem: EventProblem): void {
    const count = this.counts.get(problem.kind) ?? 0;
    this.counts.set(problem.kind, count + 1);
    if (count < SHOWN_PER_KIND) this.shown.push(problem);
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Whether a source could not be read, or not to its end. */
  get unreadable(): boolean {
    return [...this.counts.keys()].some(isFatal);
  }

  /** Says a line for each kind, and under it the first places; with --quiet only what makes the command fail. */
  report(): void {
    for (const line of this.lines()) say(line);
  }

  /** What {@link report} says. */
  lines(): readonly string[] {
    const said = [...this.counts].filter(([kind]) => verbosity() !== 'quiet' || isFatal(kind));
    return said.flatMap(([kind, count]) => {
      const shown = this.shown.filter((problem) => problem.kind === kind);
      const places = shown.flatMap((problem) => [
        `  ${problem.source}:${problem.line}: ${problem.detail}`,
        ...(isFatal(kind) ? this.adviceFor(problem) : []),
      ]);
      const more = count > shown.length ? [`  … and ${count - shown.length} more`] : [];
      const severity = isFatal(kind) ? errorColors.red(`error[${kind}]`) : errorColors.yellow(`warning[${kind}]`);
      const [noun, one, many] = MEANINGS[kind];
      return [`${severity}: ${countOf(count, noun)} ${count === 1 ? one : many}`, ...places, ...more];
    });
  }

  private adviceFor({ source }: EventProblem): readonly string[] {
    const format = this.misdeclared.get(source);
    return format === undefined ? [] : [`  = help: it looks like ${format}: leave out --format`];
  }
}

function isFatal(kind: EventProblemKind): boolean {
  return kind === 'truncated-input' || kind === 'unreadable-source';
}
