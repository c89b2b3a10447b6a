import type { RuleSeverity } from '@eqlkit/rules';

/** What has to be known of a new rule. */
export interface RuleAnswers {
  readonly name: string;
  readonly description: string;
  /** The id of a tactic of MITRE ATT&CK, such as `TA0003`. */
  readonly tacticId: string;
  readonly severity: RuleSeverity;
  readonly query: string;
}

/** What flags say of it. */
export type GivenAnswers = { readonly [K in keyof RuleAnswers]: RuleAnswers[K] | undefined };

/** The flags of the answers, in the order of the questions. */
const FLAGS: Readonly<Record<keyof RuleAnswers, string>> = {
  name: '--name',
  description: '--description',
  tacticId: '--tactic',
  severity: '--severity',
  query: '--query',
};

/** The answers if every one was given, else the flags that are missing. */
export function completeAnswers(given: GivenAnswers): RuleAnswers | { readonly missing: readonly string[] } {
  const { name, description, tacticId, severity, query } = given;
  if (
    name === undefined ||
    description === undefined ||
    tacticId === undefined ||
    severity === undefined ||
    query === undefined
  ) {
    const missing = Object.entries(FLAGS).filter(([answer]) => given[answer as keyof RuleAnswers] === undefined);
    return { missing: missing.map(([, flag]) => flag) };
  }
  return { name, description, tacticId, severity, query };
}
