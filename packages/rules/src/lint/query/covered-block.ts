import { isInsideCidrBlock, type CidrBlock } from '@eqlkit/engine';
import type { QueryLint } from '../lint.js';
import { removeBehind } from './remove-behind.js';
import { blockListsOf, hasHostBits } from './listed-blocks.js';

/** A block of a list that another one of it covers. */
export const coveredBlock: QueryLint = {
  scope: 'query',
  code: 'EQL5016',
  *check(linted) {
    for (const blocks of blockListsOf(linted)) {
      // Which addresses a block with host bits is to hold is for EQL5015 to ask.
      const list = blocks.filter((listed) => !hasHostBits(listed));
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

/** Of two blocks that are the same the first one covers the second. */
function covers(outer: CidrBlock, inner: CidrBlock, isBefore: boolean): boolean {
  return isInsideCidrBlock(inner, outer) && (isBefore || !isInsideCidrBlock(outer, inner));
}
