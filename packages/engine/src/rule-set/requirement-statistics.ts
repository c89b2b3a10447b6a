import type { Condition } from './condition-graph.js';
import { GRAM_LENGTH, type FieldRequirement } from './field-requirement.js';

/** What trying a part costs, beside the candidates that it gives: the pass over the text. */
const PART_COST = 3;

/** How often conditions mention texts, which stands for how often events hold them: what many rules ask for is common. */
export class RequirementStatistics {
  private readonly texts = new Map<string, number>();
  private readonly grams = new Map<string, number>();

  constructor(conditions: readonly Condition[]) {
    for (const { requirement, uses } of conditions) {
      if (requirement === null) continue;
      for (const text of requirement.texts) add(this.texts, `${requirement.place} ${text}`, uses);
      for (const runs of requirement.parts) {
        for (const gram of new Set(runs.flatMap(gramsOf))) add(this.grams, `${requirement.place} ${gram}`, uses);
      }
    }
  }

  /** The gram of a pattern's literal runs that the fewest others hold. */
  rarestGram(place: number, runs: readonly string[]): string {
    let rarest = '';
    let fewest = Infinity;
    for (const gram of runs.flatMap(gramsOf)) {
      const mentions = this.grams.get(`${place} ${gram}`) ?? 0;
      if (mentions >= fewest) continue;
      rarest = gram;
      fewest = mentions;
    }
    return rarest;
  }

  /** How many candidates a requirement may give, on a scale of its own. */
  costOf({ place, texts, parts }: FieldRequirement): number {
    let cost = 0;
    for (const text of texts) cost += this.texts.get(`${place} ${text}`) ?? 1;
    for (const runs of parts) cost += PART_COST + (this.grams.get(`${place} ${this.rarestGram(place, runs)}`) ?? 1);
    return cost;
  }
}

function gramsOf(run: string): readonly string[] {
  return Array.from({ length: run.length - GRAM_LENGTH + 1 }, (_, at) => run.slice(at, at + GRAM_LENGTH));
}

function add(counts: Map<string, number>, key: string, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount);
}
