import { compareTimestamps, type Timestamp } from '@eqlkit/engine';
import type { EventSource } from '../sources/event-source.js';
import type { OrderContext } from './order-context.js';
import { shareLimits, type OrderLimits, type SourceLimits } from './order-limits.js';
import type { NumberedSource } from './numbered-source.js';
import { planSource, type SourcePlan } from './plan-source.js';

/** A source for which a reorder buffer with these limits suffices. */
export interface StreamedSource extends SourcePlan {
  readonly limits: SourceLimits;
}

/** How a set of sources is brought into order. */
export interface OrderPlan {
  /** Sources that are read through a reorder buffer and merged. */
  readonly streamed: readonly StreamedSource[];
  /** Sources that are sorted externally. */
  readonly sorted: readonly NumberedSource[];
}

/**
 * Decides for each source whether it is streamed or sorted. Nearly ordered sources are streamed, but of those whose
 * times overlap only as many as may be open at a time.
 */
export async function planSources(
  sources: readonly EventSource[],
  limits: OrderLimits,
  context: OrderContext,
): Promise<OrderPlan> {
  const share = { ...shareLimits(limits, sources.length), sourceCount: sources.length };
  const streamable: StreamedSource[] = [];
  const sorted: NumberedSource[] = [];
  for (const [sourceIndex, source] of sources.entries()) {
    const plan = await planSource({ source, sourceIndex }, share, context);
    if (plan.limits === null) sorted.push(plan);
    else streamable.push({ ...plan, limits: plan.limits });
  }

  const streamed: StreamedSource[] = [];
  let openUntil: Timestamp[] = [];
  for (const plan of streamable.sort(compareFirst)) {
    const { range } = plan;
    if (range !== null) {
      openUntil = openUntil.filter((last) => compareTimestamps(last, range.first) >= 0);
      if (openUntil.length >= limits.maxOpenSources) {
        sorted.push(plan);
        continue;
      }
      openUntil.push(range.last);
    }
    streamed.push(plan);
  }
  return { streamed, sorted };
}

/** Sources of unknown range first: they are opened at once. */
function compareFirst(a: SourcePlan, b: SourcePlan): number {
  if (a.range === null || b.range === null) return Number(a.range !== null) - Number(b.range !== null);
  return compareTimestamps(a.range.first, b.range.first);
}
