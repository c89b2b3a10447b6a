import { visit, printExpression, type Dialect } from '@eqlkit/language';
import type { EventView } from '../event/event-view.js';
import type { StagePlan } from '../plan/query-plan.js';
import type { LeafPredicate, Predicate, PredicateTest } from '../predicate/predicate.js';
import { conditionCost } from './condition-cost.js';
import { requirementOfLeaf, type FieldRequirement } from './field-requirement.js';

/** A condition that occurs in one or more queries. */
export class Condition {
  /** Number of the event for which `verdict` was reached. */
  decidedAt = 0;
  verdict = false;
  /** In how many conditions it occurs. */
  uses = 0;

  constructor(
    readonly id: number,
    readonly kind: Predicate['kind'],
    readonly operands: readonly Condition[],
    /** Of a leaf. */
    readonly test: PredicateTest,
    /** Place of the one field that decides a leaf, if there is just one. */
    readonly place: number | null,
    /** What the field of a leaf must hold for it to be true, if it can be said. */
    readonly requirement: FieldRequirement | null,
    /** How long it takes to decide, roughly in steps of a comparison. */
    readonly cost: number,
  ) {}
}

const NO_OPERANDS: readonly Condition[] = [];

/** The distinct conditions of many queries. Each is decided at most once per event, however many queries hold it. */
export class ConditionGraph {
  private readonly known = new Map<string, Condition>();
  private readonly all: Condition[] = [];
  private view: EventView | null = null;
  private eventNumber = 0;

  /** Every condition, operands before what they are part of. */
  get conditions(): readonly Condition[] {
    return this.all;
  }

  /** The conditions that must all hold for a stage; without those that speak of earlier events. */
  addStage(stage: StagePlan, dialect: Dialect): readonly Condition[] {
    const { predicate, usesAliases } = stage;
    const parts = predicate.kind === 'and' ? predicate.operands : [predicate];
    return parts
      .filter((part) => !usesAliases || readsEventOnly(part))
      .map((part) => this.add(part, dialect))
      .filter(({ kind, verdict }) => kind !== 'constant' || !verdict);
  }

  private add(predicate: Predicate, dialect: Dialect): Condition {
    const condition = this.intern(predicate, dialect);
    condition.uses += 1;
    return condition;
  }

  private intern(predicate: Predicate, dialect: Dialect): Condition {
    switch (predicate.kind) {
      case 'constant':
        return this.find(`constant ${predicate.value}`, (id) => {
          const condition = new Condition(id, 'constant', NO_OPERANDS, predicate.test, null, null, 0);
          condition.verdict = predicate.value;
          return condition;
        });
      case 'leaf': {
        const key = identityOf(predicate, dialect);
        return this.find(key ?? `own ${this.all.length}`, (id) => {
          const [source, ...others] = predicate.sources;
          const place = key === null || source === undefined || others.length > 0 ? null : source.place;
          const requirement = requirementOfLeaf(predicate, dialect);
          const cost = conditionCost(predicate.node);
          return new Condition(id, 'leaf', NO_OPERANDS, predicate.test, place, requirement, cost);
        });
      }
      case 'not':
        return this.join('not', [predicate.operand], predicate.test, dialect);
      case 'and':
      case 'or':
        return this.join(predicate.kind, predicate.operands, predicate.test, dialect);
    }
  }

  private join(
    kind: 'and' | 'or' | 'not',
    predicates: readonly Predicate[],
    test: PredicateTest,
    dialect: Dialect,
  ): Condition {
    const distinct = new Set(predicates.map((operand) => this.add(operand, dialect)));
    const operands = [...distinct].sort((a, b) => a.cost - b.cost || a.id - b.id);
    const key = `${kind} ${operands.map(({ id }) => id).join(' ')}`;
    return this.find(key, (id) => {
      const cost = operands.reduce((sum, operand) => sum + operand.cost, 1);
      return new Condition(id, kind, operands, test, null, null, cost);
    });
  }

  private find(key: string, create: (id: number) => Condition): Condition {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const condition = create(this.all.length);
    this.all.push(condition);
    this.known.set(key, condition);
    return condition;
  }

  /** Moves on to the view's event: nothing is decided yet. Gives the number of the event. */
  begin(view: EventView): number {
    this.view = view;
    this.eventNumber += 1;
    return this.eventNumber;
  }

  /** Whether a condition holds for the event. */
  holds(condition: Condition): boolean {
    if (condition.decidedAt === this.eventNumber) return condition.verdict;
    const verdict = this.decide(condition);
    condition.decidedAt = this.eventNumber;
    condition.verdict = verdict;
    return verdict;
  }

  private decide(condition: Condition): boolean {
    const { operands } = condition;
    switch (condition.kind) {
      case 'leaf':
      case 'constant':
        if (this.view === null) throw new Error('a condition was asked about before there was an event');
        return condition.test(this.view);
      case 'and':
        for (const operand of operands) if (!this.holds(operand)) return false;
        return true;
      case 'or':
        for (const operand of operands) if (this.holds(operand)) return true;
        return false;
      case 'not': {
        const [operand] = operands;
        return operand === undefined || !this.holds(operand);
      }
    }
  }
}

/** Equal for leaves that give the same outcome for every event; null if the outcome depends on more than the event. */
function identityOf(leaf: LeafPredicate, dialect: Dialect): string | null {
  const places: number[] = [];
  for (const { place, definition } of leaf.sources) {
    // What `now` is in a date may differ from query to query.
    if (place === null || definition?.kind === 'date') return null;
    places.push(place);
  }
  return isPure(leaf) ? `leaf ${dialect.name} ${places.join(' ')} ${printExpression(leaf.node)}` : null;
}

/**
 * Reads the event and nothing else, and reports no problems, which each query counts for itself; but a text that is too
 * long for a regular expression is counted by one query for all that share the leaf.
 */
function isPure({ node }: LeafPredicate): boolean {
  let pure = true;
  visit(node, (inner) => {
    const { kind } = inner;
    if (kind === 'lineage' || kind === 'arithmetic' || kind === 'negate') pure = false;
    if (kind === 'call' && !PURE_FUNCTIONS.has(inner.name.toLowerCase())) pure = false;
  });
  return pure;
}

const PURE_FUNCTIONS: ReadonlySet<string> = new Set([
  'between',
  'cidrmatch',
  'concat',
  'endswith',
  'indexof',
  'length',
  'match',
  'startswith',
  'string',
  'stringcontains',
  'substring',
  'wildcard',
]);

/** Whether all that a condition reads is known to be of the event at hand, not of an earlier one. */
function readsEventOnly(predicate: Predicate): boolean {
  switch (predicate.kind) {
    case 'constant':
      return true;
    case 'leaf':
      return isPure(predicate) && predicate.sources.every(({ place }) => place !== null);
    case 'not':
      return readsEventOnly(predicate.operand);
    case 'and':
    case 'or':
      return predicate.operands.every(readsEventOnly);
  }
}
