import type { OrderContext } from '../order/order-context.js';
import { DEFAULT_ORDER_LIMITS } from '../order/order-limits.js';
import { planSources } from '../order/plan-sources.js';
import type { EventSource } from '../sources/event-source.js';
import { packedEvents } from './packed-events.js';
import { openRanges } from './range-files.js';
import { rangedEvents } from './ranged-events.js';
import type { SurveyedBatch, SurveyedEventsOptions } from './surveyed-batch.js';

/**
 * Like `scannedEvents`, with the same events and problems in the same order, but that workers look at the events first. A
 * worker finds events and what is wrong with their lines, and numbers for each event; here an event is only looked at if
 * the visitor asks for something in it. Of files that are in order workers also read their parts by themselves.
 */
export async function* surveyedEvents<Findings>(
  sources: readonly EventSource[],
  options: SurveyedEventsOptions<Findings>,
): AsyncGenerator<SurveyedBatch> {
  // Problems are reported by those who read.
  const context: OrderContext = { ...options, onProblem: () => undefined, onRead: () => undefined };
  const plan = await planSources(sources, { ...DEFAULT_ORDER_LIMITS, ...options.limits }, context);
  const files = options.tiebreakerField === undefined ? await openRanges(plan) : null;
  if (files === null) {
    yield* packedEvents(sources, plan, options);
    return;
  }
  try {
    yield* rangedEvents(sources, files.ranges, options);
  } finally {
    await files.close();
  }
}
