/**
 * Runs EQL over events: compiles checked queries and finds their matches.
 *
 * @packageDocumentation
 */

// Compiling
export {
  compileQuery,
  type Compilation,
  type CompiledQuery,
  type CompileOptions,
  type ResultPosition,
  type SampleOrder,
} from './plan/compile-query.js';
export { constantTruth } from './plan/constant-truth.js';
export { FieldTable, type FieldPath } from './event/field-table.js';

// Answering one query over events that have an end
export { prepareQuery, type PreparedQuery } from './batch/prepare-query.js';
export { matchToJson } from './batch/match-to-json.js';
export { QueryRun } from './batch/query-run.js';
export { ResultStats, type FieldStatistics, type ResultStatistics } from './batch/result-stats.js';
export {
  joinKeyValue,
  searchResponse,
  type DocumentAddress,
  type SearchResponseOptions,
} from './batch/search-response.js';

// Running
export { Engine, type EngineOptions, type EventArrival, type QueryMatch } from './rule-set/engine.js';
export type { QueryGate } from './rule-set/query-gate.js';
export {
  EventCoverage,
  type EventCoverageOptions,
  type EventLack,
  type MissingField,
  type CoverageFindings,
  type UnmatchableQuery,
} from './rule-set/event-coverage.js';
export { SnapshotError } from './event/event-codec.js';
export { eventsOf, type Match, type MatchKey, type MatchStage } from './match.js';
export { matchedFields, type MatchedField } from './predicate/matched-fields.js';
export type { EventRecord } from './event/event-record.js';
export { listValues, toFieldValue } from './event/field-value.js';
export { LazyEvent } from './event/lazy-event.js';
export type { FieldProbe, Prefilter } from './event/prefilter.js';
export type { EvaluationProblem } from './functions/evaluation-problem.js';

// Mapping events of other shapes
export {
  compileMapping,
  type CompiledMapping,
  type ConditionProblem,
  type EventMapping,
} from './mapping/compile-mapping.js';
export { readMapping, type MappingDocument, type ReadMapping } from './mapping/mapping-document.js';
export { ProcessMemory } from './mapping/process-memory.js';

// Learning what fields events have
export { SchemaLearner, type SchemaLearnerOptions } from './schema/schema-learner.js';
// Explaining
export {
  createQueryExplainer,
  type ExplainOptions,
  type QueryExplainer,
  type QueryExplanation,
} from './explain/query-explainer.js';
export type { ExplainedCondition } from './explain/explained-condition.js';
export type { ExplainedEvent, StageTally } from './explain/stage-tally.js';
export type { KeyStory } from './explain/key-story.js';
export { hasKeyValues } from './explain/followed-stories.js';
export type { ExplainedCombination, KeyGathering } from './explain/combination-stories.js';
export type { ExplainedPipe } from './explain/explained-pipes.js';
export type { ExplainedSequence } from './explain/sequence-stories.js';
export type { ExplainedStage } from './explain/watched-stage.js';
export type { EventMark, GapEvent, SequenceStep } from './sequence/sequence-observer.js';

// Values and time
export { canonicalCidrBlock, findCoveringBlocks, parseCidrBlock, type CidrBlock } from './network/cidr.js';
export { compileWildcardPattern } from './text/wildcard-pattern.js';
export { compileFieldReader, readField, type FieldReader } from './event/field-reader.js';
export { parseDateExpression } from './time/date-math.js';
export { displayDate } from './time/canonical-date.js';
export { formatTimestamp } from './time/format-timestamp.js';
export type { JsonObject, JsonValue, Scalar, Value } from './values/value.js';
export { isJsonList, isJsonObject } from './values/json-shape.js';
export { compareCodePoints } from './text/compare-code-points.js';
export {
  compareTimestamps,
  isBeyondSpan,
  isTimestampOutOfRange,
  parseTimestamp,
  type Timestamp,
} from './time/timestamp.js';
