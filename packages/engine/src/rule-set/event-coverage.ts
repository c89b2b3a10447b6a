import { similarField, suggestName } from '@eqlkit/language';
import { FieldTable } from '../event/field-table.js';
import { listValues, toFieldValue } from '../event/field-value.js';
import { LazyEvent } from '../event/lazy-event.js';
import type { CompiledQuery } from '../plan/compile-query.js';
import type { JsonObject, JsonValue } from '../values/value.js';
import { requirementOf, type Requirement } from './requirement.js';

/** Something that no event had. */
export type EventLack =
  | {
      readonly kind: 'field';
      readonly field: string;
      /** A field of the events with nearly the same name. */
      readonly similar: string | null;
    }
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
  /** What kept it from matching, at least one. */
  readonly lacks: readonly EventLack[];
}

/** So many events are searched for every field. */
const SEARCHED_EVENTS = 1_000;
/** In each of the later ones so many fields are looked for, in turn, so that a large rule set costs next to nothing. */
const FIELDS_PER_EVENT = 4;
/** The names of the fields in so many events are collected, to suggest one for a mistyped name. */
const NAMED_EVENTS = 50;
const MAX_NAMES = 5_000;
const MAX_CATEGORIES = 100;

/**
 * Watches which of the fields and categories that queries need are in any event at all, so that a misspelt field does not
 * just give silence.
 */
export class EventCoverage {
  private readonly requirements: readonly Requirement[];
  private readonly fields: FieldTable;
  /** Places of the fields that no event had yet. */
  private readonly unseen: number[];
  /** Categories that no event had yet, by the place where they are looked for. */
  private readonly unseenCategories = new Map<number, Set<string>>();
  private readonly names = new Set<string>();
  private readonly categories = new Set<string>();
  private events = 0;
  private next = 0;
  private sampled = false;

  /** The queries must share one field table. */
  constructor(queries: readonly CompiledQuery[]) {
    this.fields = queries[0]?.fields ?? new FieldTable();
    this.requirements = queries.map(requirementOf);
    const places = new Set<number>();
    for (const requirement of this.requirements) this.collect(requirement, places);
    this.unseen = [...places].filter((place) => this.fields.columns[place]?.nullValue === undefined);
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
    return !this.sampled;
  }

  /** Takes note of an event. */
  observe(event: JsonObject | LazyEvent): void {
    this.events += 1;
    if (this.events <= NAMED_EVENTS) collectNames(event instanceof LazyEvent ? event.decode() : event, '', this.names);
    this.observeCategories(event);
    const { unseen } = this;
    if (this.events <= SEARCHED_EVENTS || unseen.length <= FIELDS_PER_EVENT) {
      for (let index = unseen.length - 1; index >= 0; index -= 1) this.look(index, event);
      return;
    }
    this.sampled = true;
    for (let count = 0; count < FIELDS_PER_EVENT && unseen.length > 0; count += 1) {
      this.next = (this.next + 1) % unseen.length;
      this.look(this.next, event);
    }
  }

  private look(index: number, event: JsonObject | LazyEvent): void {
    const place = this.unseen[index];
    if (place === undefined || toFieldValue(this.fields.readRaw(place, event)) === null) return;
    // The order does not matter, so that the last one can take its place.
    const last = this.unseen.pop();
    if (last !== undefined && last !== place) this.unseen[index] = last;
  }

  private observeCategories(event: JsonObject | LazyEvent): void {
    for (const [place, categories] of this.unseenCategories) {
      for (const value of listValues(toFieldValue(this.fields.readRaw(place, event)))) {
        if (typeof value !== 'string') continue;
        categories.delete(value);
        if (this.categories.size < MAX_CATEGORIES) this.categories.add(value);
      }
      if (categories.size === 0) this.unseenCategories.delete(place);
    }
  }

  /** The queries that could not have matched any of the events; none if there were no events. */
  unmatchable(): readonly UnmatchableQuery[] {
    if (this.events === 0) return [];
    const unseen = new Set(this.unseen);
    return this.requirements.flatMap((requirement, query) => {
      const lacks = new Map(this.lacksOf(requirement, unseen).map((lack) => [JSON.stringify(lack), lack]));
      return lacks.size === 0 ? [] : [{ query, lacks: [...lacks.values()] }];
    });
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

  private missingField(field: string): EventLack {
    return { kind: 'field', field, similar: similarField(field, this.names) };
  }
}

/** Adds the dotted names of the fields in an object. */
function collectNames(value: JsonValue, name: string, names: Set<string>): void {
  if (names.size >= MAX_NAMES || value === null) return;
  if (typeof value !== 'object') {
    names.add(name);
    return;
  }
  if (Array.isArray(value)) {
    for (const element of value as readonly JsonValue[]) collectNames(element, name, names);
    return;
  }
  for (const [key, child] of Object.entries(value)) collectNames(child, name === '' ? key : `${name}.${key}`, names);
}
