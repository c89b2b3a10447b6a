import type { RuleSeverity } from '../../model/rule-severity.js';

/** The risk scores that go with each severity, both ends included. */
export const RISK_SCORE_BANDS: Readonly<Record<RuleSeverity, readonly [number, number]>> = {
  low: [0, 21],
  medium: [22, 47],
  high: [48, 73],
  critical: [74, 100],
};
