import { connect, exec, gnomeCase, xfceCase, type CaseDefinition, type StepChanges } from '../case-definition.js';

const ALL: StepChanges = { dotted: 'all' };

/** Attacks whose events spell fields with dots, as some shippers do. */
export const SPELLING_CASES: readonly CaseDefinition[] = [
  xfceCase('dotted-keys', 1, 'Every field of both events is a key with dots at the top level.', [
    exec(0, ALL),
    connect(300, ALL),
  ]),
  gnomeCase('dotted-keys-gnome', 1, 'The GNOME branch, every field a key with dots.', [
    exec(0, ALL),
    connect(300, ALL),
  ]),
  xfceCase('mixed-keys', 1, 'Objects and keys with dots side by side, both under host, event and process.', [
    exec(0, { dotted: ['process.parent.executable', 'host.os.type', 'event.action', 'process.entity_id'] }),
    connect(300, { dotted: ['host.id', 'event.type', 'destination.ip', 'process.executable'] }),
  ]),
  xfceCase('dotted-exec-nested-connect', 1, 'The exec is dotted, the connection nested; the join keys still meet.', [
    exec(0, ALL),
    connect(300),
  ]),
  xfceCase('dotted-inside-object', 1, 'A key with dots inside an object: process holds "parent.executable".', [
    exec(0, { dotted: 'inside' }),
    connect(300, { dotted: 'inside' }),
  ]),
];
