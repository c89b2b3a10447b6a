import { LazyEvent, readField, SchemaLearner, type CompiledQuery, type JsonValue, type Match } from '@eqlkit/engine';
import { schemaFromDocument, type DialectName, type Schema, type SchemaDocument } from '@eqlkit/language';
import type { Alert, ExceptionList } from '@eqlkit/rules';
import type { LoadedRule } from '@eqlkit/rules/node';
import { EventStore } from '@eqlkit/stream';
import { ECS_FIELDS, type EventFields } from '../event-fields.js';
import type { InputOptions } from '../event-input.js';
import { findFieldValues, type FieldValues } from './field-values.js';
import type { PagedText } from './paged-text.js';
import { visitEvents } from './visit-events.js';

/** Most results of one query that are kept for `.show` and `.export`. */
export const MAX_KEPT_RESULTS = 10_000;

/** Events that the schema is learned from; of more, every so many-th. */
const LEARNED_EVENTS = 20_000;

/** The last query, for `.explain`, `.save` and `.follow`. */
export interface LastQuery {
  readonly text: string;
  readonly dialect: DialectName;
}

/** What was found last, by a query or a rule, for `.show` and `.export`: the first so many of `found`. */
export type LastResults = { readonly found: number } & (
  | {
      readonly kind: 'matches';
      readonly query: CompiledQuery;
      readonly matches: readonly Match[];
      /** Whether the query was cancelled. */
      readonly isPartial: boolean;
    }
  | { readonly kind: 'alerts'; readonly alerts: readonly Alert[] }
);

/** Which events rules see. */
interface RuleScope {
  readonly index?: string;
  readonly ignoreIndex: boolean;
}

/** What a REPL remembers: events, rules, settings and the last query. */
export class ReplSession {
  readonly store = new EventStore();
  rules: readonly LoadedRule[] = [];
  /** The rule that `.rule` has put into the line. */
  edited: LoadedRule | null = null;
  /** Exceptions that came with the rules. */
  exceptionLists: readonly ExceptionList[] = [];
  ruleScope: RuleScope = { ignoreIndex: false };
  /** How events are read that are loaded. */
  input: InputOptions = {};
  fields: EventFields = ECS_FIELDS;
  dialect: DialectName = 'elasticsearch';
  /** Fields that tables show; null for those that suit the query. */
  columns: readonly string[] | null = null;
  showsTime = true;
  last: LastQuery | null = null;
  results: LastResults | null = null;
  /** Text that did not fit the screen, for `.more`. */
  rest: PagedText | null = null;
  private learned: SchemaDocument | null = null;
  private learnedFrom = -1;
  /** The values of the field that was completed last. */
  private completed: { readonly field: string; readonly events: number; readonly found: FieldValues } | null = null;

  /** Which fields the events have, learned from all of them or, of many, from a share. */
  learn(): SchemaDocument {
    if (this.learned !== null && this.learnedFrom === this.store.size) return this.learned;
    const learner = new SchemaLearner({ categoryField: this.fields.categoryField });
    for (const { event } of this.store.records({ every: this.learningStep })) learner.add(event);
    this.learnedFrom = this.store.size;
    this.learned = learner.document();
    return this.learned;
  }

  /** The values that all events have in a field, for completion. */
  valuesOf(field: string): FieldValues {
    const { completed, store } = this;
    if (completed?.field === field && completed.events === store.size) return completed.found;
    const found = findFieldValues(store, field);
    this.completed = { field, events: store.size, found };
    return found;
  }

  /** What all events have in a field. Null if it was cancelled. */
  async learnField(field: string, signal: AbortSignal): Promise<SchemaDocument | null> {
    const { categoryField } = this.fields;
    const learner = new SchemaLearner({ categoryField });
    const hasCategory = categoryField === field || categoryField.startsWith(`${field}.`);
    const names = hasCategory ? [field] : [field, categoryField];
    const paths = names.map((name) => ({ parts: name.split('.'), structured: true }));
    await visitEvents(this.store.scan(paths), signal, ({ event }) => {
      const members = names.map((name, place): readonly [string, JsonValue | undefined] => [
        name,
        event instanceof LazyEvent ? event.readField(place) : readField(event, name),
      ]);
      learner.add(
        Object.fromEntries(members.filter((member): member is [string, JsonValue] => member[1] !== undefined)),
      );
    });
    if (signal.aborted) return null;
    return learner.document();
  }

  /** A schema that warns of fields that no event has; null where not every event was learned from. */
  get schema(): Schema | null {
    if (this.store.size === 0 || this.learningStep > 1) return null;
    return schemaFromDocument(this.learn(), { strict: false }).schema;
  }

  private get learningStep(): number {
    return Math.max(1, Math.floor(this.store.size / LEARNED_EVENTS));
  }
}
