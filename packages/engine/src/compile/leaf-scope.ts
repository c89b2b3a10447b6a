import type { ExpressionNode, FieldNode, VariableNode } from '@eqlkit/language';
import type { EventView } from '../event/event-view.js';
import { isMultiValue } from '../event/field-value.js';
import type { FieldSource } from '../predicate/field-source.js';
import type { CaseFolding } from '../text/case-folding.js';
import type { Value } from '../values/value.js';
import type { CompileContext } from './compile-context.js';
import { resolveField } from './resolve-field.js';

/** Computes a value while the frame of its leaf holds one value for each field. Null is a missing value. */
export type ValueFunction = (view: EventView) => Value;

/**
 * The fields that one leaf reads. A leaf is tried with every combination of their values: `frame` holds the
 * combination that is tried.
 */
export class LeafScope {
  readonly sources: FieldSource[] = [];
  readonly frame: Value[] = [];
  private readonly places = new Map<string, number>();

  constructor(readonly context: CompileContext) {}

  /** The place of a field in the frame; the same field has one place. */
  place(node: FieldNode | VariableNode): number {
    const source = resolveField(node, this.context);
    const known = this.places.get(source.name);
    if (known !== undefined) return known;
    const place = this.sources.length;
    this.sources.push(source);
    this.frame.push(null);
    this.places.set(source.name, place);
    return place;
  }

  /** Fills the frame where a field is one value or none: several values are no value. */
  loadSingles(view: EventView): void {
    this.sources.forEach((source, place) => {
      const found = source.read(view);
      this.frame[place] = isMultiValue(found) ? null : found;
    });
  }
}

/** How case is folded: only A to Z on fields, as Elasticsearch's term queries do, everything on computed text. */
export function foldingFor(operand: ExpressionNode): CaseFolding {
  return operand.kind === 'field' || operand.kind === 'variable' ? 'ascii' : 'unicode';
}
