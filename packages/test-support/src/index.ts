export { AUDITBEAT_CASES, generateAuditbeatEvents } from './auditbeat/generate-auditbeat-events.js';
export { generateMixedStream, type MixedStreamOptions } from './mixed-stream/generate-mixed-stream.js';
export { createRandom, type Random } from './random.js';
export type { XdgAutostartCase } from './xdg-autostart/case-definition.js';
export { XDG_AUTOSTART_CASES } from './xdg-autostart/case-list.js';
export { generateXdgAutostartSession } from './xdg-autostart/generate-session.js';
