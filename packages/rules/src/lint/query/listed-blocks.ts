import { canonicalCidrBlock, parseCidrBlock, type CidrBlock } from '@eqlkit/engine';
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

/** Whether bits beyond the prefix are set, as in `10.1.2.3/8`. */
export function hasHostBits({ literal, block }: ListedBlock): boolean {
  const [address = '', length] = literal.value.split('/');
  const single = length === undefined ? null : parseCidrBlock(address);
  return single !== null && networkOf(single) !== networkOf(block);
}

function networkOf(block: CidrBlock): string | undefined {
  return canonicalCidrBlock(block).split('/')[0];
}
