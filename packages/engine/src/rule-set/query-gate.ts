import type { EventView } from '../event/event-view.js';
import type { FieldTable } from '../event/field-table.js';
import { isMultiValue } from '../event/field-value.js';
import { TreePrefilter } from './tree-prefilter.js';

/** Decides from a few fields of an event which queries see it at all. */
export interface QueryGate {
  /** Names of the fields that decide. */
  readonly fields: readonly string[];
  /**
   * Whether each query, in the order of the engine's, sees the events that hold these values. Asked once for each
   * distinct combination, so it must not depend on anything else.
   *
   * @param values - The text of each field, its first one if it has several; `null` if it has none.
   */
  readonly admits: (values: readonly (string | null)[]) => readonly boolean[];
}

/** Most combinations of values whose answer is kept: events are untrusted and may bring ever new ones. */
const MAX_KEPT_ANSWERS = 1_000;

/** Longest text that is told apart; a longer one counts as absent. */
const MAX_TEXT_LENGTH = 1_000;

/** The answers for events that hold the same values in the first fields, by the value of the next one. */
interface KnownAnswers {
  /** How many fields these are. */
  readonly depth: number;
  readonly next: Map<string | null, KnownAnswers>;
  /** Where the last field is known. */
  answer: Uint8Array | null;
}

/** Asks a gate about events, and remembers its answers. */
export class GateKeeper {
  private readonly places: readonly number[];
  private answers: KnownAnswers = createAnswers(0);
  /** What the prefilter of the latest event knows of them. */
  private known: TreePrefilter<KnownAnswers> | null = null;
  private keptAnswers = 0;
  private lastView: EventView | null = null;
  private lastEvent = 0;
  private lastAnswer: Uint8Array = new Uint8Array();

  constructor(
    private readonly gate: QueryGate,
    private readonly fields: FieldTable,
  ) {
    this.places = gate.fields.map((name) => fields.place(name, name.split('.'), null));
  }

  /** 1 at the number of each query that sees the view's event, 0 at the others. */
  admitted(view: EventView): Uint8Array {
    if (view === this.lastView && view.eventNumber === this.lastEvent) return this.lastAnswer;
    this.lastView = view;
    this.lastEvent = view.eventNumber;
    this.lastAnswer = this.ask(view);
    return this.lastAnswer;
  }

  private ask(view: EventView): Uint8Array {
    if (this.keptAnswers >= MAX_KEPT_ANSWERS) {
      this.answers = createAnswers(0);
      this.known = null;
      this.keptAnswers = 0;
    }
    const known = this.knownTo(view);
    let node = known === null ? this.answers : known.follow(this.answers);
    while (node.depth < this.places.length) {
      const next = this.nextOf(node, view);
      known?.link(node, next);
      node = next;
    }
    if (node.answer === null) {
      node.answer = Uint8Array.from(this.gate.admits(this.places.map((place) => textOf(view, place))), Number);
      this.keptAnswers += 1;
    }
    return node.answer;
  }

  private nextOf(node: KnownAnswers, view: EventView): KnownAnswers {
    const text = textOf(view, this.places[node.depth] ?? 0);
    let next = node.next.get(text);
    if (next === undefined) {
      next = createAnswers(node.depth + 1);
      node.next.set(text, next);
    }
    return next;
  }

  private knownTo({ prefilter }: EventView): TreePrefilter<KnownAnswers> | null {
    if (prefilter === null) return null;
    if (this.known?.prefilter !== prefilter) {
      this.known = new TreePrefilter(prefilter, ({ depth }) => {
        const place = this.places[depth];
        return { path: place === undefined ? null : this.fields.pathOf(place), probe: null };
      });
    }
    return this.known;
  }
}

function createAnswers(depth: number): KnownAnswers {
  return { depth, next: new Map(), answer: null };
}

function textOf(view: EventView, place: number): string | null {
  const value = view.get(place);
  const text = isMultiValue(value) ? value.find((one) => typeof one === 'string') : value;
  return typeof text !== 'string' || text.length > MAX_TEXT_LENGTH ? null : text;
}
