import { parseCidrBlock, type CidrBlock } from '@eqlkit/engine';
import { findFunction, type ExpressionNode, type StringLiteralNode } from '@eqlkit/language';
import type { LintedQuery } from '../lint.js';

/** A network block among the arguments of `cidrMatch`. */
export interface ListedBlock {
  readonly literal: StringLiteralNode;
  readonly block: CidrBlock;
  /** The argument before it. */
  readonly previous: ExpressionNode;
}

/** The blocks of each `cidrMatch`. */
export function blockListsOf({ expressions }: LintedQuery): readonly (readonly ListedBlock[])[] {
  return expressions.flatMap((node) => {
    if (node.kind !== 'call' || findFunction(node.name)?.key !== 'cidrmatch') return [];
    const blocks = node.arguments.flatMap((literal, index): ListedBlock[] => {
      const previous = node.arguments[index - 1];
      const block = literal.kind === 'string-literal' ? parseCidrBlock(literal.value) : null;
      return literal.kind !== 'string-literal' || block === null || previous === undefined
        ? []
        : [{ literal, block, previous }];
    });
    return [blocks];
  });
}
