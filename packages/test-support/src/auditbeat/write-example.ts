/**
 * Writes the example to `examples/auditbeat/events.ndjson`, one event a line:
 *
 *     npx tsc -b && node packages/test-support/dist/auditbeat/write-example.js
 *
 * @packageDocumentation
 */
import { writeFileSync } from 'node:fs';
import { generateAuditbeatEvents } from './generate-auditbeat-events.js';

const target = new URL('../../../../examples/auditbeat/events.ndjson', import.meta.url);
writeFileSync(
  target,
  generateAuditbeatEvents()
    .map((event) => `${JSON.stringify(event)}\n`)
    .join(''),
);
