import {
  formatTimestamp,
  type ExplainedCondition,
  type ExplainedEvent,
  type ExplainedSequence,
  type ExplainedStage,
  type GapEvent,
  type JsonObject,
  type JsonValue,
  type KeyStory,
  type QueryExplanation,
  type SequenceStep,
  type Timestamp,
} from '@eqlkit/engine';

/** An explanation as JSON, with whole events left out: `event` counts the events from 1 in order of time. */
export function explanationToJson(explanation: QueryExplanation, stories: readonly KeyStory[]): JsonObject {
  const { events, late, shutOut, stages, until, keyFields, sequence } = explanation;
  return {
    events,
    late_events: late,
    events_outside_index: shutOut,
    stages: stages.map(stageToJson),
    until: until === null ? null : stageToJson(until),
    join_keys: sequence === null ? null : stories.map((story) => storyToJson(story, keyFields, sequence)),
    unfollowed_join_keys: sequence?.unfollowedKeys ?? 0,
  };
}

function stageToJson({ query, missing, runs, tally }: ExplainedStage): JsonObject {
  return {
    category: query.category,
    missing,
    runs,
    examined: tally.examined,
    fit: tally.held,
    fit_without_join_key: tally.withoutKey,
    conditions: tally.conjuncts.map(({ text, failed, failedAlone }) => ({
      condition: text,
      rejected: failed,
      rejected_alone: failedAlone,
    })),
    matches: tally.matches.map(eventToJson),
    nearest: tally.nearest.map(eventToJson),
  };
}

function eventToJson({ event, condition, failed }: ExplainedEvent): JsonObject {
  return {
    event: event.arrival + 1,
    timestamp: formatTimestamp(event.timestamp),
    failed_conditions: failed,
    condition: conditionToJson(condition),
  };
}

function conditionToJson({ kind, text, holds, decisive, fields, parts }: ExplainedCondition): JsonObject {
  const common = { kind, condition: text, holds, decisive };
  if (kind !== 'leaf') return { ...common, parts: parts.map(conditionToJson) };
  return { ...common, fields: fields.map(({ field, value }) => ({ field, value: value ?? null })) };
}

function storyToJson(story: KeyStory, keyFields: readonly string[], sequence: ExplainedSequence): JsonObject {
  const { key, furthest, completed, steps, droppedSteps, nearest } = story;
  const { stage: reached_stage = 0, run: reached_run = 0 } = placeToJson(furthest, sequence);
  return {
    key: keyFields.map((field, place) => ({ field, value: key.values[place] ?? null })),
    reached_stage,
    reached_run,
    completed,
    steps: steps.map((step) => stepToJson(step, sequence)),
    more_steps: droppedSteps,
    nearest: nearest === null ? null : { ...placeToJson(nearest.stage, sequence), ...eventToJson(nearest) },
  };
}

/** The bracketed query, from 1, and which of its runs a stage is; nothing for a stage that does not exist. */
function placeToJson(place: number, { places }: ExplainedSequence): { readonly stage?: number; readonly run?: number } {
  const found = places[place];
  return found === undefined ? {} : { stage: found.stage + 1, run: found.run + 1 };
}

function stepToJson(step: SequenceStep, sequence: ExplainedSequence): JsonValue {
  const { maxspanMs } = sequence;
  const end = (since: Timestamp): JsonValue =>
    maxspanMs === null ? null : formatTimestamp({ ms: since.ms + maxspanMs, ns: since.ns });
  const stage = 'stage' in step ? placeToJson(step.stage, sequence) : {};
  const event =
    'event' in step ? { event: step.event.arrival + 1, timestamp: formatTimestamp(step.event.timestamp) } : {};
  const begun = 'start' in step ? { begun: formatTimestamp(step.start) } : {};
  return { step: step.kind, ...stage, ...event, ...begun, ...particularsOf(step, sequence, end) };
}

/** What only some kinds of steps have. */
function particularsOf(
  step: SequenceStep,
  sequence: ExplainedSequence,
  end: (since: Timestamp) => JsonValue,
): JsonObject {
  switch (step.kind) {
    case 'spoiled':
      return gapToJson(step.cause, sequence);
    case 'refused':
      return step.cause === null ? {} : gapToJson(step.cause, sequence);
    case 'expired':
    case 'pending':
      return { until: end(step.start) };
    case 'waiting':
      return { until: end(step.since) };
    case 'completed':
      return step.waited === null ? {} : { until: end(step.waited.since), events_ended_before: step.waited.untilEnd };
    case 'began':
    case 'advanced':
    case 'overwritten':
    case 'cut':
    case 'unawaited':
      return {};
  }
}

function gapToJson({ gap, seen }: GapEvent, { gaps }: ExplainedSequence): JsonObject {
  return { absent_stages: (gaps[gap] ?? []).map((stage) => stage + 1), seen: formatTimestamp(seen) };
}
