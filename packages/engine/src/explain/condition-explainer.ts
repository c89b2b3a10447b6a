import { printExpression, visit, type EventQueryNode, type ExpressionNode } from '@eqlkit/language';
import type { CompileContext } from '../compile/compile-context.js';
import { resolveField } from '../compile/resolve-field.js';
import type { EventView } from '../event/event-view.js';
import { categoryCondition } from '../plan/compile-event-query.js';
import type { FieldSource } from '../predicate/field-source.js';
import type { LeafPredicate, PredicateTest } from '../predicate/predicate.js';
import type { ExplainedCondition } from './explained-condition.js';

/** A part of a condition with its own test, so that each part can be asked alone. */
interface ConditionPart {
  readonly kind: ExplainedCondition['kind'];
  readonly text: string;
  readonly test: PredicateTest;
  readonly sources: readonly FieldSource[];
  readonly parts: readonly ConditionPart[];
}

/**
 * Tells of a condition, such as that of `category where condition`, which parts hold for an event, with the values that they saw. The condition is
 * the one that was written: constants are not folded away.
 */
export class ConditionExplainer {
  private readonly root: ConditionPart;

  /** `category` is the condition that comes first; null for none. */
  constructor(node: ExpressionNode, category: LeafPredicate | null, context: CompileContext) {
    const condition = compilePart(node, context);
    if (category === null) {
      this.root = condition;
      return;
    }
    const first: ConditionPart = {
      kind: 'leaf',
      text: printExpression(category.node),
      test: category.test,
      sources: category.sources,
      parts: [],
    };
    const parts = condition.kind === 'and' ? [first, ...condition.parts] : [first, condition];
    this.root = {
      kind: 'and',
      text: parts.map(({ text }) => text).join(' and '),
      test: (view) => parts.every(({ test }) => test(view)),
      sources: [],
      parts,
    };
  }

  /** An explainer of `category where condition`. */
  static ofQuery(query: EventQueryNode, context: CompileContext): ConditionExplainer {
    return new ConditionExplainer(query.condition, categoryCondition(query, context), context);
  }

  /** The conditions that must all hold, as written: the category first, then what `and` joins. */
  get conjuncts(): readonly string[] {
    return this.topParts.map(({ text }) => text);
  }

  /** Whether each of the `conjuncts` holds for the view's event. */
  testConjuncts(view: EventView): readonly boolean[] {
    return this.topParts.map(({ test }) => test(view));
  }

  /** Whether the view's event lacks a field in all that the conjunct of a place asks. */
  lacksFields(place: number, view: EventView): boolean {
    const part = this.topParts[place];
    return part !== undefined && asksForMissing(part, view);
  }

  /** Explains the outcome for the view's event. */
  explain(view: EventView): ExplainedCondition {
    return explainPart(this.root, true, view);
  }

  private get topParts(): readonly ConditionPart[] {
    return this.root.kind === 'and' ? this.root.parts : [this.root];
  }
}

function asksForMissing({ kind, sources, parts }: ConditionPart, view: EventView): boolean {
  if (kind === 'leaf') return sources.some((source) => source.read(view) === null);
  return parts.every((part) => asksForMissing(part, view));
}

function compilePart(node: ExpressionNode, context: CompileContext): ConditionPart {
  const { test } = context.compilers.condition(node, context);
  const part = { text: printExpression(node), test, sources: [] };
  switch (node.kind) {
    case 'logical':
      return { ...part, kind: node.operator, parts: node.operands.map((operand) => compilePart(operand, context)) };
    case 'not':
      return { ...part, kind: 'not', parts: [compilePart(node.operand, context)] };
    default:
      return { ...part, kind: 'leaf', sources: sourcesOf(node, context), parts: [] };
  }
}

/** The fields below a node, each once; elements that array functions walk have no value of their own. */
function sourcesOf(node: ExpressionNode, context: CompileContext): readonly FieldSource[] {
  const sources = new Map<string, FieldSource>();
  visit(node, (inner) => {
    if (inner.kind !== 'field') return;
    const source = resolveField(inner, context);
    sources.set(source.name, source);
  });
  return [...sources.values()];
}

function explainPart(part: ConditionPart, decisive: boolean, view: EventView): ExplainedCondition {
  const holds = part.test(view);
  const { kind, text } = part;
  const fields = part.sources.map((source) => ({ field: source.name, value: source.readRaw(view) }));
  const lacksField = kind === 'leaf' && !holds && part.sources.some((source) => source.read(view) === null);
  switch (kind) {
    case 'leaf':
      return { kind, text, holds, lacksField, decisive, fields, parts: [] };
    case 'not':
      return {
        kind,
        text,
        holds,
        lacksField,
        decisive,
        fields,
        parts: part.parts.map((inner) => explainPart(inner, decisive, view)),
      };
    case 'and':
    case 'or': {
      // One true part decides an `or`, one false part an `and`: the first of them. Otherwise all parts do.
      const decidedByOne = (kind === 'or') === holds;
      const first = decidedByOne ? part.parts.findIndex(({ test }) => test(view) === holds) : -1;
      const parts = part.parts.map((inner, place) =>
        explainPart(inner, decisive && (!decidedByOne || place === first), view),
      );
      return { kind, text, holds, lacksField, decisive, fields, parts };
    }
  }
}
