import { RULE_SEVERITIES } from '../../model/rule-severity.js';
import type { RuleLint } from '../lint.js';
import { RISK_SCORE_BANDS } from './risk-score-bands.js';

/** A risk score that is none, or that goes with another severity. */
export const riskScore: RuleLint = {
  scope: 'rule',
  code: 'EQL5203',
  *check({ rule: { riskScore: score, severity } }) {
    if (score === null) return;
    const at = { path: ['rule', 'risk_score'] };
    if (!Number.isInteger(score) || score < 0 || score > 100) {
      yield {
        at,
        message: `The risk score ${score} is no whole number from 0 to 100`,
        help:
          severity === null
            ? 'Write one from 0, which nobody need look at, to 100, which cannot wait.'
            : `Risk scores of ${severity} severity are ${RISK_SCORE_BANDS[severity].join(' to ')}.`,
      };
      return;
    }
    if (severity === null) return;
    const [least, most] = RISK_SCORE_BANDS[severity];
    if (score >= least && score <= most) return;
    const fitting = RULE_SEVERITIES.find((one) => score <= RISK_SCORE_BANDS[one][1]) ?? 'critical';
    yield {
      at,
      message: `The risk score ${score} is that of a rule of ${fitting} severity, not ${severity}`,
      help: `Risk scores of ${severity} severity are ${least} to ${most}.`,
    };
  },
};
