import type { Diagnostic } from '@eqlkit/language';
import { compileFieldReader, type FieldReader } from '../event/field-reader.js';
import { isJsonObject } from '../values/json-shape.js';
import type { JsonObject, JsonValue } from '../values/value.js';
import { compileCondition } from './compile-condition.js';
import { deriveValue } from './derive-value.js';
import { withField, withoutField } from './field-writer.js';
import type { MappingDocument, MappingSteps } from './mapping-document.js';

/** Changes an event; the event given is left as it is. */
export type EventMapping = (event: JsonObject) => JsonObject;

/** What is wrong with the condition of a case. */
export interface ConditionProblem {
  /** Zero-based. */
  readonly caseIndex: number;
  /** Its span is a place in the condition. */
  readonly diagnostic: Diagnostic;
}

/** A mapping that can be applied, or why not. */
export interface CompiledMapping {
  readonly map: EventMapping | null;
  readonly problems: readonly ConditionProblem[];
}

interface FieldPath {
  readonly path: readonly string[];
  readonly read: FieldReader;
}

/** Compiles a mapping: fields and conditions are resolved here, once. */
export function compileMapping(document: MappingDocument): CompiledMapping {
  const problems: ConditionProblem[] = [];
  const forAll = compileSteps(document);
  const cases = document.cases.flatMap((one, caseIndex) => {
    const { holds, diagnostic } = compileCondition(one.when);
    if (holds !== null) return [{ holds, apply: compileSteps(one) }];
    problems.push({ caseIndex, diagnostic });
    return [];
  });
  const map: EventMapping = (event) => {
    let mapped = forAll(event);
    for (const { holds, apply } of cases) if (holds(event)) mapped = apply(mapped);
    return mapped;
  };
  return { map: problems.length > 0 ? null : map, problems };
}

function compileSteps({ lift, rename, derive, defaults, constant }: MappingSteps): EventMapping {
  const lifted = lift.map(compilePath);
  const renamed = rename.map(([from, to]) => ({ from: compilePath(from), to: compilePath(to) }));
  const derived = derive.map(({ to, from, by }) => ({ to: compilePath(to), from: compilePath(from), by }));
  const usual = defaults.map(([field, value]) => ({ to: compilePath(field), value }));
  const fixed = constant.map(([field, value]) => ({ to: compilePath(field), value }));
  return (event) => {
    let mapped = event;
    for (const field of lifted) mapped = liftMembers(mapped, field);
    for (const { from, to } of renamed) mapped = renameField(mapped, from, to);
    for (const { from, to, by } of derived) {
      if (has(mapped, to)) continue;
      const value = from.read(mapped);
      const made = value === undefined ? null : deriveValue(by, value);
      if (made !== null) mapped = withField(mapped, to.path, made);
    }
    for (const { to, value } of usual) if (!has(mapped, to)) mapped = withField(mapped, to.path, value);
    for (const { to, value } of fixed) mapped = withField(withoutField(mapped, to.path), to.path, value);
    return mapped;
  };
}

function compilePath(name: string): FieldPath {
  const path = name.split('.');
  return { path, read: compileFieldReader(path) };
}

function has(event: JsonObject, { read }: FieldPath): boolean {
  const value: JsonValue | undefined = read(event);
  return value !== undefined && value !== null;
}

function renameField(event: JsonObject, from: FieldPath, to: FieldPath): JsonObject {
  const value = from.read(event);
  if (value === undefined || value === null || has(event, to)) return event;
  return withField(withoutField(event, from.path), to.path, value);
}

/** Moves the members of an object up to the top, where nothing of their name stands yet. */
function liftMembers(event: JsonObject, { path, read }: FieldPath): JsonObject {
  const members = read(event);
  if (!isJsonObject(members)) return event;
  return { ...members, ...withoutField(event, path) };
}
