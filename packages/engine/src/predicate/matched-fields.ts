import type { EventRecord } from '../event/event-record.js';
import { EventView } from '../event/event-view.js';
import type { Match } from '../match.js';
import type { CompiledQuery } from '../plan/compile-query.js';
import type { JsonValue } from '../values/value.js';
import type { Predicate } from './predicate.js';

/** A field that decided a condition, with what the event holds there. */
export interface MatchedField {
  readonly field: string;
  readonly value: JsonValue;
}

/** For each stage of a match, the fields that made its condition hold; fields that are absent are left out. */
export function matchedFields(query: CompiledQuery, match: Match): readonly (readonly MatchedField[])[] {
  const { body } = query.plan;
  const view = new EventView(query.fields);
  const bindings = new Map<string, EventRecord>();
  return match.stages.map(({ stage, record }) => {
    const plan = body.kind === 'event' ? body.stage : body.stages.find((one) => one.stage === stage);
    if (record === null || plan === undefined) return [];
    const earlier = new Map(bindings);
    if (plan.alias !== null) bindings.set(plan.alias, record);
    // Decoded, so that objects in an array are shown, too.
    view.load(record.event, record.timestamp, record.arrival);
    const fields = new Map<string, JsonValue>();
    view.withBindings(earlier, () => gather(plan.predicate, true, view, fields));
    return [...fields].map(([field, value]) => ({ field, value }));
  });
}

/** Gathers the fields of the leaves that were decisive for a predicate to have this outcome. */
function gather(predicate: Predicate, outcome: boolean, view: EventView, fields: Map<string, JsonValue>): void {
  switch (predicate.kind) {
    case 'constant':
      return;
    case 'not':
      gather(predicate.operand, !outcome, view, fields);
      return;
    case 'and':
    case 'or': {
      // One true operand decides an `or`, one false operand an `and`; otherwise all of them do.
      const decidedByOne = (predicate.kind === 'or') === outcome;
      const decisive = decidedByOne
        ? predicate.operands.filter((operand) => operand.test(view) === outcome).slice(0, 1)
        : predicate.operands;
      for (const operand of decisive) gather(operand, outcome, view, fields);
      return;
    }
    case 'leaf':
      for (const source of predicate.sources) {
        const raw = source.readRaw(view);
        if (raw !== undefined && raw !== null) fields.set(source.name, raw);
      }
  }
}
