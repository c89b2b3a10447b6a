import type { EventView } from '../event/event-view.js';
import type { FieldTable } from '../event/field-table.js';
import { isMultiValue } from '../event/field-value.js';
import type { FieldProbe } from '../event/prefilter.js';
import type { Scalar } from '../values/value.js';
import type { CandidateSink } from './candidate-sink.js';
import { CandidateTrial, type IndexedCandidate } from './candidate-trial.js';
import { ClauseTable } from './clause-table.js';
import type { Condition, ConditionGraph } from './condition-graph.js';
import { indexText } from './field-requirement.js';
import type { Gram } from './gram.js';
import { GramTable } from './gram-table.js';
import type { Candidate, IndexedStage, OpenStage } from './indexed-stage.js';
import type { PartialOutcome } from './partial-outcome.js';
import type { ProbingPlan, TreePrefilter } from './tree-prefilter.js';
import { ValueCache } from './value-cache.js';
import type { RequiringCondition, StageRequirements } from './stage-requirement.js';

/** The candidates by what one field holds. */
interface FieldCandidates {
  readonly place: number;
  readonly texts: Map<string, Candidate[]>;
  readonly grams: GramTable<Candidate> | null;
  /** All grams that are looked for. */
  readonly gramsSought: readonly Gram[];
  readonly found: ValueCache<readonly Candidate[]>;
}

const MAX_VALUES = 1_024;

/** With fewer decisions of conditions for a look-up a table is not worth it, all that is around it taken into account. */
const LEAST_DECISIONS = 64;

/** How many decisions take as long as it takes to look up the value of a field in a table. */
const DECISIONS_PER_FIELD = 3;

/** Finds the stages that events may concern which agree in the fields that were looked at already. */
export class CandidatePlan implements ProbingPlan {
  readonly kind = 'plan';
  private readonly certain: readonly IndexedStage[];
  private unindexed: readonly Candidate[];
  private fields: readonly FieldCandidates[];
  /** Those that a prefilter looks at, and those that it cannot. */
  private probed: readonly FieldCandidates[] = [];
  private unprobed: readonly FieldCandidates[] = [];
  /** Null once it is known which candidates are tried often. */
  private trial: CandidateTrial | null;
  private table: ClauseTable | null = null;

  /** Changes with what the plan looks for in fields. */
  number: number;

  constructor(
    private readonly takeNumber: () => number,
    stages: readonly OpenStage[],
    private readonly outcome: PartialOutcome,
    requirements: StageRequirements,
    private readonly graph: ConditionGraph,
  ) {
    this.number = takeNumber();
    const certain: IndexedStage[] = [];
    const unindexed: Candidate[] = [];
    const indexed: IndexedCandidate[] = [];
    for (const { stage, open } of stages) {
      if (open.length === 0 && stage.open.length === 0) {
        certain.push(stage);
        continue;
      }
      const requiring = requirements.of(open, outcome);
      const candidate: Candidate = { stage, open: orderConditions(open, requiring), late: stage.open };
      const [first] = requiring;
      if (first === undefined) unindexed.push(candidate);
      else indexed.push({ candidate, requirement: first.requirement });
    }
    this.certain = certain;
    this.unindexed = unindexed;
    this.fields = indexCandidates(indexed);
    this.trial = new CandidateTrial(indexed);
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
    const { trial, graph } = this;
    const { decisions } = graph;
    for (const stage of this.certain) sink.accept(stage);
    if (this.table?.find(view, sink) !== true) for (const candidate of this.unindexed) sink.attempt(candidate);
    this.findIndexed(view, trial === null ? sink : trial.watch(sink), known);
    if (trial === null) return;
    trial.count(graph.decisions - decisions);
    if (trial.isOver) this.conclude(trial, view);
  }

  private findIndexed<Node>(view: EventView, sink: CandidateSink, known: TreePrefilter<Node> | null): void {
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

  private conclude(trial: CandidateTrial, view: EventView): void {
    this.trial = null;
    if (trial.decisionsPerFind < LEAST_DECISIONS) return;
    const { frequent, rare } = trial.outcome();
    const candidates = [...this.unindexed, ...frequent.map(({ candidate }) => candidate)];
    const places = new Set(
      candidates.flatMap(({ open, late }) => [...open, ...late].flatMap((one) => [...one.places])),
    );
    if (trial.decisionsPerFind < DECISIONS_PER_FIELD * places.size) return;
    this.table = new ClauseTable(candidates, this.outcome, this.graph, view);
    if (frequent.length === 0) return;
    this.unindexed = candidates;
    this.fields = indexCandidates(rare);
    this.number = this.takeNumber();
  }
}

function indexCandidates(indexed: readonly IndexedCandidate[]): readonly FieldCandidates[] {
  const fields = new Map<number, { texts: Map<string, Candidate[]>; grams: Map<Gram, Candidate[]> }>();
  for (const { candidate, requirement } of indexed) {
    for (const { place, texts, grams } of requirement) {
      const field = fields.get(place) ?? {
        texts: new Map<string, Candidate[]>(),
        grams: new Map<Gram, Candidate[]>(),
      };
      fields.set(place, field);
      for (const text of texts) post(field.texts, text, candidate);
      for (const gram of grams) post(field.grams, gram, candidate);
    }
  }
  return [...fields].map(([place, { texts, grams }]) => ({
    place,
    texts,
    grams: grams.size === 0 ? null : new GramTable(grams),
    gramsSought: [...grams.keys()],
    found: new ValueCache(MAX_VALUES),
  }));
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

const NO_CANDIDATES: readonly Candidate[] = [];

/** The stages that require a value, or a part of it. */
function lookUp({ texts, grams }: FieldCandidates, value: Scalar): readonly Candidate[] {
  const text = indexText(value);
  const byText = texts.get(text) ?? NO_CANDIDATES;
  if (grams === null) return byText;
  const byPart = new Set<Candidate>();
  grams.scan(text, byPart);
  return byPart.size === 0 ? byText : [...byText, ...byPart];
}

function post<K>(postings: Map<K, Candidate[]>, key: K, candidate: Candidate): void {
  const known = postings.get(key);
  if (known === undefined) postings.set(key, [candidate]);
  else if (known.at(-1) !== candidate) known.push(candidate);
}
