import { open, type FileHandle } from 'node:fs/promises';
import { compareTimestamps } from '@eqlkit/engine';
import type { OrderPlan } from '../order/plan-sources.js';
import type { PositionedSource, StreamedSource } from '../order/source-plan.js';
import { fileVersion } from '../sources/file-version.js';
import type { FileRange } from './range-reader.js';

/** Files that can be read range by range. */
export interface RangeFiles {
  /** In the order of their events. */
  readonly ranges: readonly FileRange[];
  close(): Promise<void>;
}

/**
 * Opens the files of a plan if their ranges, one after the other, give all events in order: if each of them is in order,
 * begins behind the one before, holds lines as they are, and was not changed since the look at it. Null otherwise.
 */
export async function openRanges({ merged, sorted }: OrderPlan): Promise<RangeFiles | null> {
  if (merged.length === 0 || sorted.length > 0 || !merged.every(isInOrder) || !followEachOther(merged)) return null;
  const handles: FileHandle[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(handles.map((handle) => handle.close()));
  };
  const ranges: FileRange[] = [];
  let linesBefore = 0;
  for (const { source, sourceIndex, look } of merged) {
    const handle = look === null ? null : await openUnchanged(source.path, look.version);
    if (handle !== null) handles.push(handle);
    if (handle === null || look?.ranges === null || look?.ranges === undefined) {
      await close();
      return null;
    }
    for (const range of look.ranges) {
      ranges.push({ ...range, fd: handle.fd, sourceIndex, ordinal: linesBefore + range.linesBefore });
    }
    linesBefore += look.lines;
  }
  return { ranges, close };
}

function isInOrder(plan: StreamedSource | PositionedSource): boolean {
  return plan.way === 'stream' && plan.limits.maxBufferedEvents === 0 && plan.look?.ranges !== null;
}

function followEachOther(plans: readonly (StreamedSource | PositionedSource)[]): boolean {
  return plans.every(({ range }, index) => {
    const before = plans[index - 1]?.range;
    if (range === null || before === null) return false;
    return before === undefined || compareTimestamps(before.last, range.first) < 0;
  });
}

/** Opens a file; null if that fails or if the file was changed: other ways of reading it will tell. */
async function openUnchanged(path: string | undefined, version: string): Promise<FileHandle | null> {
  if (path === undefined) return null;
  try {
    const handle = await open(path, 'r');
    if ((await fileVersion(path)) === version) return handle;
    await handle.close();
  } catch {
    // Told when it is read.
  }
  return null;
}
