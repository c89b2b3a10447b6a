import { similarField, suggestName } from '@eqlkit/language';
import { EventView } from '../event/event-view.js';
import { FieldTable } from '../event/field-table.js';
import { isMultiValue, toFieldValue, type FieldValue } from '../event/field-value.js';
import { LazyEvent } from '../event/lazy-event.js';
import type { CompiledQuery } from '../plan/compile-query.js';
import type { Timestamp } from '../time/timestamp.js';
import type { JsonObject, JsonValue, Scalar } from '../values/value.js';
import { GateKeeper, type QueryGate } from './query-gate.js';
import { requirementOf, type Requirement } from './requirement.js';

/** A field that no event had. */
export interface MissingField {
  readonly kind: 'field';
  readonly field: string;
  /** A field of the events with nearly the same name. */
  readonly similar: string | null;
}

/** Something that no event had. */
export type EventLack =
  | MissingField
  | {
      readonly kind: 'category';
      readonly category: string;
      readonly field: string;
      /** A category of the events with nearly the same name. */
      readonly similar: string | null;
    };

/** A query that no event could have matched. */
export interface UnmatchableQuery {
  /** Position of the query in the list that the coverage was made with. */
  readonly query: number;
  /** The gate let no event through to it. */
  readonly shutOut: boolean;
  /** What kept it from matching; at least one unless it was shut out. */
  readonly lacks: readonly EventLack[];
}

/** What a coverage watches beside what the queries need. */
export interface EventCoverageOptions {
  /** The gate of the engine that the queries run in: a query that it shows no event cannot match. */
  readonly gate?: QueryGate | null;
  /** Names of further fields to look for, see `missingFields`. */
  readonly fields?: readonly string[];
  /** The same for fields that are shown, so that also an object is something to show. */
  readonly columns?: readonly string[];
  /** The times of events are given to the engine, so that a query does not need its timestamp field. */
  readonly timesGiven?: boolean;
}

/** So many events are searched for every field. */
const SEARCHED_EVENTS = 1_000;
/** Of so many events, and of some of those searched, the names of fields are collected, to suggest one for a mistyped name. */
const NAMED_EVENTS = 200;
const EVENTS_PER_NAMING = 8;
/** In each of the later ones so many fields are looked for, in turn, so that a large rule set costs next to nothing. */
const FIELDS_PER_EVENT = 8;
const MAX_NAMES = 5_000;
const MAX_CATEGORIES = 100;
/** After the first {@link SEARCHED_EVENTS} the gate is asked about one of so many events. */
const EVENTS_PER_GATE_QUESTION = 16;

/** What some of the events have brought to light, as plain data for the coverage of all events. */
export interface CoverageFindings {
  /** How many events these are. */
  readonly events: number;
  /** Whether some of them were not searched for everything. */
  readonly sampled: boolean;
  /** Queries that the gate has shown one of them. */
  readonly admitted: readonly number[];
  /** Places of fields that one of them had. */
  readonly fields: readonly number[];
  /** Categories that one of them had, with the place where. */
  readonly categories: readonly (readonly [place: number, category: string])[];
  /** Names of fields. */
  readonly names: readonly string[];
}

/**
 * Watches which of the fields and categories that queries need are in any event at all, so that a misspelt field does not
 * just give silence.
 *
 * What is looked for in an event depends on its place in the order only. So the events may be divided among several
 * coverages; what each has found, added to one of them in the order of the events, comes to the same.
 */
export class EventCoverage {
  private readonly requirements: readonly Requirement[];
  private readonly fields: FieldTable;
  /** Places of the fields that are looked for. */
  private readonly places: readonly number[];
  /** Places of the fields that no event had yet. */
  private readonly unseen: Set<number>;
  /** 1 at those of `places` that are unseen, by their position there: asked many times for each event. */
  private readonly waits: Uint8Array;
  /** Categories that no event had yet, by the place where they are looked for. */
  private readonly unseenCategories = new Map<number, Set<string>>();
  private readonly names = new Set<string>();
  private readonly categories = new Set<string>();
  private readonly watched: readonly { readonly field: string; readonly place: number; readonly isColumn: boolean }[];
  /** Places of columns at which an event had an object. */
  private readonly objects = new Set<number>();
  private readonly gate: GateKeeper | null;
  /** For events that no engine has loaded. */
  private readonly view: EventView;
  /** What was noted last at the places of categories: most events agree with the one before. */
  private readonly latestCategories = new Map<number, FieldValue>();
  /** Answers of the gate that were looked at: the same ones come again and again. */
  private readonly knownAnswers = new WeakSet<Uint8Array>();
  /** Queries that the gate has shown no event yet. */
  private readonly shutOut = new Set<number>();
  private events = 0;
  private sampled = false;
  private found = new FindingsCollector();

  /** The queries must share one field table. */
  constructor(queries: readonly CompiledQuery[], options: EventCoverageOptions = {}) {
    const { gate = null, fields = [], columns = [], timesGiven = false } = options;
    this.fields = queries[0]?.fields ?? new FieldTable();
    this.requirements = queries.map((query) => requirementOf(query, timesGiven));
    this.watched = [...fields, ...columns].map((field, index) => ({
      field,
      place: this.fields.place(field, field.split('.'), null),
      isColumn: index >= fields.length,
    }));
    this.gate = gate === null ? null : new GateKeeper(gate, this.fields);
    this.view = new EventView(this.fields);
    if (gate !== null) queries.forEach((_, query) => this.shutOut.add(query));
    const places = new Set(this.watched.map(({ place }) => place));
    for (const requirement of this.requirements) this.collect(requirement, places);
    this.places = [...places].filter((place) => this.fields.columns[place]?.nullValue === undefined);
    this.unseen = new Set(this.places);
    this.waits = new Uint8Array(this.places.length).fill(1);
  }

  private collect(requirement: Requirement, places: Set<number>): void {
    if ('of' in requirement) {
      for (const one of requirement.of) this.collect(one, places);
      return;
    }
    places.add(requirement.place);
    if (requirement.kind !== 'category') return;
    const categories = this.unseenCategories.get(requirement.place) ?? new Set();
    this.unseenCategories.set(requirement.place, categories.add(requirement.category));
  }

  /** Whether every event was searched for every field; otherwise a field that only few events have may be overlooked. */
  get exact(): boolean {
    const allSeen = this.unseen.size === 0 || this.places.length <= FIELDS_PER_EVENT;
    return !this.sampled || (allSeen && this.shutOut.size === 0);
  }

  /** Takes note of an event. `ordinal` is its place in the order of all events, or of their lines, from 0. */
  observe(event: JsonObject | LazyEvent, ordinal = this.events): void {
    this.view.load(event, NO_TIME, this.events);
    this.observeView(this.view, ordinal);
  }

  /** Like `observe`, of the event that a view of the same field table is at, whose fields then need not be looked up twice. */
  observeView(view: EventView, ordinal = this.events): void {
    this.events += 1;
    this.found.events += 1;
    const inFull = ordinal < SEARCHED_EVENTS;
    if (ordinal < NAMED_EVENTS || (inFull && ordinal % EVENTS_PER_NAMING === 0)) {
      // The view keeps reading single fields: others do not need the whole event.
      const { content } = view;
      this.collectNames(content instanceof LazyEvent ? content.decode() : content, '');
    }
    if (!inFull) {
      this.sampled = true;
      this.found.sampled = true;
    }
    this.observeCategories(view);
    if (inFull || ordinal % EVENTS_PER_GATE_QUESTION === 0) this.askGate(view);
    const { places, unseen, waits } = this;
    if (unseen.size === 0) return;
    if (inFull || places.length <= FIELDS_PER_EVENT) {
      for (const place of unseen) this.look(place, view);
      return;
    }
    let index = (ordinal * FIELDS_PER_EVENT) % places.length;
    for (let count = 0; count < FIELDS_PER_EVENT; count += 1) {
      if (waits[index] === 1) {
        const place = places[index];
        if (place === undefined || !unseen.has(place) || this.look(place, view)) waits[index] = 0;
      }
      index = index + 1 < places.length ? index + 1 : 0;
    }
  }

  private askGate(view: EventView): void {
    if (this.gate === null || this.shutOut.size === 0) return;
    const admitted = this.gate.admitted(view);
    if (this.knownAnswers.has(admitted)) return;
    this.knownAnswers.add(admitted);
    for (const query of this.shutOut) if (admitted[query] !== 0) this.noteAdmitted(query);
  }

  private noteAdmitted(query: number): void {
    if (this.shutOut.delete(query)) this.found.admitted.push(query);
  }

  /** What was found since it was last taken. */
  takeFindings(): CoverageFindings {
    const { found } = this;
    this.found = new FindingsCollector();
    return found;
  }

  /** Takes over what another coverage of the same queries has found. */
  addFindings({ events, sampled, admitted, fields, categories, names }: CoverageFindings): void {
    this.events += events;
    this.sampled ||= sampled;
    for (const query of admitted) this.noteAdmitted(query);
    for (const place of fields) this.unseen.delete(place);
    for (const [place, category] of categories) {
      const unseen = this.unseenCategories.get(place);
      if (unseen !== undefined) this.noteCategory(place, category, unseen);
    }
    for (const name of names) this.noteName(name);
  }

  /** Looks for a field that is unseen; whether the event has it. */
  private look(place: number, view: EventView): boolean {
    if (!view.has(place)) return false;
    if (this.valueAt(place, view) === null) {
      const raw = view.getRaw(place);
      if (typeof raw === 'object' && raw !== null && !Array.isArray(raw)) this.objects.add(place);
      return false;
    }
    this.unseen.delete(place);
    this.found.fields.push(place);
    return true;
  }

  /** What a field holds, be it not of the type that it should have. */
  private valueAt(place: number, view: EventView): FieldValue {
    return this.fields.columns[place]?.convert === null ? view.get(place) : toFieldValue(view.getRaw(place));
  }

  private observeCategories(view: EventView): void {
    for (const [place, unseen] of this.unseenCategories) {
      const value = this.valueAt(place, view);
      if (value === this.latestCategories.get(place)) continue;
      this.latestCategories.set(place, value);
      if (!isMultiValue(value)) this.noteCategory(place, value, unseen);
      else for (const one of value) this.noteCategory(place, one, unseen);
    }
  }

  private noteCategory(place: number, category: Scalar | null, unseen: Set<string>): void {
    if (typeof category !== 'string' || (this.categories.has(category) && !unseen.has(category))) return;
    const wasUnseen = unseen.delete(category);
    const isNew = this.categories.size < MAX_CATEGORIES && !this.categories.has(category);
    if (isNew) this.categories.add(category);
    if (wasUnseen || isNew) this.found.categories.push([place, category]);
    if (unseen.size === 0) this.unseenCategories.delete(place);
  }

  private noteName(name: string): void {
    if (this.names.size >= MAX_NAMES || this.names.has(name)) return;
    this.names.add(name);
    this.found.names.push(name);
  }

  /** Notes the dotted names of the fields in an object. */
  private collectNames(value: JsonValue, name: string): void {
    if (this.names.size >= MAX_NAMES || value === null) return;
    if (typeof value !== 'object') {
      this.noteName(name);
      return;
    }
    if (Array.isArray(value)) {
      for (const element of value as readonly JsonValue[]) this.collectNames(element, name);
      return;
    }
    for (const [key, child] of Object.entries(value)) this.collectNames(child, name === '' ? key : `${name}.${key}`);
  }

  /** The queries that could not have matched any of the events; none if there were no events. */
  unmatchable(): readonly UnmatchableQuery[] {
    if (this.events === 0) return [];
    const { unseen } = this;
    return this.requirements.flatMap((requirement, query) => {
      const lacks = new Map(this.lacksOf(requirement, unseen).map((lack) => [JSON.stringify(lack), lack]));
      const shutOut = this.shutOut.has(query);
      return lacks.size === 0 && !shutOut ? [] : [{ query, shutOut, lacks: [...lacks.values()] }];
    });
  }

  /** Those of the further `fields` that no event had; none if there were no events. */
  missingFields(): readonly MissingField[] {
    if (this.events === 0) return [];
    return this.watched
      .filter(({ place, isColumn }) => this.unseen.has(place) && !(isColumn && this.objects.has(place)))
      .map(({ field }) => this.missingField(field));
  }

  /**
   * Fields that no event had and that only one branch of an `or` of a query needs, so that this branch could not have held
   * while the query could have matched; by the query's position.
   */
  idleFields(query: number): readonly MissingField[] {
    const requirement = this.requirements[query];
    if (this.events === 0 || requirement === undefined) return [];
    const lacks = new Map(this.lacksOfBranches(requirement).map((lack) => [lack.field, lack]));
    return [...lacks.values()];
  }

  private lacksOfBranches(requirement: Requirement): readonly MissingField[] {
    if (!('of' in requirement)) return [];
    const below = requirement.of.flatMap((one) => this.lacksOfBranches(one));
    if (requirement.kind === 'all') return below;
    const lacks = requirement.of.map((one) => this.lacksOf(one, this.unseen));
    if (lacks.every((one) => one.length > 0)) return below;
    return [...lacks.flat().filter((lack) => lack.kind === 'field'), ...below];
  }

  private lacksOf(requirement: Requirement, unseen: ReadonlySet<number>): readonly EventLack[] {
    switch (requirement.kind) {
      case 'field':
        return unseen.has(requirement.place) ? [this.missingField(requirement.field)] : [];
      case 'category': {
        const { category, field, place } = requirement;
        if (unseen.has(place)) return [this.missingField(field)];
        if (this.unseenCategories.get(place)?.has(category) !== true) return [];
        return [{ kind: 'category', category, field, similar: suggestName(category, this.categories) ?? null }];
      }
      case 'all':
        return requirement.of.flatMap((one) => this.lacksOf(one, unseen));
      case 'any': {
        const lacks = requirement.of.map((one) => this.lacksOf(one, unseen));
        return lacks.some((one) => one.length === 0) ? [] : lacks.flat();
      }
    }
  }

  private missingField(field: string): MissingField {
    return { kind: 'field', field, similar: similarField(field, this.names) };
  }
}

/** A gate does not ask when an event happened. */
const NO_TIME: Timestamp = { ms: 0, ns: 0 };

/** Findings while they are gathered. */
class FindingsCollector implements CoverageFindings {
  events = 0;
  sampled = false;
  readonly admitted: number[] = [];
  readonly fields: number[] = [];
  readonly categories: [place: number, category: string][] = [];
  readonly names: string[] = [];
}
