import { canonicalCidrBlock, parseCidrBlock } from '@eqlkit/engine';
import { quoteString } from '@eqlkit/language';
import type { QueryLint } from '../lint.js';
import { blockListsOf } from './listed-blocks.js';

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
