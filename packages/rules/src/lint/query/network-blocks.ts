import { canonicalCidrBlock, isInsideCidrBlock, parseCidrBlock, type CidrBlock } from '@eqlkit/engine';
import { findFunction, quoteString, type ExpressionNode, type StringLiteralNode } from '@eqlkit/language';
import type { LintedQuery, QueryLint } from '../lint.js';
import { removeBehind } from './remove-behind.js';

/** `10.1.2.3/8`, which means 10.0.0.0/8. */
export const hostBits: QueryLint = {
  scope: 'query',
  code: 'EQL5015',
  *check(linted) {
    for (const { literal, block } of blockListsOf(linted).flat()) {
      const [address = '', length] = literal.value.split('/');
      if (length === undefined) continue;
      const canonical = canonicalCidrBlock(block);
      const network = parseCidrBlock(address);
      if (network === null || canonicalCidrBlock(network).split('/')[0] === canonical.split('/')[0]) continue;
      yield {
        at: { query: literal.span },
        message: `The block ${literal.value} has bits set beyond its prefix: it is ${canonical}`,
        help: `Write ${quoteString(canonical)}, or ${quoteString(address)} if this one address is meant.`,
        fix: { title: `Use ${canonical}`, replacement: quoteString(canonical), safe: true },
      };
    }
  },
};

/** A block of a list that another one of it covers. */
export const coveredBlock: QueryLint = {
  scope: 'query',
  code: 'EQL5016',
  *check(linted) {
    for (const list of blockListsOf(linted)) {
      for (const [index, { literal, block, previous }] of list.entries()) {
        const around = list.find(
          (other, place) =>
            place !== index && covers(other.block, block, place < index) && other.literal.value !== literal.value,
        );
        if (around === undefined) continue;
        yield {
          at: { query: literal.span },
          message: `The block ${literal.value} lies in ${around.literal.value}, which is in this list, too`,
          help: 'Remove it.',
          fix: removeBehind(previous, literal, linted.query.text),
        };
      }
    }
  },
};

interface ListedBlock {
  readonly literal: StringLiteralNode;
  readonly block: CidrBlock;
  /** The argument before it. */
  readonly previous: ExpressionNode;
}

/** Of two blocks that are the same the first one covers the second. */
function covers(outer: CidrBlock, inner: CidrBlock, isBefore: boolean): boolean {
  return isInsideCidrBlock(inner, outer) && (isBefore || !isInsideCidrBlock(outer, inner));
}

/** The blocks of each `cidrMatch`. */
function blockListsOf({ expressions }: LintedQuery): readonly (readonly ListedBlock[])[] {
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
