import type { EventView } from '../event/event-view.js';
import type { FieldTable } from '../event/field-table.js';
import { isMultiValue, type FieldValue } from '../event/field-value.js';
import type { FieldProbe, Prefilter } from '../event/prefilter.js';
import { CandidatePlan } from './candidate-plan.js';
import type { CandidateSink } from './candidate-sink.js';
import type { Condition, ConditionGraph } from './condition-graph.js';
import type { IndexedStage, OpenStage } from './indexed-stage.js';
import { PartialOutcome } from './partial-outcome.js';
import { RequirementStatistics } from './requirement-statistics.js';
import type { SoughtValues } from './sought-values.js';
import { StageRequirements } from './stage-requirement.js';
import { TreePrefilter } from './tree-prefilter.js';

type DispatchNode = Branch | CandidatePlan;

/** Most values of one field that a branch remembers; events are untrusted, and may bring ever new ones. */
const MAX_VALUES = 4_096;

/** Most stages that all plans and branches hold together; beyond that the tree is grown anew. */
const MAX_HELD_STAGES = 500_000;

/** What stands behind a plan. */
const LEAF = { path: null, probe: null };

/** A branch must concern at least this share of the stages. */
const LEAST_SHARE = 0.05;

/**
 * Leads an event to the plan for events like it: those that agree in the fields that decide the most stages, such as
 * the category, the operating system, the type and the action. The tree grows as events come, so it holds what
 * occurs in them. Under each branch the stages that its field rules out are gone, and what it decides is not asked again.
 */
export class DispatchTree {
  private root: DispatchNode | null = null;
  private heldStages = 0;
  private plans = 0;
  private prefilters = new WeakMap<Prefilter, TreePrefilter<DispatchNode>>();
  private latest: TreePrefilter<DispatchNode> | null = null;
  private readonly requirements: StageRequirements;
  private readonly chooser = new PlaceChooser();

  constructor(
    private readonly graph: ConditionGraph,
    private readonly stages: readonly IndexedStage[],
  ) {
    this.requirements = new StageRequirements(new RequirementStatistics(graph.conditions));
  }

  /** Hands the stages that the view's event, which the graph is at, may concern to the sink, some perhaps several times. */
  find(view: EventView, sink: CandidateSink): void {
    const { prefilter } = view;
    const known = prefilter === null ? null : this.knownTo(prefilter, view.fields);
    this.planFor(view, known).find(view, sink, known);
  }

  private planFor(view: EventView, known: TreePrefilter<DispatchNode> | null): CandidatePlan {
    if (this.heldStages > MAX_HELD_STAGES) this.fell();
    const root = (this.root ??= this.grow(
      this.stages.map((stage) => ({ stage, open: stage.conditions })),
      new Set(),
      null,
    ));
    let node = known === null ? root : known.follow(root);
    while (node.kind === 'branch') {
      const next = node.follow(view, this.graph, this);
      if (node.knewValue) known?.link(node, next);
      node = next;
    }
    return node;
  }

  /** What the prefilter of events knows of this tree. */
  private knownTo(prefilter: Prefilter, fields: FieldTable): TreePrefilter<DispatchNode> {
    if (this.latest?.prefilter === prefilter) return this.latest;
    let known = this.prefilters.get(prefilter);
    if (known === undefined) {
      known = new TreePrefilter(prefilter, (node) =>
        node.kind === 'branch' ? { path: fields.pathOf(node.place), probe: node.probeIn(fields) } : LEAF,
      );
      this.prefilters.set(prefilter, known);
    }
    this.latest = known;
    return known;
  }

  private readonly takePlanNumber = (): number => {
    this.plans += 1;
    return this.plans - 1;
  };

  /** Lets the tree grow anew. */
  private fell(): void {
    this.root = null;
    this.plans = 0;
    this.latest?.prefilter.forget();
    this.latest = null;
    this.prefilters = new WeakMap();
  }

  /** Makes the node for events that agree with the graph's one at some places, of which one is new. */
  grow(stages: readonly OpenStage[], places: ReadonlySet<number>, latest: number | null): DispatchNode {
    if (places.size === 0) this.heldStages = 0;
    const outcome = new PartialOutcome(this.graph, places);
    const left: OpenStage[] = [];
    for (const { stage, open } of stages) {
      const undecided = undecidedOf(open, outcome, latest);
      if (undecided !== null) left.push({ stage, open: undecided });
    }
    this.heldStages += left.length + 1;
    const place = this.chooser.choose(left);
    if (place !== null) return new Branch(place, left, places, this.requirements);
    return new CandidatePlan(this.takePlanNumber, left, outcome, this.requirements, this.graph);
  }
}

/** The conditions that a new field leaves open; null if one of them is false. */
function undecidedOf(
  open: readonly Condition[],
  outcome: PartialOutcome,
  latest: number | null,
): readonly Condition[] | null {
  const undecided: Condition[] = [];
  for (const condition of open) {
    const known = latest !== null && !condition.places.has(latest) ? null : outcome.of(condition);
    if (known === false) return null;
    if (known === null) undecided.push(condition);
  }
  return undecided;
}

/** Where events part by the value of a field. */
class Branch {
  readonly kind = 'branch';
  /** Whether the value that was followed last had been followed before. */
  knewValue = false;
  private readonly byValue = new Map<FieldValue | typeof OTHER, DispatchNode>();
  private readonly byOutcome = new Map<string, DispatchNode>();
  private readonly leaves: readonly Condition[];
  /** Values of which some leaf may be true; null if that may be any. */
  private readonly sought: SoughtValues | null;

  constructor(
    readonly place: number,
    private readonly stages: readonly OpenStage[],
    private readonly places: ReadonlySet<number>,
    requirements: StageRequirements,
  ) {
    const leaves = new Set<Condition>();
    for (const { open } of stages) for (const condition of open) collectLeaves(condition, place, leaves);
    this.leaves = [...leaves];
    this.sought = requirements.soughtBy(this.leaves);
  }

  /** What a prefilter is to look for in the field. */
  probeIn(fields: FieldTable): FieldProbe | null {
    const { place, sought } = this;
    if (sought === null || !fields.isPlain(place)) return null;
    return { path: fields.pathOf(place), texts: [...sought.texts], grams: sought.grams };
  }

  follow(view: EventView, graph: ConditionGraph, tree: DispatchTree): DispatchNode {
    const value = view.get(this.place);
    // All values of which no leaf is true are one.
    const isOther = this.sought !== null && value !== null && !isMultiValue(value) && !this.sought.mayBe(value);
    const key = isOther ? OTHER : keyOf(value);
    const known = this.byValue.get(key);
    this.knewValue = known !== undefined;
    if (known !== undefined) return known;
    // Values that no condition tells apart share a node.
    const outcomes = this.leaves.map((leaf) => (graph.holds(leaf) ? '1' : '0')).join('');
    let node = this.byOutcome.get(outcomes);
    if (node === undefined) {
      node = tree.grow(this.stages, new Set([...this.places, this.place]), this.place);
      this.byOutcome.set(outcomes, node);
    }
    if (this.byValue.size < MAX_VALUES) this.byValue.set(key, node);
    return node;
  }
}

/** Stands for all values that are not sought. */
const OTHER = Symbol('other values');

/** Begins what stands for a list. */
const MARK = '\0';

/** Equal for equal values only. */
function keyOf(value: FieldValue): FieldValue {
  if (isMultiValue(value)) return `${MARK}${JSON.stringify(value.map(String))}`;
  return typeof value === 'string' && value.startsWith(MARK) ? `${MARK}${value}` : value;
}

function collectLeaves(condition: Condition, place: number, leaves: Set<Condition>): void {
  if (!condition.places.has(place)) return;
  if (condition.kind === 'leaf') leaves.add(condition);
  for (const operand of condition.operands) collectLeaves(operand, place, leaves);
}

/** The one field that decides a condition by comparing it with whole texts. */
interface Enumeration {
  readonly place: number;
  readonly texts: readonly string[];
}

/** Chooses by which field events part next. */
class PlaceChooser {
  private readonly enumerations = new Map<Condition, Enumeration | null>();

  /**
   * The field that decides the most stages, if a few values of it do: a field that each stage asks for another value
   * would make a branch of its own for each. Null if no field is worth it.
   */
  choose(stages: readonly OpenStage[]): number | null {
    const found = new Map<number, { stages: number; texts: Set<string> }>();
    for (const { open } of stages) {
      const places = new Set<number>();
      for (const condition of open) {
        const enumeration = this.enumerationOf(condition);
        if (enumeration === null) continue;
        const { place, texts } = enumeration;
        const entry = found.get(place) ?? { stages: 0, texts: new Set() };
        found.set(place, entry);
        if (!places.has(place)) entry.stages += 1;
        places.add(place);
        // With more texts than this the field is not chosen, however many stages it decides.
        if (entry.texts.size <= mostTexts(stages.length)) for (const text of texts) entry.texts.add(text);
      }
    }
    let best: number | null = null;
    let most = Math.max(3, stages.length * LEAST_SHARE);
    for (const [place, { stages: count, texts }] of found) {
      if (count <= most || texts.size > mostTexts(count)) continue;
      best = place;
      most = count;
    }
    return best;
  }

  private enumerationOf(condition: Condition): Enumeration | null {
    let known = this.enumerations.get(condition);
    if (known === undefined) {
      const texts: string[] = [];
      const place = enumerates(condition, texts);
      known = place === null ? null : { place, texts };
      this.enumerations.set(condition, known);
    }
    return known;
  }
}

/** Most texts by which a field may decide so many stages if events are to part by it. */
function mostTexts(stages: number): number {
  return 16 + stages / 2;
}

/** The place of the one field that decides a condition by comparing it with whole texts, which are gathered. */
function enumerates(condition: Condition, texts: string[]): number | null {
  if (condition.kind === 'leaf') {
    const { requirement } = condition;
    if (condition.place === null || requirement === null || requirement.parts.length > 0) return null;
    // One by one: a list may be longer than a call takes arguments.
    for (const text of requirement.texts) texts.push(text);
    return condition.place;
  }
  let place: number | null = null;
  for (const operand of condition.operands) {
    const one = enumerates(operand, texts);
    if (one === null || (place !== null && one !== place)) return null;
    place = one;
  }
  return place;
}
