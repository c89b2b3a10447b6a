import { readLines } from '../lines/read-lines.js';
import { ExternalSort, type ExternalSortLimits } from './external-sort.js';
import { createKeyReader } from './key-reader.js';
import type { KeyedLine } from './keyed-line.js';
import type { OrderContext } from './order-context.js';
import type { NumberedSource } from './numbered-source.js';
import { TemporaryFolder } from './temporary-folder.js';

/**
 * Sorts the lines of sources that are in no order, on disk if they are large. Each source is read once. The temporary
 * folder is gone when the generator has ended in whatever way.
 */
export async function* sortSources(
  sources: readonly NumberedSource[],
  limits: ExternalSortLimits,
  context: OrderContext,
): AsyncGenerator<readonly KeyedLine[]> {
  const folder = new TemporaryFolder();
  try {
    const sort = new ExternalSort(folder, limits);
    for (const numbered of sources) await collectLines(numbered, sort, context);
    yield* sort.sorted();
  } finally {
    await folder.remove();
  }
}

async function collectLines(numbered: NumberedSource, sort: ExternalSort, context: OrderContext): Promise<void> {
  const { source } = numbered;
  const readKey = createKeyReader(numbered, context.tiebreakerField, context);
  const lines = readLines(source, {
    ...context,
    onLine: (buffer, start, end, line) => {
      const keyed = readKey(buffer, start, end, line);
      if (keyed !== null) sort.add(keyed);
    },
    onProblem: (kind, line, detail) => {
      context.onProblem({ kind, source: source.name, line, detail });
    },
  });
  for await (const bytesRead of lines) {
    context.onRead(bytesRead);
    await sort.relieve();
  }
}
