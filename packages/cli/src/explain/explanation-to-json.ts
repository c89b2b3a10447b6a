import {
  formatTimestamp,
  type ExplainedCondition,
  type ExplainedEvent,
  type ExplainedStage,
  type JsonObject,
  type JsonValue,
  type KeyStory,
  type QueryExplanation,
  type SequenceStep,
} from '@eqlkit/engine';

/** An explanation as JSON, with whole events left out: `event` counts the events from 1 in order of time. */
export function explanationToJson(explanation: QueryExplanation, keys: readonly KeyStory[]): JsonObject {
  const { events, shutOut, stages, until, keyFields, unfollowedKeys, positives } = explanation;
  return {
    events,
    events_outside_index: shutOut,
    stages: stages.map(stageToJson),
    until: until === null ? null : stageToJson(until),
    join_keys: positives.length === 0 ? null : keys.map((story) => storyToJson(story, keyFields)),
    unfollowed_join_keys: unfollowedKeys,
  };
}

function stageToJson({ query, missing, runs, tally }: ExplainedStage): JsonObject {
  return {
    category: query.category,
    missing,
    runs,
    examined: tally.examined,
    fit: tally.held,
    conditions: tally.conjuncts.map(({ text, failed, failedAlone }) => ({
      condition: text,
      rejected: failed,
      rejected_alone: failedAlone,
    })),
    matches: tally.matches.map(eventToJson),
    nearest: tally.nearest.map(eventToJson),
  };
}

function eventToJson({ record, condition, failed }: ExplainedEvent): JsonObject {
  return {
    event: record.arrival + 1,
    timestamp: formatTimestamp(record.timestamp),
    failed_conditions: failed,
    condition: conditionToJson(condition),
  };
}

function conditionToJson({ kind, text, holds, decisive, fields, parts }: ExplainedCondition): JsonObject {
  const common = { kind, condition: text, holds, decisive };
  if (kind !== 'leaf') return { ...common, parts: parts.map(conditionToJson) };
  return { ...common, fields: fields.map(({ field, value }) => ({ field, value: value ?? null })) };
}

function storyToJson(story: KeyStory, keyFields: readonly string[]): JsonObject {
  const { key, furthest, completed, steps, droppedSteps, nearest } = story;
  return {
    key: keyFields.map((field, place) => ({ field, value: key.values[place] ?? null })),
    reached_stage: furthest + 1,
    completed,
    steps: steps.map(stepToJson),
    more_steps: droppedSteps,
    nearest: nearest === null ? null : { stage: nearest.stage + 1, ...eventToJson(nearest) },
  };
}

function stepToJson(step: SequenceStep): JsonValue {
  const stage = 'stage' in step ? { stage: step.stage + 1 } : {};
  const record = 'record' in step ? step.record : 'by' in step ? step.by : null;
  const event = record === null ? {} : { event: record.arrival + 1, timestamp: formatTimestamp(record.timestamp) };
  const begun = 'start' in step ? { begun: formatTimestamp(step.start) } : {};
  return { step: step.kind, ...stage, ...event, ...begun };
}
