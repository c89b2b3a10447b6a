import type { EventView } from '../event/event-view.js';
import { isMultiValue, type FieldValue } from '../event/field-value.js';
import type { Scalar } from '../values/value.js';
import type { Literal } from './clause.js';
import { ValueCache } from './value-cache.js';

/** Most values of one field whose outcomes are remembered. */
const MAX_VALUES = 512;

/** Most characters of a text, and values of a field, for which a table decides. */
const MAX_TEXT_LENGTH = 512;
const MAX_LIST_LENGTH = 256;

/** Bits of a word. */
export const WORD_BITS = 32;

const FIRST_SLOTS = 8;

/** Has no value of its own: what is not remembered. */
const SCRATCH_SLOT = 0;

/** One field of a table of clauses, and what is known of its literals by value. */
export class ClauseField {
  /** The words of clauses in which the field has literals, one after the other. */
  words = new Int32Array(0);
  /** In each of these words, the clauses with literals on the field. */
  masks = new Int32Array(0);
  /** Those of them that have no literals on fields that are looked at later. */
  last = new Int32Array(0);
  /** By word of the field and bit. */
  readonly literals: (readonly Literal[])[][] = [];
  /** What is known of the literals, in slots: for each word the bits that are decided, then for each those that hold. */
  outcomes = new Int32Array(0);
  /** Without a place: the literals that are decided until a process tree gets its first source, by word. */
  lasting = new Int32Array(0);
  private lineageChanges = 0;
  private slots = SCRATCH_SLOT + 1;
  private readonly slotOf = new ValueCache<number, Scalar | readonly Scalar[]>(MAX_VALUES);
  private nullSlot = 0;

  /** `place` is null for the literals that no field decides alone. */
  constructor(readonly place: number | null) {}

  /** Adds the literals of a clause on this field. Clauses are added in order. */
  add(bit: number, literals: readonly Literal[], isLast: boolean): void {
    const word = Math.floor(bit / WORD_BITS);
    if (this.words.at(-1) !== word) {
      this.words = Int32Array.of(...this.words, word);
      this.masks = Int32Array.of(...this.masks, 0);
      this.last = Int32Array.of(...this.last, 0);
      this.lasting = new Int32Array(this.words.length);
      this.literals.push(Array.from({ length: WORD_BITS }, () => []));
      this.outcomes = new Int32Array(this.words.length * 2 * FIRST_SLOTS);
    }
    const at = this.words.length - 1;
    const mask = 1 << (bit % WORD_BITS);
    this.masks[at] = (this.masks[at] ?? 0) | mask;
    if (isLast) this.last[at] = (this.last[at] ?? 0) | mask;
    const ofWord = this.literals[at];
    if (ofWord !== undefined) ofWord[bit % WORD_BITS] = literals;
  }

  /** The slot of what is known for the event; null if its value is too long to be dealt with here. */
  slotFor(view: EventView): number | null {
    return this.place === null ? this.lastingSlot(view) : this.slotForValue(view.get(this.place));
  }

  private lastingSlot({ lineageChanges }: EventView): number {
    const { outcomes, lasting } = this;
    if (lineageChanges !== this.lineageChanges) lasting.fill(0);
    this.lineageChanges = lineageChanges;
    const count = lasting.length;
    for (let at = 0; at < count; at += 1) {
      outcomes[at] = (outcomes[at] ?? 0) & (lasting[at] ?? 0);
      outcomes[count + at] = (outcomes[count + at] ?? 0) & (lasting[at] ?? 0);
    }
    return SCRATCH_SLOT;
  }

  private slotForValue(value: FieldValue): number | null {
    if (value === null) return (this.nullSlot ||= this.takeSlot());
    if (typeof value === 'string' ? value.length > MAX_TEXT_LENGTH : isMultiValue(value) && isLong(value)) return null;
    const known = this.slotOf.get(value);
    if (known !== undefined) return known;
    if (this.slotOf.standsAside) return this.clearedScratch();
    const slot = this.takeSlot();
    this.slotOf.set(value, slot);
    return slot;
  }

  private clearedScratch(): number {
    this.outcomes.fill(0, 0, this.words.length * 2);
    return SCRATCH_SLOT;
  }

  private takeSlot(): number {
    if (this.slots > MAX_VALUES) {
      this.slotOf.clear();
      this.nullSlot = 0;
      this.slots = SCRATCH_SLOT + 1;
      this.outcomes.fill(0);
    }
    const slot = this.slots;
    this.slots += 1;
    const end = this.slots * this.words.length * 2;
    if (end > this.outcomes.length) {
      const more = new Int32Array(Math.max(end, this.outcomes.length * 2));
      more.set(this.outcomes);
      this.outcomes = more;
    }
    return slot;
  }
}

function isLong(values: readonly Scalar[]): boolean {
  if (values.length > MAX_LIST_LENGTH) return true;
  for (const value of values) if (typeof value === 'string' && value.length > MAX_TEXT_LENGTH) return true;
  return false;
}
