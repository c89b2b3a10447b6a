export type { JsonObject, JsonValue, Scalar, Value } from './values/value.js';
export { compareTimestamps, isBeyondSpan, parseTimestamp, type Timestamp } from './time/timestamp.js';
