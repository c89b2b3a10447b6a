import type { EventView } from '../event/event-view.js';
import { isMultiValue } from '../event/field-value.js';
import type { CandidateSink } from './candidate-sink.js';
import { ClauseField, WORD_BITS } from './clause-field.js';
import { clausalFormOf, isImpossible, type ClausalForm, type Clause, type Literal } from './clause.js';
import type { ConditionGraph } from './condition-graph.js';
import type { Candidate } from './indexed-stage.js';
import type { PartialOutcome } from './partial-outcome.js';

/** Bits that follow each other, as masks of words from the first one on. */
interface BitRange {
  readonly firstWord: number;
  readonly masks: readonly number[];
}

/** Clauses that must hold together: those of a stage, or of an alternative of one of its choices. */
interface ClauseGroup {
  /** The clauses, and those of the alternatives within. */
  bits: BitRange;
  /** The number of the choice that it is an alternative of; null for a stage. */
  readonly choice: number | null;
  /** The number of the stage. */
  readonly stage: number;
}

/** A stage as a table holds it. */
interface TableStage {
  /** What is left to ask if its clauses hold, those that a survey leaves open among them. */
  readonly candidate: Candidate;
  readonly bits: BitRange;
  /** The same without those. */
  readonly surveyed: Candidate;
  readonly surveyedBits: BitRange;
}

/**
 * Decides many stages together that no index excludes. Their conditions are written as clauses, each a bit; a field's value
 * is looked up once, for all the clauses that it satisfies.
 */
export class ClauseTable {
  private readonly stages: TableStage[] = [];
  private readonly fields: readonly ClauseField[];
  private readonly clauses: Clause[] = [];
  /** By bit, the group that the clause is of. */
  private readonly groupOf: ClauseGroup[] = [];
  /** For each choice how many alternatives it has, and the group that it is in. */
  private readonly choices: { readonly alternatives: number; readonly group: ClauseGroup }[] = [];
  /** Clauses of stages that may hold which nothing satisfies so far. */
  private readonly unsatisfied: Int32Array;
  /** All clauses, and those that are not left open by a survey. */
  private readonly allBits: Int32Array;
  private readonly surveyedBits: Int32Array;
  private readonly alive: Uint8Array;
  /** For each choice, how many alternatives are left. */
  private readonly alternativesLeft: Uint16Array;
  private readonly allAlternatives: Uint16Array;

  /**
   * What is known must be so for every event that the table is asked about, of which the view's is one; it shows which
   * fields hold lists.
   */
  constructor(
    candidates: readonly Candidate[],
    outcome: PartialOutcome,
    private readonly graph: ConditionGraph,
    view: EventView,
  ) {
    for (const candidate of candidates) this.add(candidate, outcome);
    const words = Math.ceil(this.clauses.length / WORD_BITS);
    this.unsatisfied = new Int32Array(words);
    this.allBits = new Int32Array(words);
    this.surveyedBits = new Int32Array(words);
    for (const { bits, surveyedBits } of this.stages) {
      setBits(this.allBits, bits);
      setBits(this.surveyedBits, surveyedBits);
    }
    this.alive = new Uint8Array(this.stages.length);
    this.allAlternatives = Uint16Array.from(this.choices, ({ alternatives }) => alternatives);
    this.alternativesLeft = new Uint16Array(this.choices.length);
    this.fields = layOutFields(this.clauses, view);
  }

  private add({ stage, open, late }: Candidate, outcome: PartialOutcome): void {
    const decided = clausalFormOf(open, outcome);
    if (isImpossible(decided.form)) return;
    // Conditions that may count a problem are asked before those that a survey leaves open.
    const last = clausalFormOf(late, outcome);
    // No field rules out an empty clause: conditions that are known to fail are asked.
    const isOpen = !decided.left.every(({ isQuiet }) => isQuiet) || isImpossible(last.form);
    const number = this.stages.length;
    const group: ClauseGroup = { bits: NO_BITS, choice: null, stage: number };
    const first = this.clauses.length;
    this.append(decided.form, group);
    const surveyedBits = bitRange(first, this.clauses.length);
    if (!isOpen) this.append(last.form, group);
    group.bits = bitRange(first, this.clauses.length);
    const surveyed = { stage, open: decided.left, late };
    const candidate = isOpen ? surveyed : { ...surveyed, late: last.left };
    this.stages.push({ candidate, bits: group.bits, surveyed, surveyedBits });
  }

  private append({ clauses, choices }: ClausalForm, group: ClauseGroup): void {
    for (const clause of clauses) {
      this.clauses.push(clause);
      this.groupOf.push(group);
    }
    for (const alternatives of choices) {
      const choice = this.choices.length;
      this.choices.push({ alternatives: alternatives.length, group });
      for (const alternative of alternatives) {
        const inner: ClauseGroup = { bits: NO_BITS, choice, stage: group.stage };
        const first = this.clauses.length;
        this.append(alternative, inner);
        inner.bits = bitRange(first, this.clauses.length);
      }
    }
  }

  /** Hands the stages whose clauses hold for the event to the sink. False if the event is out of the ordinary. */
  find(view: EventView, sink: CandidateSink): boolean {
    const { stages, alive } = this;
    this.begin(sink);
    for (const field of this.fields) {
      if (!this.concerns(field)) continue;
      const slot = field.slotFor(view);
      if (slot === null) return false;
      this.apply(field, slot, view);
    }
    for (let number = 0; number < stages.length; number += 1) {
      const stage = stages[number];
      if (alive[number] === 1 && stage !== undefined) sink.attempt(sink.asksLate ? stage.candidate : stage.surveyed);
    }
    return true;
  }

  private begin(sink: CandidateSink): void {
    const { stages, alive, unsatisfied } = this;
    unsatisfied.set(sink.asksLate ? this.allBits : this.surveyedBits);
    this.alternativesLeft.set(this.allAlternatives);
    alive.fill(1);
    for (let number = 0; number < stages.length; number += 1) {
      const stage = stages[number];
      if (stage === undefined || sink.wants(stage.candidate.stage)) continue;
      alive[number] = 0;
      this.clear(stage.bits);
    }
  }

  private concerns({ words, masks }: ClauseField): boolean {
    const { unsatisfied } = this;
    for (let at = 0; at < words.length; at += 1) {
      if (((unsatisfied[words[at] ?? 0] ?? 0) & (masks[at] ?? 0)) !== 0) return true;
    }
    return false;
  }

  private apply(field: ClauseField, slot: number, view: EventView): void {
    const { unsatisfied } = this;
    const { words, masks, last, outcomes } = field;
    const count = words.length;
    const decided = slot * count * 2;
    const satisfied = decided + count;
    for (let at = 0; at < count; at += 1) {
      const word = words[at] ?? 0;
      const asked = (unsatisfied[word] ?? 0) & (masks[at] ?? 0);
      if (asked === 0) continue;
      const undecided = asked & ~(outcomes[decided + at] ?? 0);
      if (undecided !== 0) {
        outcomes[satisfied + at] = (outcomes[satisfied + at] ?? 0) | this.decide(field, at, undecided, view);
        outcomes[decided + at] = (outcomes[decided + at] ?? 0) | undecided;
      }
      const left = (unsatisfied[word] ?? 0) & ~(outcomes[satisfied + at] ?? 0);
      unsatisfied[word] = left;
      const failed = left & (last[at] ?? 0);
      if (failed !== 0) this.ruleOut(word, failed);
    }
  }

  private decide({ place, literals, lasting }: ClauseField, at: number, undecided: number, view: EventView): number {
    const ofWord = literals[at] ?? [];
    let satisfied = 0;
    for (let left = undecided; left !== 0; left &= left - 1) {
      const bit = lowestBit(left);
      const some = ofWord[bit] ?? [];
      const asked = view.sourcesAsked;
      // Otherwise it does not show what it asks.
      const isOpen = place === null && !some.some(({ condition }) => this.graph.isDecided(condition));
      if (this.someHolds(some)) satisfied |= 1 << bit;
      if (isOpen && view.sourcesAsked === asked) lasting[at] = (lasting[at] ?? 0) | (1 << bit);
    }
    return satisfied;
  }

  private someHolds(literals: readonly Literal[]): boolean {
    for (const { condition, holds } of literals) if (this.graph.holds(condition) === holds) return true;
    return false;
  }

  /** Rules out what clauses belong to that nothing can satisfy any more. */
  private ruleOut(word: number, failed: number): void {
    for (let left = failed; left !== 0; left = (this.unsatisfied[word] ?? 0) & failed) {
      const group = this.groupOf[word * WORD_BITS + lowestBit(left)];
      if (group === undefined) return;
      this.ruleOutGroup(group);
    }
  }

  private ruleOutGroup({ bits, choice, stage }: ClauseGroup): void {
    const { alternativesLeft } = this;
    this.clear(bits);
    if (choice === null) {
      this.alive[stage] = 0;
      return;
    }
    const left = (alternativesLeft[choice] ?? 0) - 1;
    alternativesLeft[choice] = left;
    const outer = this.choices[choice]?.group;
    if (left === 0 && outer !== undefined) this.ruleOutGroup(outer);
  }

  private clear({ firstWord, masks }: BitRange): void {
    const { unsatisfied } = this;
    for (let at = 0; at < masks.length; at += 1) {
      unsatisfied[firstWord + at] = (unsatisfied[firstWord + at] ?? 0) & ~(masks[at] ?? 0);
    }
  }
}

const NO_BITS: BitRange = { firstWord: 0, masks: [] };

function bitRange(start: number, end: number): BitRange {
  const firstWord = Math.floor(start / WORD_BITS);
  const masks: number[] = [];
  for (let bit = start; bit < end; bit += 1) {
    const at = Math.floor(bit / WORD_BITS) - firstWord;
    masks[at] = (masks[at] ?? 0) | (1 << (bit % WORD_BITS));
  }
  return { firstWord, masks };
}

function setBits(words: Int32Array, { firstWord, masks }: BitRange): void {
  masks.forEach((mask, at) => {
    words[firstWord + at] = (words[firstWord + at] ?? 0) | mask;
  });
}

function lowestBit(word: number): number {
  return WORD_BITS - 1 - Math.clz32(word & -word);
}

/**
 * The fields of clauses in the order in which they are looked at: those first that decide much. Lists are dear, as what is
 * known of a text is not known of them, and what no field decides alone is asked last.
 */
function layOutFields(clauses: readonly Clause[], view: EventView): readonly ClauseField[] {
  const uses = new Map<number | null, number>();
  for (const clause of clauses) for (const { place } of clause) uses.set(place, (uses.get(place) ?? 0) + 1);
  const turnOf = (place: number | null): number => (place === null ? 2 : isMultiValue(view.get(place)) ? 1 : 0);
  const order = [...uses]
    .sort(([a, some], [b, others]) => turnOf(a) - turnOf(b) || others - some)
    .map(([place]) => place);
  const turns = new Map(order.map((place, turn) => [place, turn]));
  const fields = order.map((place) => new ClauseField(place));
  clauses.forEach((clause, bit) => {
    const byTurn = new Map<number, Literal[]>();
    for (const literal of clause) {
      const turn = turns.get(literal.place) ?? 0;
      const literals = byTurn.get(turn) ?? [];
      byTurn.set(turn, literals);
      literals.push(literal);
    }
    const last = Math.max(...byTurn.keys());
    for (const [turn, literals] of byTurn) fields[turn]?.add(bit, literals, turn === last);
  });
  return fields;
}
