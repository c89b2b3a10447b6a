import type { JsonObject, JsonValue } from '@eqlkit/engine';
import type { Threat, ThreatEntry } from '../model/threat.js';
import type { Alert, AlertEvent, AlertRule, FieldValue } from './alert.js';

/**
 * The stable output form of an alert, in snake case:
 *
 * - `id`, `timestamp`
 * - `rule`: `id`, `name`, `severity`, `risk_score`, `tags`, `references`, and `threat` as rule files and Kibana spell it
 *   (`framework`, `tactic`, `technique`, `subtechnique`)
 * - `join_keys`: each key's value under the name that the first stage gives it
 * - `join_key_fields`: under the same names, the names that the stages give it, in their order
 * - `events`: for each stage `stage` (zero-based), `missing`, `alias` if the query names it, `event` (`null` if missing),
 *   and in `matched` the values of the fields that made it match
 *
 * Values are passed on as they are: integers beyond the safe range are bigint, which `JSON.stringify` refuses.
 */
export function alertToJson(alert: Alert): JsonObject {
  return {
    id: alert.id,
    timestamp: alert.timestamp,
    rule: ruleToJson(alert.rule),
    join_keys: fieldsToJson(alert.joinKeys),
    join_key_fields: Object.fromEntries(alert.joinKeys.map(({ field, fields }) => [field, [...new Set(fields)]])),
    events: alert.events.map(eventToJson),
  };
}

function ruleToJson(rule: AlertRule): JsonObject {
  return {
    id: rule.id,
    name: rule.name,
    severity: rule.severity,
    risk_score: rule.riskScore,
    tags: rule.tags,
    references: rule.references,
    threat: rule.threat.map(threatToJson),
  };
}

/** A threat mapping as rule files and Kibana spell it. */
export function threatToJson({ framework, tactic, techniques }: Threat): JsonObject {
  return {
    framework,
    tactic: tactic === null ? null : entryToJson(tactic),
    technique: techniques.map((technique) => ({
      ...entryToJson(technique),
      subtechnique: technique.subtechniques.map(entryToJson),
    })),
  };
}

function entryToJson({ id, name, reference }: ThreatEntry): JsonObject {
  return { id, name, reference };
}

function eventToJson({ stage, missing, alias, event, fields }: AlertEvent): JsonObject {
  return { stage, missing, ...(alias === null ? {} : { alias }), event, matched: fieldsToJson(fields) };
}

/** Keeps even a field that is called `__proto__`. */
function fieldsToJson(fields: readonly FieldValue[]): Record<string, JsonValue> {
  return Object.fromEntries(fields.map(({ field, value }) => [field, value]));
}
