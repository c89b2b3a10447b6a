import { createEventLoopPause } from '../event-loop-pause.js';
import type { EventProblem } from '../decode/event-problem.js';
import type { ReadEventsOptions } from '../read-events.js';
import type { EventSource } from '../sources/event-source.js';
import { UnreadableSources } from '../unreadable-sources.js';
import type { KeyedLine } from './keyed-line.js';
import { mergeSorted, type MergeInput } from './merge-sorted.js';
import type { OrderContext } from './order-context.js';
import { DEFAULT_ORDER_LIMITS, type OrderLimits } from './order-limits.js';
import { planSources, type OrderPlan } from './plan-sources.js';
import { readByPosition } from './read-by-position.js';
import { sortSources } from './sort-sources.js';
import { streamSorted } from './stream-sorted.js';

/** How lines are read and ordered. */
export interface OrderedLinesOptions extends Omit<ReadEventsOptions, 'chunkBytes'> {
  /** Dotted path of the field that orders events of one timestamp: numbers, then strings, then events without it. */
  readonly tiebreakerField?: string;
  /** Lets the bytes of lines change as soon as the batch behind theirs is asked for. Default: they never change. */
  readonly recyclesMemory?: boolean;
  /** Bounds of memory; what is absent has its default. */
  readonly limits?: Partial<OrderLimits>;
  /** How the sources are brought into order, if that was planned before. */
  readonly plan?: OrderPlan;
}

/** Takes a report on lines that were read, to make it when all lines are through that came before. */
type Postpone = (report: () => void) => void;

/** Lines that come together. A batch may be empty: it then only tells how far reading has come. */
interface LineBatch {
  readonly lines: readonly KeyedLine[];
  /** As in `EventBatch`. */
  readonly bytesRead: number;
}

/** The lines of sources in order, before they are decoded. */
export interface OrderedLines {
  readonly batches: AsyncGenerator<LineBatch>;
  /** To be called with what is wrong with a line that is decoded, before the next batch is taken. */
  readonly onProblem: (problem: EventProblem) => void;
  /** To be called with the source of a line that is an event. */
  readonly onEvent: (source: string) => void;
  /** To be called when the lines of all batches are through: reports the sources that hold no event. */
  readonly finish: () => void;
}

/**
 * See `orderedEvents`, which decodes what is read here. Problems that are found while reading are reported at once unless
 * there is a way to postpone them, for those who read ahead of what they decode.
 */
export function orderLines(
  sources: readonly EventSource[],
  options: OrderedLinesOptions,
  postpone: Postpone = (report) => {
    report();
  },
): OrderedLines {
  let bytesRead = 0;
  const unreadable = new UnreadableSources();
  const onProblem = (problem: EventProblem): void => {
    unreadable.addProblem(problem);
    options.onProblem(problem);
  };
  // Who keeps lines, such as a sort, must not have their memory taken: it is passed on only to those who give lines at once.
  const { recyclesMemory = false, ...readOptions } = options;
  const context: OrderContext = {
    ...readOptions,
    onProblem: (problem) => {
      postpone(() => {
        onProblem(problem);
      });
    },
    onRead: (bytes) => {
      bytesRead += bytes;
    },
  };

  async function* readBatches(): AsyncGenerator<LineBatch> {
    const pause = createEventLoopPause();
    for await (const lines of mergeSorted(await planInputs(sources, readOptions, context, recyclesMemory))) {
      const batch = { lines, bytesRead };
      bytesRead = 0;
      yield batch;
      await pause();
    }
    if (bytesRead > 0) yield { lines: [], bytesRead };
  }

  return {
    batches: readBatches(),
    onProblem,
    onEvent: (source) => {
      unreadable.addEvent(source);
    },
    finish: () => {
      for (const problem of unreadable.problems()) options.onProblem(problem);
    },
  };
}

async function planInputs(
  sources: readonly EventSource[],
  options: Omit<OrderedLinesOptions, 'recyclesMemory'>,
  context: OrderContext,
  mayRecycle: boolean,
): Promise<MergeInput<KeyedLine>[]> {
  const limits = { ...DEFAULT_ORDER_LIMITS, ...options.limits };
  const { merged, sorted } = options.plan ?? (await planSources(sources, limits, context));
  // What is merged with others may have to wait for them.
  const recyclesMemory = mayRecycle && merged.length === 1 && sorted.length === 0;
  const inputs: MergeInput<KeyedLine>[] = merged.map((plan) => ({
    first: plan.range?.first ?? null,
    open: () =>
      plan.way === 'stream'
        ? streamSorted(plan, context, recyclesMemory)
        : readByPosition(plan, limits, context, recyclesMemory),
  }));
  if (sorted.length > 0) inputs.push({ first: null, open: () => sortSources(sorted, limits, context) });
  return inputs;
}
