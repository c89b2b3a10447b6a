import { describe, expect, it } from 'vitest';
import { mergeSorted, type MergeInput } from '../../src/order/merge-sorted.js';
import type { OrderKey } from '../../src/order/order-key.js';

function key(ms: number, sourceIndex: number, line = 0): OrderKey {
  return { timestamp: { ms, ns: 0 }, tiebreaker: null, sourceIndex, line };
}

/** Inputs that log when they are opened and closed. */
class Inputs {
  readonly log: string[] = [];

  make(sourceIndex: number, first: number | null, batches: readonly (readonly number[])[], fails = false) {
    const log = this.log;
    const input: MergeInput<OrderKey> = {
      first: first === null ? null : { ms: first, ns: 0 },
      async *open() {
        log.push(`open ${String(sourceIndex)}`);
        try {
          for (const batch of batches) yield await Promise.resolve(batch.map((ms) => key(ms, sourceIndex)));
          if (fails) throw new Error('broken');
        } finally {
          log.push(`close ${String(sourceIndex)}`);
        }
      },
    };
    return input;
  }
}

async function merge(inputs: readonly MergeInput<OrderKey>[]): Promise<string[]> {
  const merged: string[] = [];
  for await (const batch of mergeSorted(inputs)) {
    merged.push(...batch.map(({ timestamp, sourceIndex }) => `${String(timestamp.ms)}/${String(sourceIndex)}`));
  }
  return merged;
}

describe('mergeSorted', () => {
  it('merges sorted inputs, empty batches and all', async () => {
    const inputs = new Inputs();
    const merged = await merge([
      inputs.make(0, null, [[1, 4], [], [4, 9]]),
      inputs.make(1, null, [[], [2, 4], [5]]),
      inputs.make(2, null, [[]]),
      inputs.make(3, null, []),
    ]);
    expect(merged).toEqual(['1/0', '2/1', '4/0', '4/0', '4/1', '5/1', '9/0']);
    expect(await merge([])).toEqual([]);
  });

  it('opens an input only when its items are due', async () => {
    const inputs = new Inputs();
    const merged = await merge([inputs.make(1, 5, [[5, 6]]), inputs.make(2, 9, [[9]]), inputs.make(0, 1, [[1, 5]])]);
    expect(merged).toEqual(['1/0', '5/0', '5/1', '6/1', '9/2']);
    expect(inputs.log).toEqual(['open 0', 'open 1', 'close 0', 'close 1', 'open 2', 'close 2']);
  });

  it('closes its inputs when it is left early', async () => {
    const inputs = new Inputs();
    const many = Array.from({ length: 2000 }, (_, index) => index);
    for await (const batch of mergeSorted([inputs.make(0, null, [many]), inputs.make(1, null, [many])])) {
      expect(batch.length).toBeGreaterThan(0);
      break;
    }
    expect(inputs.log).toEqual(['open 0', 'open 1', 'close 0', 'close 1']);
  });

  it('closes the other inputs when one fails', async () => {
    const inputs = new Inputs();
    await expect(merge([inputs.make(0, null, [[1]], true), inputs.make(1, null, [[2], [3]])])).rejects.toThrow(
      'broken',
    );
    expect(inputs.log.filter((entry) => entry.startsWith('close')).sort()).toEqual(['close 0', 'close 1']);
  });
});
