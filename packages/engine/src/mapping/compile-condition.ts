import { createDiagnostic, type Diagnostic } from '@eqlkit/language';
import { prepareQuery } from '../batch/prepare-query.js';
import { EventView } from '../event/event-view.js';
import type { JsonObject } from '../values/value.js';

const BEFORE = 'any where (';
const AFTER = '\n)';

/** A test of an event, or what is wrong with the condition: the span is a place in it. */
export type CompiledCondition =
  | { readonly holds: (event: JsonObject) => boolean; readonly diagnostic: null }
  | { readonly holds: null; readonly diagnostic: Diagnostic };

/** Compiles a condition, which is what may stand after `where`. */
export function compileCondition(condition: string): CompiledCondition {
  const { query, diagnostics } = prepareQuery(`${BEFORE}${condition}${AFTER}`);
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (error !== undefined) return { holds: null, diagnostic: within(condition, error) };
  if (query?.plan.body.kind !== 'event' || query.plan.pipes.length > 0) {
    return { holds: null, diagnostic: noCondition(condition) };
  }
  const { predicate } = query.plan.body.stage;
  const view = new EventView(query.fields);
  const holds = (event: JsonObject): boolean => {
    view.load(event, { ms: 0, ns: 0 }, 0);
    return predicate.test(view);
  };
  return { holds, diagnostic: null };
}

function noCondition(condition: string): Diagnostic {
  const span = { start: 0, end: condition.length };
  return createDiagnostic('EQL1029', 'This is a query and not a condition', span, {
    help: 'Write what stands after where, without pipes, such as EventID == 1.',
  });
}

/** A diagnostic of the query as one of its condition. */
function within(condition: string, { fix, ...diagnostic }: Diagnostic): Diagnostic {
  const place = (offset: number): number => Math.max(0, Math.min(offset - BEFORE.length, condition.length));
  const move = ({ start, end }: Diagnostic['span']): Diagnostic['span'] => ({ start: place(start), end: place(end) });
  return {
    ...diagnostic,
    span: move(diagnostic.span),
    ...(fix === undefined ? {} : { fix: { ...fix, span: move(fix.span) } }),
  };
}
