/** A tactic, technique or subtechnique of a knowledge base such as MITRE ATT&CK. */
export interface ThreatEntry {
  /** Such as `TA0003` or `T1547.013`. */
  readonly id: string;
  readonly name: string | null;
  readonly reference: string | null;
}

/** A technique with the subtechniques that a rule names. */
export interface ThreatTechnique extends ThreatEntry {
  readonly subtechniques: readonly ThreatEntry[];
}

/** What a rule detects, in the terms of a knowledge base. */
export interface Threat {
  readonly framework: string | null;
  readonly tactic: ThreatEntry | null;
  readonly techniques: readonly ThreatTechnique[];
}
