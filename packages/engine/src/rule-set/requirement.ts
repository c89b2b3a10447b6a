import { findFunction, printFieldPath, type ExpressionNode } from '@eqlkit/language';
import { FUNCTION_LIBRARY } from '../functions/function-library.js';
import type { CompiledQuery } from '../plan/compile-query.js';
import type { StagePlan } from '../plan/query-plan.js';
import type { LeafPredicate, Predicate } from '../predicate/predicate.js';

/** What some event must hold if a query is ever to match. Where nothing can be told, nothing is required. */
export type Requirement =
  | { readonly kind: 'field'; readonly field: string; readonly place: number }
  | { readonly kind: 'category'; readonly category: string; readonly field: string; readonly place: number }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Requirement[] };

const NOTHING: Requirement = { kind: 'all', of: [] };

/**
 * What a query requires of the events: those of its stages that have to happen, and its timestamp field unless the
 * engine is given the times.
 */
export function requirementOf(query: CompiledQuery, timesGiven: boolean): Requirement {
  const { body } = query.plan;
  const stages = body.kind === 'event' ? [body.stage] : body.stages;
  const of = stages.filter((stage) => !stage.missing).map((stage) => requirementOfStage(stage, query));
  // Looking a place up does not add one: the query has read these fields before.
  if (query.timestampField !== '@timestamp' && !timesGiven) of.unshift(requireField(query.timestampField, query));
  return { kind: 'all', of };
}

function requirementOfStage(stage: StagePlan, query: CompiledQuery): Requirement {
  const { category, predicate, keys } = stage;
  const of: Requirement[] = [];
  // A schema may say that the category stands elsewhere, unless it was merely learned from events.
  const definition = query.source.schema?.fields.get(query.categoryField);
  if (category !== null && (definition === undefined || definition.seen !== undefined)) {
    of.push({ kind: 'category', category, field: query.categoryField, place: placeOf(query.categoryField, query) });
  }
  of.push(requirementOfPredicate(predicate));
  for (const { name, place, nullable } of keys) {
    if (place !== null && !nullable) of.push({ kind: 'field', field: name, place });
  }
  return { kind: 'all', of };
}

function requireField(field: string, query: CompiledQuery): Requirement {
  return { kind: 'field', field, place: placeOf(field, query) };
}

function placeOf(field: string, { fields }: CompiledQuery): number {
  return fields.place(field, field.split('.'), null);
}

/** What it takes for a condition to hold. */
function requirementOfPredicate(predicate: Predicate): Requirement {
  switch (predicate.kind) {
    case 'constant':
      return NOTHING;
    case 'not':
      return requirementOfNegation(predicate.operand);
    case 'and':
      return { kind: 'all', of: predicate.operands.map(requirementOfPredicate) };
    case 'or':
      return { kind: 'any', of: predicate.operands.map(requirementOfPredicate) };
    case 'leaf':
      return requirementOfTruth(predicate.node, predicate);
  }
}

/** What it takes for a condition not to hold. A leaf does not hold where its fields are missing. */
function requirementOfNegation(predicate: Predicate): Requirement {
  switch (predicate.kind) {
    case 'constant':
    case 'leaf':
      return NOTHING;
    case 'not':
      return requirementOfPredicate(predicate.operand);
    case 'and':
      return { kind: 'any', of: predicate.operands.map(requirementOfNegation) };
    case 'or':
      return { kind: 'all', of: predicate.operands.map(requirementOfNegation) };
  }
}

/** What it takes for the expression of a leaf to be true; in the endgame dialect that may be a whole condition. */
function requirementOfTruth(node: ExpressionNode, leaf: LeafPredicate): Requirement {
  if (node.kind === 'logical') {
    const of = node.operands.map((operand) => requirementOfTruth(operand, leaf));
    return { kind: node.operator === 'and' ? 'all' : 'any', of };
  }
  const names = new Set(fieldsOfValue(node));
  const of = leaf.sources.flatMap(({ name, place }): Requirement[] =>
    place !== null && names.has(name) ? [{ kind: 'field', field: name, place }] : [],
  );
  return { kind: 'all', of };
}

/** The source names of fields without which an expression has no value. Fields that are marked as optional are left out. */
function fieldsOfValue(node: ExpressionNode): readonly string[] {
  switch (node.kind) {
    case 'field':
      return node.optional ? [] : [printFieldPath(node.path)];
    case 'comparison':
      if (node.left.kind === 'null-literal' || node.right.kind === 'null-literal') return [];
      return [...fieldsOfValue(node.left), ...fieldsOfValue(node.right)];
    case 'arithmetic':
      return [...fieldsOfValue(node.left), ...fieldsOfValue(node.right)];
    case 'membership':
    case 'pattern':
    case 'negate':
      return fieldsOfValue(node.operand);
    case 'call':
      return fieldsOfCall(node.name, node.arguments);
    case 'not':
    case 'logical':
    case 'lineage':
    case 'variable':
    case 'null-literal':
    case 'boolean-literal':
    case 'number-literal':
    case 'string-literal':
      return [];
  }
}

/** Functions of single values have none without their first argument; others look into arrays, also absent ones. */
function fieldsOfCall(name: string, args: readonly ExpressionNode[]): readonly string[] {
  const [first] = args;
  const key = findFunction(name)?.key;
  return first !== undefined && key !== undefined && Object.hasOwn(FUNCTION_LIBRARY, key) ? fieldsOfValue(first) : [];
}
