import { canonicalCidrBlock } from '@eqlkit/engine';
import { quoteString } from '@eqlkit/language';
import type { QueryLint } from '../lint.js';
import { blockListsOf, hasHostBits } from './listed-blocks.js';

/** `10.1.2.3/8`, which means 10.0.0.0/8. */
export const hostBits: QueryLint = {
  scope: 'query',
  code: 'EQL5015',
  *check(linted) {
    for (const listed of blockListsOf(linted).flat()) {
      if (!hasHostBits(listed)) continue;
      const { literal, block } = listed;
      const canonical = canonicalCidrBlock(block);
      const [address = ''] = literal.value.split('/');
      yield {
        at: { query: literal.span },
        message: `The block ${literal.value} has bits set beyond its prefix: it is ${canonical}`,
        help: `Write ${quoteString(canonical)}, or ${quoteString(address)} if this one address is meant.`,
        // The same block, but perhaps not the one that is meant: whoever knows must see it.
        fix: { title: `Use ${canonical}`, replacement: quoteString(canonical) },
      };
    }
  },
};
