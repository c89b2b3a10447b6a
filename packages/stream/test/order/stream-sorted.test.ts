import { describe, expect, it } from 'vitest';
import { DEFAULT_ORDER_LIMITS } from '../../src/order/order-limits.js';
import { planSources } from '../../src/order/plan-sources.js';
import type { StreamedSource } from '../../src/order/source-plan.js';
import { streamSorted } from '../../src/order/stream-sorted.js';
import { createRandom } from '../create-random.js';
import { makeSource } from '../make-folder.js';

/** A line as it comes out, or what is wrong with one that does not. */
type Outcome = readonly [line: number, text: string, ms: number, ns: number] | string;

async function outcomesOf(plan: StreamedSource): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const context = {
    onRead: () => undefined,
    onProblem: ({ kind, line }: { kind: string; line: number }) => outcomes.push(`${kind} ${String(line)}`),
    maxLineBytes: 900,
  };
  for await (const batch of streamSorted(plan, context)) {
    for (const { line, bytes, start, end, timestamp } of batch) {
      outcomes.push([line, bytes.toString('utf8', start, end), timestamp.ms, timestamp.ns]);
    }
  }
  return outcomes;
}

describe('streamSorted', () => {
  it.each([
    { name: 'in order', disorder: 0 },
    { name: 'nearly in order', disorder: 9 },
  ])('gives the same lines of a file $name that was looked at as of one that was not', async ({ disorder }) => {
    const pick = createRandom(20_261_124);
    const line = (index: number): string => {
      const time = new Date(1_700_000_000_000 + index - pick(disorder + 1)).toISOString();
      const member = `"@timestamp":"${pick(3) === 0 ? time : time.replace('Z', '000007Z')}"`;
      return `{${pick(2) === 0 ? '' : '"pad":"ü",'}${member},"pad":"${'x'.repeat(pick(40) === 0 ? 1_000 : pick(80))}"}`;
    };
    const odd = ['', '  ', 'nonsense', '{"a":1}', '{"@timestamp":1700000000000', '[1]'];
    const file = Array.from({ length: 3_000 }, (_, index) => {
      const text = pick(20) === 0 ? (odd[pick(odd.length)] ?? '') : line(index * 2);
      return `${text}${['\n', '\r\n', '\n\n', '\r\r\n'][pick(pick(10) === 0 ? 4 : 1)] ?? ''}`;
    }).join('');
    const source = await makeSource(`\ufeff${file}`);
    const silent = { onRead: () => undefined, onProblem: () => undefined, maxLineBytes: 900 };
    const { merged } = await planSources([source], DEFAULT_ORDER_LIMITS, silent);
    const [plan] = merged;
    if (plan?.way !== 'stream') expect.unreachable('the file is streamed');
    expect(plan.look).not.toBeNull();
    for (const chunkBytes of [1_000, 4_099, 2 ** 20]) {
      const streamed = { ...plan, limits: { ...plan.limits, chunkBytes } };
      const outcomes = await outcomesOf(streamed);
      expect(outcomes).toEqual(await outcomesOf({ ...streamed, look: null }));
      expect(outcomes.length).toBeGreaterThan(2_500);
    }
  });
});
