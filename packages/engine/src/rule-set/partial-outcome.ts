import type { Condition, ConditionGraph } from './condition-graph.js';

/** What can be said of conditions while only some fields of an event are looked at. */
export class PartialOutcome {
  private readonly outcomes = new Map<Condition, boolean | null>();

  /** Only the fields at these places are known: those of the event that the graph is at. */
  constructor(
    private readonly graph: ConditionGraph,
    private readonly places: ReadonlySet<number>,
  ) {}

  /** Whether a known field decides something in a condition. */
  concerns({ places }: Condition): boolean {
    for (const place of this.places) if (places.has(place)) return true;
    return false;
  }

  /** Whether a condition holds for every event with these values, or for none (`false`), or it depends (`null`). */
  of(condition: Condition): boolean | null {
    if (condition.kind !== 'constant' && !this.concerns(condition)) return null;
    const known = this.outcomes.get(condition);
    if (known !== undefined) return known;
    const outcome = this.decide(condition);
    this.outcomes.set(condition, outcome);
    return outcome;
  }

  private decide(condition: Condition): boolean | null {
    const { operands, place } = condition;
    switch (condition.kind) {
      case 'constant':
        return this.graph.holds(condition);
      case 'leaf':
        return place !== null && this.places.has(place) ? this.graph.holds(condition) : null;
      case 'not': {
        const [operand] = operands;
        const outcome = operand === undefined ? null : this.of(operand);
        return outcome === null ? null : !outcome;
      }
      case 'and':
      case 'or':
        return this.decideTogether(operands, condition.kind === 'or');
    }
  }

  private decideTogether(operands: readonly Condition[], deciding: boolean): boolean | null {
    let outcome: boolean | null = !deciding;
    for (const operand of operands) {
      const one = this.of(operand);
      if (one === deciding) return deciding;
      if (one === null) outcome = null;
    }
    return outcome;
  }
}
