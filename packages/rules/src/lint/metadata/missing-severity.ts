import type { RuleLint } from '../lint.js';

/** A detection rule without severity or risk score. */
export const missingSeverity: RuleLint = {
  scope: 'rule',
  code: 'EQL5202',
  *check({ rule, unread = [] }) {
    if (rule.format !== 'detection-rules') return;
    const lacks = [...(rule.severity === null ? ['severity'] : []), ...(rule.riskScore === null ? ['risk_score'] : [])]
      // What cannot be read is there.
      .filter((key) => !unread.some(([, name]) => name === key));
    if (lacks.length === 0) return;
    yield {
      at: { path: ['rule'] },
      message: `The rule has no ${lacks.join(' and no ')}`,
      help: 'Kibana takes no rule without them. Severities with their risk scores: low 21, medium 47, high 73, critical 99.',
    };
  },
};
