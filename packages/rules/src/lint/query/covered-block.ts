import { findCoveringBlocks } from '@eqlkit/engine';
import type { QueryLint } from '../lint.js';
import { removeBehind } from './remove-behind.js';
import { blockListsOf, hasHostBits, type ListedBlock } from './listed-blocks.js';

/** A block of a list that another one of it covers. */
export const coveredBlock: QueryLint = {
  scope: 'query',
  code: 'EQL5016',
  *check(linted) {
    for (const blocks of blockListsOf(linted)) {
      // Which addresses a block with host bits is to hold is for EQL5015 to ask.
      const list = blocks.filter((listed) => !hasHostBits(listed));
      // What is written twice alike is for EQL5005.
      const distinct = [...firstOfEach(list)];
      const covering = findCoveringBlocks(distinct.map(({ block }) => block));
      const aroundOf = new Map(distinct.map(({ literal }, index) => [literal.value, distinct[covering[index] ?? -1]]));
      for (const { literal, previous } of list) {
        const around = aroundOf.get(literal.value);
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

function firstOfEach(list: readonly ListedBlock[]): Iterable<ListedBlock> {
  const firstOf = new Map<string, ListedBlock>();
  for (const listed of list) if (!firstOf.has(listed.literal.value)) firstOf.set(listed.literal.value, listed);
  return firstOf.values();
}
