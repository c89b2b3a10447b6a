import { existsSync, readFileSync } from 'node:fs';
import { parseTimestamp, type JsonObject, type Timestamp } from '@eqlkit/engine';

/** Published cases beside the project; the project does not depend on them. */
const FOLDER = new URL('../../../../../shared/conformance/', import.meta.url);

/** Whether the published cases are there. */
export const published = existsSync(FOLDER);
if (!published) console.log('conformance cases are not there: their tests are skipped');

/** The content of a JSON file of the published cases, or an empty list if they are not there. */
export function readCases(path: string): unknown {
  return published ? JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8')) : [];
}

/** The events of NDJSON files of Elasticsearch's cases, in order of time. */
export function readEvents(names: readonly string[]): readonly JsonObject[] {
  if (!published) return [];
  const lines = names.flatMap((name) =>
    readFileSync(new URL(`elasticsearch/data/${name}.ndjson`, FOLDER), 'utf8')
      .trim()
      .split('\n'),
  );
  return lines.map((line) => JSON.parse(line) as JsonObject).sort((a, b) => timeOf(a).ms - timeOf(b).ms);
}

/** When an event happened. */
export function timeOf(event: JsonObject): Timestamp {
  return parseTimestamp(event['@timestamp']) ?? { ms: 0, ns: 0 };
}
