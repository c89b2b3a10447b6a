import { isJsonObject, type JsonObject, type JsonValue } from '@eqlkit/engine';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { MatchedStage } from './alert.js';
import { canonicalJson } from './canonical-json.js';

/** Half of a SHA-256: 128 bits, beyond accidental collision, and half as long to read and to store. */
const ID_LENGTH = 32;

/**
 * The id of the alert that a rule makes of some events: the first 32 hexadecimal digits of a SHA-256 over the rule's id
 * and each stage's number and event. Nothing else enters, so an edited rule keeps its alerts' ids.
 *
 * An event is known by its `_id` (with `_index`) if that is a string; else by its `event.id` together with `@timestamp`
 * and `event.dataset`, as some sources give one `event.id` to several events; else by its whole content, whatever the
 * order of its keys.
 */
export function deriveAlertId(ruleId: string, stages: readonly MatchedStage[]): string {
  const parts = ['eqlkit alert', ruleId];
  for (const { stage, missing, event } of stages) {
    parts.push(String(stage), missing ? 'missing' : 'matched', ...(event === null ? ['none'] : identifyEvent(event)));
  }
  return bytesToHex(sha256(encodeParts(parts))).slice(0, ID_LENGTH);
}

/** Digests of whole events, as one event may be part of many alerts. */
const contentDigests = new WeakMap<JsonObject, string>();

function digestContent(event: JsonObject): string {
  const known = contentDigests.get(event);
  if (known !== undefined) return known;
  const digest = bytesToHex(sha256(utf8ToBytes(canonicalJson(event))));
  contentDigests.set(event, digest);
  return digest;
}

/** The kind of an event's identity, and what it consists of. */
function identifyEvent(event: JsonObject): string[] {
  const id = ownValue(event, '_id');
  if (typeof id === 'string') return ['document', id, canonicalJson(ownValue(event, '_index') ?? null)];
  const eventId = readField(event, 'event', 'id');
  if (typeof eventId === 'string') {
    const timestamp = canonicalJson(ownValue(event, '@timestamp') ?? null);
    return ['event', eventId, timestamp, canonicalJson(readField(event, 'event', 'dataset') ?? null)];
  }
  return ['content', digestContent(event)];
}

/** Each part as a JSON string, which keeps even broken surrogates apart, behind its length. */
function encodeParts(parts: readonly string[]): Uint8Array {
  return utf8ToBytes(
    parts
      .map((part) => JSON.stringify(part))
      .map((part) => `${String(part.length)}:${part}`)
      .join(''),
  );
}

/** A field of an ECS event, written nested or with a dot. */
function readField(event: JsonObject, parent: string, name: string): JsonValue | undefined {
  const table = ownValue(event, parent);
  const nested = isJsonObject(table) ? ownValue(table, name) : undefined;
  return nested ?? ownValue(event, `${parent}.${name}`);
}

function ownValue(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
