import { visit, printExpression, type Dialect } from '@eqlkit/language';
import type { EventView } from '../event/event-view.js';
import type { FieldValue } from '../event/field-value.js';
import type { LeafPredicate, Predicate, PredicateTest } from '../predicate/predicate.js';
import { asksLineage, someLeaf } from '../predicate/some-leaf.js';
import { conditionCost } from './condition-cost.js';
import { requirementOfLeaf, type FieldRequirement } from './field-requirement.js';
import type { FoundStage } from './stage-finder.js';
import { ValueCache } from './value-cache.js';

/** A condition that occurs in one or more queries. */
export class Condition {
  /** Number of the event for which `verdict` was reached. */
  decidedAt = 0;
  verdict = false;
  /** In how many conditions it occurs. */
  uses = 0;
  /** Places of the fields that decide leaves within. */
  readonly places: ReadonlySet<number>;
  /** Whether the values at these places decide it. */
  readonly decidedByFields: boolean;
  /** Whether deciding it counts no problem, unless a text is very long, so that it may be asked at any time. */
  readonly isQuiet: boolean;

  constructor(
    readonly id: number,
    readonly kind: Predicate['kind'],
    readonly operands: readonly Condition[],
    /** Of a leaf. */
    readonly test: PredicateTest,
    /** Place of the one field whose values decide a leaf, if there is just one. */
    readonly place: number | null,
    /** Number among the leaves of that field. */
    readonly number: number,
    /** What the field of a leaf must hold for it to be true, if it can be said. */
    readonly requirement: FieldRequirement | null,
    /** How long it takes to decide, roughly in steps of a comparison. */
    readonly cost: number,
    isQuietLeaf = false,
  ) {
    this.places = place === null ? new Set(operands.flatMap((operand) => [...operand.places])) : new Set([place]);
    this.decidedByFields = kind === 'leaf' ? place !== null : operands.every((operand) => operand.decidedByFields);
    this.isQuiet = kind === 'leaf' ? isQuietLeaf : operands.every((operand) => operand.isQuiet);
  }
}

const NO_OPERANDS: readonly Condition[] = [];

/** What must hold for a stage, but for what speaks of earlier events. */
export interface StageConditions {
  readonly conditions: readonly Condition[];
  /**
   * Those that a survey leaves open: what depends on earlier events, and what may have a problem to report in a stage that is
   * not always looked for. They are asked last, so that what is counted does not depend on how candidates are found.
   */
  readonly open: readonly Condition[];
}

/** The distinct conditions of many queries. Each is decided at most once per event, however many queries hold it. */
export class ConditionGraph {
  private readonly known = new Map<string, Condition>();
  private readonly all: Condition[] = [];
  /** Counts what had to be decided. */
  decisions = 0;
  private readonly outcomes: (FieldOutcomes | undefined)[] = [];
  private view: EventView | null = null;
  private eventNumber = 0;

  /** Every condition, operands before what they are part of. */
  get conditions(): readonly Condition[] {
    return this.all;
  }

  /** The conditions that must all hold for a stage; without those that speak of earlier events. */
  addStage(stage: FoundStage, dialect: Dialect): StageConditions {
    const { predicate, usesAliases } = stage;
    const conditions = new Set<Condition>();
    const open = new Set<Condition>();
    for (const part of operandsOf('and', predicate)) {
      if (usesAliases && !readsEventOnly(part)) continue;
      // The first stage of a query is always looked for.
      const isOpen = someLeaf(part, stage.stage === 0 ? asksLineage : mayReport);
      const condition = this.add(part, dialect, isOpen ? 'open ' : '');
      if (condition.kind === 'constant' && condition.verdict) continue;
      (isOpen ? open : conditions).add(condition);
    }
    return { conditions: [...conditions], open: [...open] };
  }

  /** Conditions of different spaces are not shared. */
  private add(predicate: Predicate, dialect: Dialect, space: string): Condition {
    const condition = this.intern(predicate, dialect, space);
    condition.uses += 1;
    return condition;
  }

  private intern(predicate: Predicate, dialect: Dialect, space: string): Condition {
    switch (predicate.kind) {
      case 'constant':
        return this.find(`constant ${predicate.value}`, (id) => {
          const condition = new Condition(id, 'constant', NO_OPERANDS, predicate.test, null, 0, null, 0);
          condition.verdict = predicate.value;
          return condition;
        });
      case 'leaf': {
        const key = identityOf(predicate, dialect);
        return this.find(key === null ? `own ${this.all.length}` : `${space}${key}`, (id) => {
          const place = key === null ? null : decidingPlace(predicate, dialect);
          const requirement = requirementOfLeaf(predicate, dialect);
          const cost = conditionCost(predicate.node);
          const number = place === null ? 0 : this.outcomesAt(place).add();
          const isQuiet = place !== null || predicate.node.kind === 'lineage';
          return new Condition(id, 'leaf', NO_OPERANDS, predicate.test, place, number, requirement, cost, isQuiet);
        });
      }
      case 'not':
        return this.join('not', [predicate.operand], predicate.test, dialect, space);
      case 'and':
      case 'or':
        return this.join(predicate.kind, operandsOf(predicate.kind, predicate), predicate.test, dialect, space);
    }
  }

  private join(
    kind: 'and' | 'or' | 'not',
    predicates: readonly Predicate[],
    test: PredicateTest,
    dialect: Dialect,
    space: string,
  ): Condition {
    const distinct = new Set(predicates.map((operand) => this.add(operand, dialect, space)));
    const operands = [...distinct].sort(
      (a, b) => Number(b.isQuiet) - Number(a.isQuiet) || a.cost - b.cost || a.id - b.id,
    );
    const key = `${kind} ${operands.map(({ id }) => id).join(' ')}`;
    return this.find(key, (id) => {
      const cost = operands.reduce((sum, operand) => sum + operand.cost, 1);
      return new Condition(id, kind, operands, test, null, 0, null, cost);
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

  /** Whether it is known already whether a condition holds for the event. */
  isDecided(condition: Condition): boolean {
    return condition.decidedAt === this.eventNumber;
  }

  /** Whether a condition holds for the event. */
  holds(condition: Condition): boolean {
    return condition.decidedAt === this.eventNumber ? condition.verdict : this.settle(condition);
  }

  /**
   * Whether all of some conditions hold. Whether one is asked that may count a problem depends only on those that count
   * none, not on how candidates are found: what is counted must not.
   */
  allHold(conditions: readonly Condition[]): boolean {
    let allQuiet = true;
    for (const condition of conditions) {
      if (condition.isQuiet) {
        if (!this.holds(condition)) return false;
      } else {
        if (!this.mayBe(condition, true)) return false;
        allQuiet = false;
      }
    }
    if (allQuiet) return true;
    for (const condition of conditions) if (!this.holds(condition)) return false;
    return true;
  }

  /** Whether a condition may have an outcome as far as that is decided by what counts nothing. */
  private mayBe(condition: Condition, outcome: boolean): boolean {
    if (condition.isQuiet) return this.holds(condition) === outcome;
    const { kind, operands } = condition;
    switch (kind) {
      case 'leaf':
      case 'constant':
        return true;
      case 'not':
        return operands.every((operand) => this.mayBe(operand, !outcome));
      case 'and':
      case 'or':
        return (kind === 'and') === outcome
          ? operands.every((operand) => this.mayBe(operand, outcome))
          : operands.some((operand) => this.mayBe(operand, outcome));
    }
  }

  /** Decides a condition that is not decided yet, and remembers the verdict. */
  private settle(condition: Condition): boolean {
    this.decisions += 1;
    const verdict = this.decide(condition);
    condition.decidedAt = this.eventNumber;
    condition.verdict = verdict;
    return verdict;
  }

  private outcomesAt(place: number): FieldOutcomes {
    const known = this.outcomes[place];
    if (known !== undefined) return known;
    const outcomes = new FieldOutcomes();
    this.outcomes[place] = outcomes;
    return outcomes;
  }

  private decideLeaf({ test, place, number }: Condition): boolean {
    const { view } = this;
    if (view === null) throw new Error('a condition was asked about before there was an event');
    if (place === null) return test(view);
    const outcomes = this.outcomesAt(place).at(this.eventNumber, view.get(place));
    if (outcomes === null) return test(view);
    const known = outcomes[number];
    if (known !== UNKNOWN) return known === HOLDS;
    const holds = test(view);
    outcomes[number] = holds ? HOLDS : FAILS;
    return holds;
  }

  private decide(condition: Condition): boolean {
    switch (condition.kind) {
      case 'leaf':
      case 'constant':
        return this.decideLeaf(condition);
      case 'and':
        return !this.hasOperand(condition, false);
      case 'or':
        return this.hasOperand(condition, true);
      case 'not':
        return !this.hasOperand(condition, true);
    }
  }

  /** Whether some operand has an outcome. Most were decided for another condition: these are asked without a call. */
  private hasOperand({ operands }: Condition, outcome: boolean): boolean {
    const { eventNumber } = this;
    for (const operand of operands) {
      const holds = operand.decidedAt === eventNumber ? operand.verdict : this.settle(operand);
      if (holds === outcome) return true;
    }
    return false;
  }
}

/** The operands of a condition and of those of its operands that are joined in the same way. */
function operandsOf(kind: 'and' | 'or', predicate: Predicate): readonly Predicate[] {
  return predicate.kind === kind ? predicate.operands.flatMap((operand) => operandsOf(kind, operand)) : [predicate];
}

/** Most outcomes of one field that are remembered, a byte for each leaf and value. */
const MAX_OUTCOMES = 2 ** 20;

const MAX_VALUES = 4_096;

const UNKNOWN = 0;
const HOLDS = 1;
const FAILS = 2;

/** The outcomes of all leaves on one field, by its value. */
class FieldOutcomes {
  private leaves = 0;
  private cache = new ValueCache<Uint8Array>(0);
  private eventNumber = 0;
  private current: Uint8Array | null = null;

  /** Makes room for a leaf; gives its number. */
  add(): number {
    this.leaves += 1;
    this.cache = new ValueCache(Math.min(MAX_VALUES, Math.ceil(MAX_OUTCOMES / this.leaves)));
    return this.leaves - 1;
  }

  /** The outcomes for the value of an event, by the leaves' numbers; null if they are not remembered. */
  at(eventNumber: number, value: FieldValue): Uint8Array | null {
    if (this.eventNumber === eventNumber) return this.current;
    this.eventNumber = eventNumber;
    this.current = typeof value === 'string' ? this.find(value) : null;
    return this.current;
  }

  private find(text: string): Uint8Array {
    const known = this.cache.get(text);
    if (known !== undefined) return known;
    const outcomes = new Uint8Array(this.leaves);
    this.cache.set(text, outcomes);
    return outcomes;
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

/** The place of the field whose values alone decide a leaf; null if there is none. */
function decidingPlace({ node, sources }: LeafPredicate, dialect: Dialect): number | null {
  const [source, ...others] = sources;
  // Python's truth of a field tells a list of one text from the text.
  if (source === undefined || others.length > 0 || dialect.threeValuedNot) return null;
  const calls = new Set<string>();
  visit(node, (inner) => {
    if (inner.kind === 'call') calls.add(inner.name.toLowerCase());
  });
  // So does `length` elsewhere than in Elasticsearch.
  return calls.has('length') && dialect.name !== 'elasticsearch' ? null : source.place;
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

/**
 * Whether deciding a leaf may meet a problem that is counted. Of several fields there may be too many combinations, and a
 * text too long for a regular expression.
 */
function mayReport(leaf: LeafPredicate): boolean {
  return !isPure(leaf) || leaf.sources.length > 1 || usesRegex(leaf);
}

function usesRegex({ node }: LeafPredicate): boolean {
  let found = false;
  visit(node, (inner) => {
    if (inner.kind === 'pattern' && inner.operator.startsWith('regex')) found = true;
    if (inner.kind === 'call' && inner.name.toLowerCase() === 'match') found = true;
  });
  return found;
}

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
