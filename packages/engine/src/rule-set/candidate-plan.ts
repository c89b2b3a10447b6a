import type { EventView } from '../event/event-view.js';
import type { FieldTable } from '../event/field-table.js';
import { isMultiValue } from '../event/field-value.js';
import type { FieldProbe } from '../event/prefilter.js';
import type { Scalar } from '../values/value.js';
import type { Condition } from './condition-graph.js';
import { indexText } from './field-requirement.js';
import type { Gram } from './gram.js';
import { GramTable } from './gram-table.js';
import type { IndexedStage, OpenStage } from './indexed-stage.js';
import type { PartialOutcome } from './partial-outcome.js';
import type { ProbingPlan, TreePrefilter } from './tree-prefilter.js';
import { ValueCache } from './value-cache.js';
import type { RequiringCondition, StageRequirements } from './stage-requirement.js';

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
  /** All grams that are looked for. */
  readonly gramsSought: readonly Gram[];
  readonly found: ValueCache<readonly OpenStage[]>;
}

const MAX_VALUES = 1_024;

/** Finds the stages that events may concern which agree in the fields that were looked at already. */
export class CandidatePlan implements ProbingPlan {
  readonly kind = 'plan';
  private readonly certain: readonly IndexedStage[];
  private readonly unindexed: readonly OpenStage[];
  private readonly fields: readonly FieldCandidates[];
  /** Those that a prefilter looks at, and those that it cannot. */
  private probed: readonly FieldCandidates[] = [];
  private unprobed: readonly FieldCandidates[] = [];

  constructor(
    readonly number: number,
    stages: readonly OpenStage[],
    outcome: PartialOutcome,
    requirements: StageRequirements,
  ) {
    const certain: IndexedStage[] = [];
    const unindexed: OpenStage[] = [];
    const fields = new Map<number, { texts: Map<string, OpenStage[]>; grams: Map<Gram, OpenStage[]> }>();
    for (const { stage, open } of stages) {
      if (open.length === 0) {
        certain.push(stage);
        continue;
      }
      const requiring = requirements.of(open, outcome);
      const candidate: OpenStage = { stage, open: orderConditions(open, requiring) };
      const [first] = requiring;
      if (first === undefined) {
        unindexed.push(candidate);
        continue;
      }
      for (const { place, texts, grams } of first.requirement) {
        const field = fields.get(place) ?? {
          texts: new Map<string, OpenStage[]>(),
          grams: new Map<Gram, OpenStage[]>(),
        };
        fields.set(place, field);
        for (const text of texts) post(field.texts, text, candidate);
        for (const gram of grams) post(field.grams, gram, candidate);
      }
    }
    this.certain = certain;
    this.unindexed = unindexed;
    this.fields = [...fields].map(([place, { texts, grams }]) => ({
      place,
      texts,
      grams: grams.size === 0 ? null : new GramTable(grams),
      gramsSought: [...grams.keys()],
      found: new ValueCache(MAX_VALUES),
    }));
  }

  /** What a prefilter is to look for in the plain fields among those of a table. */
  probesIn(table: FieldTable): readonly FieldProbe[] {
    this.probed = this.fields.filter(({ place }) => table.isPlain(place));
    this.unprobed = this.fields.filter(({ place }) => !table.isPlain(place));
    return this.probed.map(({ place, texts, gramsSought }) => ({
      path: table.pathOf(place),
      texts: [...texts.keys()],
      grams: gramsSought,
    }));
  }

  /** Hands the stages that the view's event may concern to the sink, some perhaps several times. */
  find<Node>(view: EventView, sink: CandidateSink, known: TreePrefilter<Node> | null): void {
    for (const stage of this.certain) sink.accept(stage);
    for (const candidate of this.unindexed) sink.attempt(candidate);
    const probes = known === null ? null : known.probesOf(this, view.fields);
    if (known === null || probes === null) {
      for (const field of this.fields) lookAt(field, view, sink);
      return;
    }
    const { prefilter } = known;
    const count = prefilter.sift(probes);
    for (let index = 0; index < count; index += 1) {
      const field = this.probed[prefilter.sifted(index)];
      if (field !== undefined) lookAt(field, view, sink);
    }
    for (const field of this.unprobed) lookAt(field, view, sink);
  }
}

function lookAt(field: FieldCandidates, view: EventView, sink: CandidateSink): void {
  const value = view.get(field.place);
  if (value === null) return;
  if (isMultiValue(value)) for (const one of value) findByValue(field, one, sink);
  else findByValue(field, value, sink);
}

function findByValue(field: FieldCandidates, value: Scalar, sink: CandidateSink): void {
  if (typeof value !== 'string') {
    for (const candidate of lookUp(field, value)) sink.attempt(candidate);
    return;
  }
  let candidates = field.found.get(value);
  if (candidates === undefined) {
    candidates = lookUp(field, value);
    field.found.set(value, candidates);
  }
  for (const candidate of candidates) sink.attempt(candidate);
}

/**
 * The order in which conditions are asked, those first that are likely to fail. What led to a candidate is likely to hold,
 * and so is what excludes exceptions, which are long lists often.
 */
function orderConditions(
  open: readonly Condition[],
  [looked, ...others]: readonly RequiringCondition[],
): readonly Condition[] {
  const first = others.map(({ condition }) => condition);
  const rest = open.filter((condition) => condition !== looked?.condition && !first.includes(condition));
  const byCost = rest.toSorted((a, b) => a.cost - b.cost);
  return [
    ...first,
    ...byCost.filter(({ kind }) => kind !== 'not'),
    ...(looked === undefined ? [] : [looked.condition]),
    ...byCost.filter(({ kind }) => kind === 'not'),
  ];
}

const NO_CANDIDATES: readonly OpenStage[] = [];

/** The stages that require a value, or a part of it. */
function lookUp({ texts, grams }: FieldCandidates, value: Scalar): readonly OpenStage[] {
  const text = indexText(value);
  const byText = texts.get(text) ?? NO_CANDIDATES;
  if (grams === null) return byText;
  const byPart = new Set<OpenStage>();
  grams.scan(text, byPart);
  return byPart.size === 0 ? byText : [...byText, ...byPart];
}

function post<K>(postings: Map<K, OpenStage[]>, key: K, candidate: OpenStage): void {
  const known = postings.get(key);
  if (known === undefined) postings.set(key, [candidate]);
  else if (known.at(-1) !== candidate) known.push(candidate);
}
