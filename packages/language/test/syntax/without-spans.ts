import type { StatementNode } from '@eqlkit/language';

/** A tree without its places in the text, as plain data that can be compared. */
export function withoutSpans(tree: StatementNode): unknown {
  return JSON.parse(
    JSON.stringify(tree, (key: string, value: unknown) => {
      if (/span$/iu.test(key) && key !== 'maxspan') return undefined;
      if (typeof value === 'bigint') return `${value}n`;
      if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) return `number ${value}`;
      return value;
    }),
  );
}
