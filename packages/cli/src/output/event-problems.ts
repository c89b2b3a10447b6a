import type { EventProblem, EventProblemKind } from '@eqlkit/stream';

/** How many problems of each kind are shown with their place. */
const SHOWN_PER_KIND = 3;

/** Counts what is wrong with the events, and keeps the first few of each kind. */
export class EventProblems {
  private readonly counts = new Map<EventProblemKind, number>();
  private readonly shown: EventProblem[] = [];

  add(problem: EventProblem): void {
    const count = this.counts.get(problem.kind) ?? 0;
    this.counts.set(problem.kind, count + 1);
    if (count < SHOWN_PER_KIND) this.shown.push(problem);
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Whether a source could not be read to its end. */
  get unreadable(): boolean {
    return this.counts.has('truncated-input');
  }

  /** One line for each kind, and under it the first places. */
  lines(): readonly string[] {
    return [...this.counts].flatMap(([kind, count]) => {
      const places = this.shown
        .filter((problem) => problem.kind === kind)
        .map(({ source, line, detail }) => `  ${source}:${line}: ${detail}`);
      const more = count > places.length ? [`  … and ${count - places.length} more`] : [];
      return [`${count} × ${kind}`, ...places, ...more];
    });
  }
}
