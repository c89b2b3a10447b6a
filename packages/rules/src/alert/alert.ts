import type { JsonObject, JsonValue, Timestamp } from '@eqlkit/engine';
import type { Rule } from '../model/rule.js';

/** A field and a value it had. */
export interface FieldValue {
  readonly field: string;
  readonly value: JsonValue;
}

/** What an alert says about the event of one stage. */
export interface AlertEvent {
  /** Zero-based. */
  readonly stage: number;
  /** Whether the stage is a missing event, `![…]`; then `event` is `null`. */
  readonly missing: boolean;
  /** The name that the query gives to the stage's event, if any. */
  readonly alias: string | null;
  readonly event: JsonObject | null;
  /** The fields that made the event match. */
  readonly fields: readonly FieldValue[];
}

/** The parts of a rule that its alerts carry. */
export type AlertRule = Pick<Rule, 'id' | 'name' | 'severity' | 'riskScore' | 'tags' | 'threat' | 'references'>;

/** What a rule says when its query has matched. */
export interface Alert {
  /** The same whenever the same events fire the same rule: see `createAlert`. */
  readonly id: string;
  readonly rule: AlertRule;
  /** When the last event of the match happened: ISO 8601, UTC. */
  readonly timestamp: string;
  /** In the order of the query; `field` is the name that the first stage uses, `fields` has those of all stages. */
  readonly joinKeys: readonly AlertJoinKey[];
  /** In the order of the stages. */
  readonly events: readonly AlertEvent[];
}

/** One join key of an alert. */
export interface AlertJoinKey extends FieldValue {
  readonly fields: readonly string[];
}

/** One stage of a match, as `createAlert` takes it. */
export interface MatchedStage {
  /** Zero-based. */
  readonly stage: number;
  readonly missing: boolean;
  readonly alias?: string | null | undefined;
  /** `null` for a missing event. */
  readonly event: JsonObject | null;
  readonly matchedFields: readonly FieldValue[];
}

/** One join key of a match: its name in each stage, and its value. */
export interface MatchedJoinKey {
  readonly fields: readonly string[];
  readonly value: JsonValue;
}

/** The outcome of a query, as `createAlert` takes it. A query of single events has one stage and no join keys. */
export interface MatchForAlert {
  readonly joinKeys: readonly MatchedJoinKey[];
  readonly stages: readonly MatchedStage[];
  /** When the last matched event happened. */
  readonly timestamp: Timestamp;
}
