import type { Condition } from './condition-graph.js';
import type { FieldRequirement } from './field-requirement.js';
import { gramsOf, type Gram } from './gram.js';

/** What trying a part costs, beside the candidates that it gives: the pass over the text. */
const PART_COST = 3;

/** A requirement in the form in which it is looked up. */
export interface LookUp {
  readonly place: number;
  readonly texts: readonly string[];
  /** For each pattern the gram of its literal parts that the fewest others hold. */
  readonly grams: readonly Gram[];
  /** How many events may meet the requirement, on a scale of its own. */
  readonly cost: number;
}

/**
 * Chooses how requirements are looked up. How often conditions mention a text stands for how often events hold it: what
 * many rules ask for is common.
 */
export class RequirementStatistics {
  private readonly lookUps = new Map<FieldRequirement, LookUp>();

  constructor(conditions: readonly Condition[]) {
    const fields = new Map<number, Mentions>();
    const parts = new Map<FieldRequirement, readonly (readonly Gram[])[]>();
    for (const { requirement, uses } of conditions) {
      if (requirement === null) continue;
      const mentions = fields.get(requirement.place) ?? { texts: new Map(), grams: new Map() };
      fields.set(requirement.place, mentions);
      const grams = requirement.parts.map((runs) => [...new Set(runs.flatMap(gramsOf))]);
      parts.set(requirement, grams);
      for (const text of requirement.texts) add(mentions.texts, text, uses);
      for (const some of grams) for (const gram of some) add(mentions.grams, gram, uses);
    }
    for (const [requirement, grams] of parts) {
      const mentions = fields.get(requirement.place);
      if (mentions !== undefined) this.lookUps.set(requirement, chooseLookUp(requirement, grams, mentions));
    }
  }

  /** How a requirement of one of the conditions is looked up. */
  lookUpOf(requirement: FieldRequirement): LookUp {
    const lookUp = this.lookUps.get(requirement);
    if (lookUp === undefined) throw new Error('a requirement was not among those that were counted');
    return lookUp;
  }
}

/** How often the conditions on a field mention texts and grams. */
interface Mentions {
  readonly texts: Map<string, number>;
  readonly grams: Map<Gram, number>;
}

function chooseLookUp(
  { place, texts }: FieldRequirement,
  parts: readonly (readonly Gram[])[],
  mentions: Mentions,
): LookUp {
  const grams: Gram[] = [];
  let cost = 0;
  for (const text of texts) cost += mentions.texts.get(text) ?? 0;
  for (const some of parts) {
    let fewest = Infinity;
    let rarest: Gram = 0;
    for (const gram of some) {
      const count = mentions.grams.get(gram) ?? 0;
      if (count >= fewest) continue;
      fewest = count;
      rarest = gram;
    }
    grams.push(rarest);
    cost += PART_COST + fewest;
  }
  return { place, texts, grams, cost };
}

function add<K>(counts: Map<K, number>, key: K, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount);
}
