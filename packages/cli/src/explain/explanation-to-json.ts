import {
  formatTimestamp,
  hasKeyValues,
  type ExplainedCondition,
  type ExplainedEvent,
  type ExplainedPipe,
  type ExplainedSequence,
  type ExplainedStage,
  type GapEvent,
  type JsonObject,
  type JsonValue,
  type KeyGathering,
  type KeyStory,
  type QueryExplanation,
  type SequenceStep,
  type StageTally,
  type Timestamp,
} from '@eqlkit/engine';
import { isUndated } from '@eqlkit/stream';
import { jsonLine } from '../output/json-text.js';

/**
 * An explanation as JSON on one line, with whole events left out: `event` counts the events from 1 in order of time. It comes in
 * pieces, as the stories of 100,000 join keys may be longer than a string can be.
 */
export function* explanationToJson(
  explanation: QueryExplanation,
  wanted: readonly string[] | undefined,
): Generator<string> {
  const { events, late, shutOut, stages, until, keyFields, sequence, combination } = explanation;
  const isChosen = ({ key }: Pick<KeyStory, 'key'>): boolean =>
    wanted === undefined || hasKeyValues(key.values, wanted);
  const common = {
    events,
    late_events: late,
    events_outside_index: shutOut,
    stages: stages.map(stageToJson),
    until: until === null ? null : stageToJson(until),
    unfollowed_join_keys: (sequence ?? combination)?.unfollowedKeys ?? 0,
    pipes: explanation.pipes.map(pipeToJson),
  };
  yield `${jsonLine(common).slice(0, -1)},"join_keys":`;
  if (sequence === null) yield 'null';
  else yield* listToJson(sequence.stories.filter(isChosen), (story) => storyToJson(story, keyFields, sequence));
  yield ',"gathered_join_keys":';
  if (combination === null) yield 'null';
  else yield* listToJson(combination.gatherings.filter(isChosen), (one) => gatheringToJson(one, keyFields));
  yield '}\n';
}

function* listToJson<Item>(items: readonly Item[], toJson: (item: Item) => JsonObject): Generator<string> {
  yield '[';
  for (const [place, item] of items.entries()) yield (place === 0 ? '' : ',') + jsonLine(toJson(item));
  yield ']';
}

function stageToJson({ query, missing, runs, tally }: ExplainedStage): JsonObject {
  return {
    category: query.category,
    missing,
    runs,
    examined: tally.examined,
    fit: tally.held,
    fit_without_join_key: tally.withoutKey,
    ...countsToJson(tally, 'event'),
  };
}

function countsToJson({ conjuncts, matches, nearest }: StageTally, noun: 'event' | 'result'): JsonObject {
  return {
    conditions: conjuncts.map(({ text, failed, failedAlone }) => ({
      condition: text,
      rejected: failed,
      rejected_alone: failedAlone,
    })),
    matches: matches.map((event) => eventToJson(event, noun)),
    nearest: nearest.map((event) => eventToJson(event, noun)),
  };
}

function pipeToJson({ text, taken, passed, filter }: ExplainedPipe): JsonObject {
  return { pipe: text, taken, passed, filter: filter === null ? null : countsToJson(filter, 'result') };
}

function eventToJson({ event, condition, failed }: ExplainedEvent, noun: 'event' | 'result'): JsonObject {
  return {
    [noun]: event.arrival + 1,
    timestamp: isUndated(event.timestamp) ? null : formatTimestamp(event.timestamp),
    failed_conditions: failed,
    condition: conditionToJson(condition),
  };
}

function conditionToJson({ kind, text, holds, lacksField, decisive, fields, parts }: ExplainedCondition): JsonObject {
  const common = { kind, condition: text, holds, decisive };
  if (kind !== 'leaf') return { ...common, parts: parts.map(conditionToJson) };
  const outcome = holds ? 'true' : lacksField ? 'missing' : 'false';
  return { ...common, outcome, fields: fields.map(({ field, value }) => ({ field, value: value ?? null })) };
}

function storyToJson(story: KeyStory, keyFields: readonly string[], sequence: ExplainedSequence): JsonObject {
  const { key, furthest, completed, steps, droppedSteps, nearest } = story;
  const { stage: reached_stage = 0, run: reached_run = 0 } = placeToJson(furthest, sequence);
  return {
    key: keyToJson(key, keyFields),
    reached_stage,
    reached_run,
    completed,
    steps: steps.map((step) => stepToJson(step, sequence)),
    more_steps: droppedSteps,
    nearest: nearest === null ? null : { ...placeToJson(nearest.stage, sequence), ...eventToJson(nearest, 'event') },
  };
}

function gatheringToJson(gathering: KeyGathering, keyFields: readonly string[]): JsonObject {
  const { key, completed, cut, seen, lacking } = gathering;
  return {
    key: keyToJson(key, keyFields),
    completed,
    cleared_by_until: cut,
    events_of_stages: seen,
    lacking_stages: completed > 0 ? [] : lacking.map((stage) => stage + 1),
  };
}

function keyToJson({ values }: KeyStory['key'], keyFields: readonly string[]): JsonValue {
  return keyFields.map((field, place) => ({ field, value: values[place] ?? null }));
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
