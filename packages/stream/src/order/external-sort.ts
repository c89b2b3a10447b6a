import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DiskSortError } from './disk-sort-error.js';
import { mergeSorted, type MergeInput } from './merge-sorted.js';
import { compareOrder } from './order-key.js';
import type { KeyedLine } from './keyed-line.js';
import { readRun, writeRun } from './run-file.js';
import type { TemporaryFolder } from './temporary-folder.js';

/** Bytes that all runs of a merge together hold in memory. */
const MERGE_BYTES = 4 * 1024 * 1024;
const MIN_SHARES = 4;

const BATCH_LINES = 512;

/** How much an external sort holds in memory. */
export interface ExternalSortLimits {
  readonly maxRunBytes: number;
  readonly maxMergedRuns: number;
}

/**
 * Sorts lines that may not fit into memory. Lines are collected and, whenever there are enough, sorted and written to
 * disk as a run; in the end the runs are merged. If all lines fit into one run, nothing is written.
 */
export class ExternalSort {
  readonly #folder: TemporaryFolder;
  readonly #limits: ExternalSortLimits;
  #lines: KeyedLine[] = [];
  #lineBytes = 0;
  #runs: string[] = [];
  #runCount = 0;

  constructor(folder: TemporaryFolder, limits: ExternalSortLimits) {
    this.#folder = folder;
    this.#limits = limits;
  }

  /** Takes a line. Its bytes must not change until it comes out again. */
  add(line: KeyedLine): void {
    this.#lines.push(line);
    this.#lineBytes += line.sizeBytes;
  }

  /** Writes what was collected to disk if it has become too much. To be called between lines. */
  async relieve(): Promise<void> {
    if (this.#lineBytes < this.#limits.maxRunBytes) return;
    this.#runs.push(await this.#write(inMemory(this.#takeSorted())));
  }

  /** Gives all lines in order. To be called once, after the last one. */
  async *sorted(): AsyncGenerator<readonly KeyedLine[]> {
    const { maxMergedRuns } = this.#limits;
    while (this.#runs.length > maxMergedRuns) {
      const merged = this.#runs.splice(0, maxMergedRuns);
      this.#runs.push(await this.#write(mergeSorted(toInputs(merged))));
      await Promise.all(merged.map((run) => rm(run)));
    }
    const rest = this.#takeSorted();
    yield* mergeSorted([...toInputs(this.#runs), { first: null, open: () => inMemory(rest) }]);
  }

  #takeSorted(): KeyedLine[] {
    const lines = this.#lines.sort(compareOrder);
    this.#lines = [];
    this.#lineBytes = 0;
    return lines;
  }

  async #write(batches: AsyncIterable<readonly KeyedLine[]>): Promise<string> {
    const folder = await this.#folder.path();
    const path = join(folder, `run-${String(this.#runCount++)}`);
    try {
      await writeRun(path, batches);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new DiskSortError(`cannot sort on disk in ${folder}: ${reason}; free space there or set TMPDIR`, { cause });
    }
    return path;
  }
}

async function* inMemory(lines: readonly KeyedLine[]): AsyncGenerator<readonly KeyedLine[]> {
  for (let start = 0; start < lines.length; start += BATCH_LINES) {
    yield await Promise.resolve(lines.slice(start, start + BATCH_LINES));
  }
}

function toInputs(paths: readonly string[]): MergeInput<KeyedLine>[] {
  const chunkBytes = Math.floor(MERGE_BYTES / Math.max(paths.length, MIN_SHARES));
  return paths.map((path) => ({ first: null, open: () => readRun(path, chunkBytes) }));
}
