import { compareTimestamps, type Timestamp } from '@eqlkit/engine';
import type { EventSource } from '../sources/event-source.js';
import { DEFAULT_MAX_LINE_BYTES } from '../lines/read-lines.js';
import { DEFAULT_TIMESTAMP_FIELD, tellsTimestamps } from './key-reader.js';
import { LineLooker } from './line-looker.js';
import type { OrderContext } from './order-context.js';
import { shareLimits, type OrderLimits, type SourceShares } from './order-limits.js';
import { planSource } from './plan-source.js';
import type { PositionedSource, SortedSource, StreamedSource } from './source-plan.js';

/** How a set of sources is brought into order. */
export interface OrderPlan {
  /** Sources that are opened when their time has come, and merged. */
  readonly merged: readonly (StreamedSource | PositionedSource)[];
  /** Sources that are sorted externally. */
  readonly sorted: readonly SortedSource[];
}

/**
 * Decides for each source whether it is streamed, read by position or sorted. Of those whose times overlap only as many
 * may be open at a time as the limits allow; the others are sorted.
 */
export async function planSources(
  sources: readonly EventSource[],
  limits: OrderLimits,
  context: OrderContext,
): Promise<OrderPlan> {
  const shares = shareLimits(limits, sources.length);
  const looker = sources.some(({ sizeBytes }) => sizeBytes !== undefined) ? createLooker(shares, context) : null;
  const candidates: (StreamedSource | PositionedSource)[] = [];
  const sorted: SortedSource[] = [];
  for (const [sourceIndex, source] of sources.entries()) {
    const plan = await planSource({ source, sourceIndex }, shares, context, looker);
    if (plan.way === 'sort') sorted.push(plan);
    else candidates.push(plan);
  }

  const merged: (StreamedSource | PositionedSource)[] = [];
  let openUntil: Timestamp[] = [];
  for (const plan of candidates.sort(compareFirst)) {
    const { source, sourceIndex, range } = plan;
    if (range !== null) {
      openUntil = openUntil.filter((last) => compareTimestamps(last, range.first) >= 0);
      if (openUntil.length >= limits.maxOpenSources) {
        sorted.push({ source, sourceIndex, way: 'sort' });
        continue;
      }
      openUntil.push(range.last);
    }
    merged.push(plan);
  }
  return { merged, sorted };
}

/** Makes what looks at lines of all sources, one after the other. */
function createLooker({ full }: SourceShares, context: OrderContext): LineLooker | null {
  if (!tellsTimestamps(context)) return null;
  const { timestampField = DEFAULT_TIMESTAMP_FIELD, maxLineBytes = DEFAULT_MAX_LINE_BYTES } = context;
  const strict = context.tiebreakerField !== undefined;
  return LineLooker.create({ field: timestampField, strict, chunkBytes: full.chunkBytes, maxLineBytes });
}

/** Sources of unknown range first: they are opened at once. */
function compareFirst(a: StreamedSource | PositionedSource, b: StreamedSource | PositionedSource): number {
  if (a.range === null || b.range === null) return Number(a.range !== null) - Number(b.range !== null);
  return compareTimestamps(a.range.first, b.range.first);
}
