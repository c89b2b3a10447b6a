/** Every severity, least first. */
export const RULE_SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;

/** How bad it is when a rule fires. */
export type RuleSeverity = (typeof RULE_SEVERITIES)[number];

/** Whether a text names a severity. */
export function isRuleSeverity(text: string): text is RuleSeverity {
  return RULE_SEVERITIES.some((severity) => severity === text);
}

/** Risk scores that go with the severities, as Elastic's rules have them. */
export const USUAL_RISK_SCORES: Readonly<Record<RuleSeverity, number>> = {
  low: 21,
  medium: 47,
  high: 73,
  critical: 99,
};
