import { describe, expect, it } from 'vitest';
import { renderSummary } from '../../src/output/summary.js';

const RUN = { rules: 2, broken: 0, alerts: 1 };

describe('the summary of a run', () => {
  it('says how long one of few events took, and nothing of its speed', () => {
    expect(renderSummary({ ...RUN, events: 99, elapsedMs: 380 })).toBe(
      '99 events read · 2 rules run · 1 alert · 0.38 s',
    );
  });

  it('says how fast one of more events was', () => {
    expect(renderSummary({ ...RUN, events: 1_000_000, elapsedMs: 20_000 })).toBe(
      '1,000,000 events read · 2 rules run · 1 alert · 20.00 s · 50,000 events/s',
    );
  });
});
