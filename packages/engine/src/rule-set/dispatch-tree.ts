import type { EventView } from '../event/event-view.js';
import { isMultiValue, type FieldValue } from '../event/field-value.js';
import { CandidatePlan } from './candidate-plan.js';
import type { Condition, ConditionGraph } from './condition-graph.js';
import type { IndexedStage, OpenStage } from './indexed-stage.js';
import { PartialOutcome } from './partial-outcome.js';
import { RequirementStatistics } from './requirement-statistics.js';

type DispatchNode = Branch | CandidatePlan;

/** Most values of one field that a branch remembers; events are untrusted, and may bring ever new ones. */
const MAX_VALUES = 4_096;

/** Most stages that all plans and branches hold together; beyond that the tree is grown anew. */
const MAX_HELD_STAGES = 500_000;

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
  private readonly statistics: RequirementStatistics;

  constructor(
    private readonly graph: ConditionGraph,
    private readonly stages: readonly IndexedStage[],
  ) {
    this.statistics = new RequirementStatistics(graph.conditions);
  }

  /** The plan for the event that the graph is at. */
  planFor(view: EventView): CandidatePlan {
    if (this.heldStages > MAX_HELD_STAGES) this.root = null;
    let node = (this.root ??= this.grow(
      this.stages.map((stage) => ({ stage, open: stage.conditions })),
      new Set(),
    ));
    while (node.kind === 'branch') node = node.follow(view, this.graph, this);
    return node;
  }

  /** Makes the node for events that agree with the graph's one at some places. */
  grow(stages: readonly OpenStage[], places: ReadonlySet<number>): DispatchNode {
    if (places.size === 0) this.heldStages = 0;
    const outcome = new PartialOutcome(this.graph, places);
    const left: OpenStage[] = [];
    for (const { stage, open } of stages) {
      const undecided = open.filter((condition) => outcome.of(condition) !== true);
      if (!undecided.some((condition) => outcome.of(condition) === false)) left.push({ stage, open: undecided });
    }
    this.heldStages += left.length + 1;
    const place = choosePlace(left);
    if (place !== null) return new Branch(place, left, places);
    return new CandidatePlan(left, outcome, this.statistics);
  }
}

/** Where events part by the value of a field. */
class Branch {
  readonly kind = 'branch';
  private readonly byValue = new Map<FieldValue | string, DispatchNode>();
  private readonly byOutcome = new Map<string, DispatchNode>();
  private readonly leaves: readonly Condition[];

  constructor(
    private readonly place: number,
    private readonly stages: readonly OpenStage[],
    private readonly places: ReadonlySet<number>,
  ) {
    const leaves = new Set<Condition>();
    for (const { open } of stages) for (const condition of open) collectLeaves(condition, place, leaves);
    this.leaves = [...leaves];
  }

  follow(view: EventView, graph: ConditionGraph, tree: DispatchTree): DispatchNode {
    const value = view.get(this.place);
    const key = isMultiValue(value) ? `\0${JSON.stringify(value.map(String))}` : value;
    const known = this.byValue.get(key);
    if (known !== undefined) return known;
    // Values that no condition tells apart share a node.
    const outcomes = this.leaves.map((leaf) => (graph.holds(leaf) ? '1' : '0')).join('');
    let node = this.byOutcome.get(outcomes);
    if (node === undefined) {
      node = tree.grow(this.stages, new Set([...this.places, this.place]));
      this.byOutcome.set(outcomes, node);
    }
    if (this.byValue.size < MAX_VALUES) this.byValue.set(key, node);
    return node;
  }
}

function collectLeaves(condition: Condition, place: number, leaves: Set<Condition>): void {
  if (condition.kind === 'leaf' && condition.place === place) leaves.add(condition);
  for (const operand of condition.operands) collectLeaves(operand, place, leaves);
}

/**
 * The field that decides the most stages, if a few values of it do: a field that each stage asks for another value
 * would make a branch of its own for each. Null if no field is worth it.
 */
function choosePlace(stages: readonly OpenStage[]): number | null {
  const found = new Map<number, { stages: number; texts: Set<string> }>();
  for (const { open } of stages) {
    const places = new Set<number>();
    for (const condition of open) {
      const texts: string[] = [];
      const place = enumerates(condition, texts);
      if (place === null) continue;
      const entry = found.get(place) ?? { stages: 0, texts: new Set() };
      found.set(place, entry);
      if (!places.has(place)) entry.stages += 1;
      places.add(place);
      for (const text of texts) entry.texts.add(text);
    }
  }
  let best: number | null = null;
  let most = Math.max(3, stages.length * LEAST_SHARE);
  for (const [place, { stages: count, texts }] of found) {
    if (count <= most || texts.size > 16 + count / 2) continue;
    best = place;
    most = count;
  }
  return best;
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
