import { compareTimestamps, type Timestamp } from '@eqlkit/engine';
import { BinaryHeap } from './binary-heap.js';
import { compareOrder, type OrderKey } from './order-key.js';

/** One sorted input of a merge. */
export interface MergeInput<T> {
  /** No item is earlier. The input is opened when the merge has come so far; at once if `null`. */
  readonly first: Timestamp | null;
  /** Opens the input: sorted items in batches. */
  open(): AsyncGenerator<readonly T[]>;
}

const BATCH_ITEMS = 512;

/**
 * Merges sorted inputs into one sorted stream of batches. At any time only the inputs whose items are due are open, each
 * with one batch in memory. All open inputs are closed when the merge ends, also early or by an error.
 */
export async function* mergeSorted<T extends OrderKey>(inputs: readonly MergeInput<T>[]): AsyncGenerator<readonly T[]> {
  const waiting = [...inputs].sort(compareFirst);
  const heads = new BinaryHeap<Head<T>>((a, b) => compareOrder(a.item, b.item));
  const open = new Set<AsyncGenerator<readonly T[]>>();
  let batch: T[] = [];
  try {
    for (;;) {
      for (let next = waiting[0]; next !== undefined && isDue(next, heads.peek()); next = waiting[0]) {
        waiting.shift();
        const batches = next.open();
        open.add(batches);
        const head = await nextHead(batches);
        if (head === undefined) open.delete(batches);
        else heads.push(head);
      }
      const top = heads.peek();
      if (top === undefined) break;
      if (heads.size === 1 && isDueLater(waiting[0], top.batch)) {
        // Nothing else comes before the end of this batch.
        if (batch.length > 0) yield batch;
        batch = [];
        yield top.index === 0 ? top.batch : top.batch.slice(top.index);
        top.index = top.batch.length;
      } else batch.push(top.item);
      if (!advance(top)) {
        heads.pop();
        const head = await nextHead(top.batches);
        if (head === undefined) open.delete(top.batches);
        else heads.push(head);
      } else heads.updateTop();
      if (batch.length >= BATCH_ITEMS) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  } finally {
    await Promise.all(Array.from(open, (batches) => batches.return(undefined)));
  }
}

/** The next item of an open input, with the batch it is in. */
interface Head<T> {
  readonly batches: AsyncGenerator<readonly T[]>;
  readonly batch: readonly T[];
  index: number;
  item: T;
}

async function nextHead<T>(batches: AsyncGenerator<readonly T[]>): Promise<Head<T> | undefined> {
  for (let next = await batches.next(); next.done !== true; next = await batches.next()) {
    const item = next.value[0];
    if (item !== undefined) return { batches, batch: next.value, index: 0, item };
  }
  return undefined;
}

function advance<T>(head: Head<T>): boolean {
  const item = head.batch[head.index + 1];
  if (item === undefined) return false;
  head.index++;
  head.item = item;
  return true;
}

function isDue<T extends OrderKey>(input: MergeInput<T>, top: Head<T> | undefined): boolean {
  if (top === undefined || input.first === null) return true;
  return compareTimestamps(input.first, top.item.timestamp) <= 0;
}

/** Whether an input has nothing before the end of a batch. */
function isDueLater<T extends OrderKey>(input: MergeInput<T> | undefined, batch: readonly T[]): boolean {
  if (input === undefined) return true;
  const last = batch.at(-1);
  return last !== undefined && input.first !== null && compareTimestamps(input.first, last.timestamp) > 0;
}

function compareFirst<T>(a: MergeInput<T>, b: MergeInput<T>): number {
  if (a.first === null || b.first === null) return Number(a.first !== null) - Number(b.first !== null);
  return compareTimestamps(a.first, b.first);
}
