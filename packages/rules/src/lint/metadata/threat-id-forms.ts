/** What ids look like; ATLAS puts its name before them. */
export const THREAT_ID_FORMS = {
  tactic: /^(?:AML\.)?TA\d{4}$/u,
  technique: /^(?:AML\.)?T\d{4}$/u,
  subtechnique: /^(?:AML\.)?T\d{4}\.\d{3}$/u,
} as const;
