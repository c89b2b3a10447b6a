/**
 * Writes the example session to `examples/xdg-autostart/events.ndjson`, one event a line:
 *
 *     npx tsc -b && node packages/test-support/dist/xdg-autostart/write-session.js
 *
 * @packageDocumentation
 */
import { writeFileSync } from 'node:fs';
import { generateXdgAutostartSession } from './generate-session.js';

const target = new URL('../../../../examples/xdg-autostart/events.ndjson', import.meta.url);
const lines = generateXdgAutostartSession().map((event) => `${JSON.stringify(event)}\n`);
writeFileSync(target, lines.join(''));
