import type { EventView } from '../event/event-view.js';
import { isMultiValue } from '../event/field-value.js';
import type { Scalar } from '../values/value.js';
import { indexText } from './field-requirement.js';
import { GramTable } from './gram-table.js';
import type { IndexedStage, OpenStage } from './indexed-stage.js';
import type { PartialOutcome } from './partial-outcome.js';
import type { RequirementStatistics } from './requirement-statistics.js';
import { requirementOfStage } from './stage-requirement.js';

/** Takes the stages that an event may concern. */
export interface CandidateSink {
  /** A stage whose conditions all hold. */
  accept(stage: IndexedStage): void;
  /** A stage of which conditions are open. */
  attempt(candidate: OpenStage): void;
}

/** The candidates by what one field holds. */
interface FieldCandidates {
  readonly place: number;
  readonly texts: Map<string, OpenStage[]>;
  readonly grams: GramTable<OpenStage> | null;
}

/** Finds the stages that events may concern which agree in the fields that were looked at already. */
export class CandidatePlan {
  readonly kind = 'plan';
  private readonly certain: readonly IndexedStage[];
  private readonly unindexed: readonly OpenStage[];
  private readonly fields: readonly FieldCandidates[];

  constructor(stages: readonly OpenStage[], outcome: PartialOutcome, statistics: RequirementStatistics) {
    const certain: IndexedStage[] = [];
    const unindexed: OpenStage[] = [];
    const fields = new Map<number, { texts: Map<string, OpenStage[]>; grams: Map<string, OpenStage[]> }>();
    for (const candidate of stages) {
      if (candidate.open.length === 0) {
        certain.push(candidate.stage);
        continue;
      }
      const requirement = requirementOfStage(candidate.open, outcome, statistics);
      if (requirement === null) {
        unindexed.push(candidate);
        continue;
      }
      for (const { place, texts, parts } of requirement) {
        const field = fields.get(place) ?? {
          texts: new Map<string, OpenStage[]>(),
          grams: new Map<string, OpenStage[]>(),
        };
        fields.set(place, field);
        for (const text of texts) post(field.texts, text, candidate);
        for (const runs of parts) post(field.grams, statistics.rarestGram(place, runs), candidate);
      }
    }
    this.certain = certain;
    this.unindexed = unindexed;
    this.fields = [...fields].map(([place, { texts, grams }]) => ({
      place,
      texts,
      grams: grams.size === 0 ? null : new GramTable(grams),
    }));
  }

  /** Hands the stages that the view's event may concern to the sink, some perhaps several times. */
  find(view: EventView, sink: CandidateSink): void {
    for (const stage of this.certain) sink.accept(stage);
    for (const candidate of this.unindexed) sink.attempt(candidate);
    for (const field of this.fields) {
      const value = view.get(field.place);
      if (value === null) continue;
      if (isMultiValue(value)) for (const one of value) findByValue(field, one, sink);
      else findByValue(field, value, sink);
    }
  }
}

function findByValue({ texts, grams }: FieldCandidates, value: Scalar, sink: CandidateSink): void {
  const text = indexText(value);
  const candidates = texts.get(text);
  if (candidates !== undefined) for (const candidate of candidates) sink.attempt(candidate);
  grams?.scan(text, (found) => {
    for (const candidate of found) sink.attempt(candidate);
  });
}

function post(postings: Map<string, OpenStage[]>, key: string, candidate: OpenStage): void {
  const known = postings.get(key);
  if (known === undefined) postings.set(key, [candidate]);
  else if (known.at(-1) !== candidate) known.push(candidate);
}
