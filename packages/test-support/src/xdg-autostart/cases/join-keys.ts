import { connect, exec, xfceCase, type CaseDefinition } from '../case-definition.js';

const NO_ENTITY = { without: ['process.entity_id'] };
const NO_HOST = { without: ['host.id'] };
const NULL_ENTITY = { set: { 'process.entity_id': null } };

/** Join keys that differ, are shared between desktops, or are missing. */
export const JOIN_KEY_CASES: readonly CaseDefinition[] = [
  xfceCase('other-host-same-entity', 0, 'The connection has the entity id of the exec but is on another host.', [
    exec(0),
    connect(300, { otherDesktop: true }),
  ]),
  xfceCase('entity-shared-by-hosts', 2, 'One entity id on two hosts, each with exec and connection: two alerts.', [
    exec(0),
    exec(100, { otherDesktop: true }),
    connect(300),
    connect(400, { otherDesktop: true }),
  ]),
  xfceCase('other-entity', 0, 'The connection is of another process on the same host.', [
    exec(0),
    connect(300, { set: { 'process.entity_id': 'b3RoZXItcHJvY2Vzcy1vZi10aGUtc2FtZS1ob3N0LTE3' } }),
  ]),
  xfceCase('entity-id-other-case', 0, 'The entity ids differ only in case, so they are two processes.', [
    exec(0, { set: { 'process.entity_id': 'eGRnLWF1dG9zdGFydC1lbnRpdHktb2YtZGVzay0xNw' } }),
    connect(300, { set: { 'process.entity_id': 'EGRNLWF1dG9zdGFydC1lbnRpdHktb2YtZGVzay0xNw' } }),
  ]),
  xfceCase('entity-id-missing-on-exec', 0, 'The exec has no process.entity_id.', [exec(0, NO_ENTITY), connect(300)]),
  xfceCase('entity-id-missing-on-connect', 0, 'The connection has no process.entity_id.', [
    exec(0),
    connect(300, NO_ENTITY),
  ]),
  xfceCase(
    'entity-id-missing-on-both',
    0,
    'Neither event has process.entity_id; missing keys do not equal each other.',
    [exec(0, NO_ENTITY), connect(300, NO_ENTITY)],
  ),
  xfceCase('entity-id-null-on-both', 0, 'Both events have process.entity_id null, which is like missing.', [
    exec(0, NULL_ENTITY),
    connect(300, NULL_ENTITY),
  ]),
  xfceCase('host-id-missing-on-connect', 0, 'The connection has no host.id.', [exec(0), connect(300, NO_HOST)]),
  xfceCase('host-id-missing-on-both', 0, 'Neither event has host.id.', [exec(0, NO_HOST), connect(300, NO_HOST)]),
];
