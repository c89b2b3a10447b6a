import { formatTimestamp } from '@eqlkit/engine';
import type { Rule } from '../model/rule.js';
import type { Alert, AlertEvent, AlertRule, MatchedStage, MatchForAlert } from './alert.js';
import { deriveAlertId } from './alert-id.js';

/**
 * Makes the alert for a match of a rule's query. Depends on nothing but its arguments: replaying the same events repeats
 * the same alert with the same id, so that whoever receives alerts can drop duplicates by id.
 *
 * @param identity - What the alert's id is derived from in place of the rule's id: see `ruleIdentities`.
 */
export function createAlert(rule: Rule, match: MatchForAlert, identity = rule.id): Alert {
  return {
    id: deriveAlertId(identity, match.stages),
    rule: pickAlertRule(rule),
    timestamp: formatTimestamp(match.timestamp),
    joinKeys: match.joinKeys.map(({ fields, value }) => ({ field: fields[0] ?? '', fields, value })),
    events: match.stages.map(toAlertEvent),
  };
}

function pickAlertRule({ id, name, severity, riskScore, tags, threat, references }: Rule): AlertRule {
  return { id, name, severity, riskScore, tags, threat, references };
}

function toAlertEvent({ stage, missing, alias, event, matchedFields }: MatchedStage): AlertEvent {
  return { stage, missing, alias: alias ?? null, event, fields: matchedFields };
}
