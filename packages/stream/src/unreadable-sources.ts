import { skipsLine, type EventProblem } from './decode/event-problem.js';

/** Notices the sources of which not one line could be read as an event. */
export class UnreadableSources {
  readonly #skipped = new Map<string, { readonly first: EventProblem; count: number }>();
  readonly #readable = new Set<string>();
  #latest: string | undefined;

  /** Takes note of a problem. */
  addProblem(problem: EventProblem): void {
    if (!skipsLine(problem.kind)) return;
    const known = this.#skipped.get(problem.source);
    if (known === undefined) this.#skipped.set(problem.source, { first: problem, count: 1 });
    else known.count += 1;
  }

  /** Takes note of an event that was read from a source. */
  addEvent(source: string): void {
    if (source === this.#latest) return;
    this.#latest = source;
    this.#readable.add(source);
  }

  /** One problem for each source that has lines and no events. To be called when all were read. */
  problems(): readonly EventProblem[] {
    return [...this.#skipped].flatMap(([source, { first, count }]) => {
      if (this.#readable.has(source)) return [];
      const lines = count === 1 ? 'its only line is no event' : `none of its ${String(count)} lines is an event`;
      return [{ kind: 'unreadable-source' as const, source, line: first.line, detail: `${lines}: ${first.detail}` }];
    });
  }
}
