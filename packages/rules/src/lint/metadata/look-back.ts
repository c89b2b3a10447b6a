import type { QueryLint } from '../lint.js';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** What Kibana takes where a rule does not say. */
const DEFAULT_FROM = 'now-6m';
const DEFAULT_INTERVAL = '5m';

/** A sequence that may take longer than a scheduled run of its rule looks back. */
export const lookBack: QueryLint = {
  scope: 'query',
  code: 'EQL5212',
  *check({ rule, query }) {
    if (rule.format !== 'detection-rules') return;
    const from = rule.from ?? DEFAULT_FROM;
    const lookBackMs = /^now-/u.test(from) ? readSpanMs(from.slice('now-'.length)) : null;
    const intervalMs = readSpanMs(rule.interval ?? DEFAULT_INTERVAL);
    const { query: body } = query.statement;
    const maxspan = body.kind === 'sequence' ? body.maxspan : null;
    if (lookBackMs === null || intervalMs === null || maxspan === null) return;
    if (maxspan.milliseconds <= lookBackMs) return;
    yield {
      at: { path: ['rule', 'from'] },
      message: `A scheduled run looks back to ${from}, but the sequence may take ${maxspan.text}`,
      help: `Look back for the maxspan and an interval of ${rule.interval ?? DEFAULT_INTERVAL}: from = "now-${Math.ceil((maxspan.milliseconds + intervalMs) / 60_000)}m"`,
    };
  },
};

function readSpanMs(text: string): number | null {
  const [, count, unit = ''] = /^(\d{1,9})([smhd])$/u.exec(text) ?? [];
  const unitMs = UNIT_MS[unit];
  return count === undefined || unitMs === undefined ? null : Number(count) * unitMs;
}
