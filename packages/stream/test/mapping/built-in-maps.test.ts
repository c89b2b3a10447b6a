import { readField, type JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_MAPS, loadMappings } from '../../src/mapping/load-mappings.js';
import { collectOrdered } from '../collect-events.js';
import { makeSource } from '../make-folder.js';

/** Reads events through a built-in map and gives chosen fields of each. */
async function readMapped(map: string, events: readonly object[], fields: readonly string[]) {
  const { map: mapping, createEnrichment, problems } = await loadMappings([map], { cwd: process.cwd() });
  expect(problems).toEqual([]);
  const source = await makeSource(events.map((event) => JSON.stringify(event)).join('\n'));
  const collected = await collectOrdered([source], {
    ...(mapping === undefined ? {} : { map: mapping }),
    ...(createEnrichment === undefined ? {} : { enrich: createEnrichment() }),
  });
  expect(collected.problems).toEqual([]);
  return collected.records.map(({ event }) => fields.map((field) => readField(event, field)));
}

const IDENTITY = ['@timestamp', 'event.category', 'event.type', 'event.action', 'host.name'];

/** A Sysmon event as Sysmon itself names its fields. */
const SYSMON: readonly { readonly id: number; readonly data: JsonObject; readonly expected: JsonObject }[] = [
  {
    id: 1,
    data: {
      Image: 'C:\\Windows\\System32\\cmd.exe',
      CommandLine: 'cmd /c "a b"',
      User: 'CORP\\mira',
      Hashes: 'MD5=AB,SHA256=CD',
      ParentImage: 'C:\\Windows\\explorer.exe',
      ParentProcessId: '77',
      IntegrityLevel: 'High',
    },
    expected: {
      'event.category': ['process'],
      'event.type': ['start'],
      'event.action': 'start',
      'process.name': 'cmd.exe',
      'process.args': ['cmd', '/c', 'a b'],
      'process.hash.md5': 'ab',
      'process.hash.sha256': 'cd',
      'process.parent.name': 'explorer.exe',
      'process.parent.pid': 77,
      'process.Ext.token.integrity_level_name': 'high',
      'user.name': 'mira',
      'user.domain': 'CORP',
    },
  },
  {
    id: 3,
    data: {
      Image: 'C:\\a.exe',
      Initiated: 'true',
      SourceIp: '10.0.0.1',
      DestinationIp: '192.0.2.7',
      DestinationPort: '443',
      Protocol: 'TCP',
    },
    expected: {
      'event.category': ['network'],
      'event.type': ['start', 'connection'],
      'event.action': 'connection_attempted',
      'network.direction': 'egress',
      'network.transport': 'tcp',
      'source.ip': '10.0.0.1',
      'destination.ip': '192.0.2.7',
      'destination.port': 443,
    },
  },
  {
    id: 3,
    data: { Initiated: false },
    expected: { 'event.action': 'connection_accepted', 'network.direction': 'ingress' },
  },
  { id: 5, data: {}, expected: { 'event.type': ['end'], 'event.action': 'end' } },
  {
    id: 7,
    data: { ImageLoaded: 'C:\\x\\evil.dll', Hashes: 'MD5=AB' },
    expected: {
      'event.category': ['library'],
      'dll.name': 'evil.dll',
      'dll.hash.md5': 'ab',
      'process.hash.md5': undefined as never,
    },
  },
  {
    id: 10,
    data: { SourceImage: 'C:\\a.exe', SourceProcessGUID: '{S-1}', TargetImage: 'C:\\Windows\\lsass.exe' },
    expected: {
      'event.action': 'access',
      'process.name': 'a.exe',
      'process.entity_id': 'P-1',
      'Target.process.name': 'lsass.exe',
    },
  },
  {
    id: 11,
    data: { TargetFilename: 'C:\\Users\\mira\\Run.PS1' },
    expected: {
      'event.category': ['file'],
      'event.action': 'creation',
      'file.name': 'Run.PS1',
      'file.extension': 'ps1',
    },
  },
  { id: 23, data: { TargetFilename: 'C:\\a' }, expected: { 'event.type': ['deletion'], 'event.action': 'deletion' } },
  {
    id: 13,
    data: { TargetObject: 'HKLM\\Software\\Run\\Updater', Details: 'C:\\x.exe', EventType: 'SetValue' },
    expected: {
      'event.category': ['registry'],
      'event.action': 'modification',
      'registry.value': 'Updater',
      'registry.key': 'HKLM\\Software\\Run',
      'registry.data.strings': 'C:\\x.exe',
    },
  },
  { id: 12, data: { EventType: 'DeleteKey', TargetObject: 'HKLM\\a' }, expected: { 'event.action': 'deletion' } },
  {
    id: 22,
    data: { QueryName: 'a.example', QueryResults: 'type:  5 b.example;::ffff:192.0.2.1;' },
    expected: {
      'event.category': ['network'],
      'event.action': 'lookup_result',
      'dns.question.name': 'a.example',
      'dns.resolved_ip': ['192.0.2.1'],
    },
  },
];

describe.each([
  [
    'sysmon-nxlog',
    (id: number, data: JsonObject) => ({
      EventID: id,
      Hostname: 'ws',
      EventTime: '2024-01-01 00:00:01',
      host: 'collector',
      ...data,
    }),
  ],
  [
    'sysmon-winlogbeat6',
    (id: number, data: JsonObject) => ({
      '@timestamp': '2024-01-01T00:00:00.500Z',
      event_id: id,
      computer_name: 'ws',
      beat: { hostname: 'ws', version: '6.8.0' },
      user: { name: 'SYSTEM', identifier: 'S-1-5-18' },
      process_id: 4,
      event_data: data,
    }),
  ],
  [
    'sysmon-evtx',
    (id: number, data: JsonObject) => ({
      Event: {
        '#attributes': { xmlns: 'http://schemas.microsoft.com/win/2004/08/events/event' },
        System: {
          Provider: { '#attributes': { Name: 'Microsoft-Windows-Sysmon' } },
          // As it is written with and without attributes.
          EventID: id === 1 ? { '#attributes': { Qualifiers: '' }, '#text': id } : id,
          TimeCreated: { '#attributes': { SystemTime: '2024-01-01T00:00:01Z' } },
          Execution: { '#attributes': { ProcessID: 4 } },
          Computer: 'ws',
        },
        EventData: data,
      },
    }),
  ],
  ['sysmon', (id: number, data: JsonObject) => ({ EventID: String(id), host: { name: 'ws' }, ...data })],
])('the map %s', (map, wrap) => {
  it.each(SYSMON)('makes ECS of event $id', async ({ id, data, expected }) => {
    const own = { UtcTime: '2024-01-01 00:00:00.500', ProcessGuid: '{P-1}', ProcessId: 9, ...data };
    const fields = Object.keys(expected);
    const [found] = await readMapped(map, [wrap(id, own)], ['host.name', '@timestamp', 'process.pid', ...fields]);
    const [host, time, pid, ...values] = found ?? [];
    expect([host, time, pid]).toEqual(['ws', '2024-01-01T00:00:00.500Z', 9]);
    expect(Object.fromEntries(fields.map((field, place) => [field, values[place]]))).toEqual(expected);
  });
});

describe('the map sysmon-evtx', () => {
  it('takes the time at which an event was written where Sysmon tells none', async () => {
    const event = {
      Event: {
        System: { EventID: 3, TimeCreated: { '#attributes': { SystemTime: '2024-01-01T00:00:01.1234567Z' } } },
        EventData: { Image: 'C:\\a.exe' },
      },
    };
    expect(await readMapped('sysmon-evtx', [event], ['@timestamp', 'process.name'])).toEqual([
      ['2024-01-01T00:00:01.1234567Z', 'a.exe'],
    ]);
  });
});

describe('the map auditbeat', () => {
  const envelope = { host: { id: 'h', name: 'd', os: { type: 'linux' } } };
  const audited = (ms: number, action: string, category: string, process: object) => ({
    '@timestamp': ms,
    ...envelope,
    event: { module: 'auditd', category: [category], type: ['start'], action },
    process,
  });

  it('names actions as Elastic Defend does, and tells parents and processes from what was seen before', async () => {
    const events = [
      audited(1, 'executed', 'process', { pid: 1, ppid: 0, executable: '/bin/a' }),
      audited(2, 'executed', 'process', { pid: 2, parent: { pid: 1 }, executable: '/bin/b' }),
      audited(3, 'connected-to', 'network', { pid: 2 }),
      audited(4, 'changed-file-permissions-of', 'file', { pid: 2 }),
    ];
    const fields = ['event.action', 'process.executable', 'process.parent.executable', 'data_stream.dataset'];
    const found = await readMapped('auditbeat', [...events].reverse(), [...fields, 'process.entity_id']);
    expect(found.map((values) => values.slice(0, 4))).toEqual([
      ['exec', '/bin/a', undefined, 'endpoint.events.process'],
      ['exec', '/bin/b', '/bin/a', 'endpoint.events.process'],
      ['connection_attempted', '/bin/b', undefined, 'endpoint.events.network'],
      ['changed-file-permissions-of', '/bin/b', undefined, undefined],
    ]);
    const ids = found.map((values) => values[4]);
    expect(ids[1]).toBe(ids[2]);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('knows the processes and flows of the system module', async () => {
    const system = (ms: number, dataset: string, action: string, more: object) => ({
      '@timestamp': ms,
      ...envelope,
      event: { module: 'system', dataset, category: [dataset === 'process' ? 'process' : 'network'], action },
      ...more,
    });
    const process = { pid: 7, entity_id: 'e', executable: '/bin/c' };
    const events = [
      system(1, 'process', 'process_started', { process }),
      system(2, 'socket', 'network_flow', { process: { pid: 7 }, network: { direction: 'egress' } }),
      system(3, 'socket', 'network_flow', { process: { pid: 7 }, network: { direction: 'ingress' } }),
      system(4, 'process', 'process_stopped', { process }),
    ];
    expect(await readMapped('auditbeat', events, ['event.action', 'event.type', 'process.entity_id'])).toEqual([
      ['exec', ['start'], 'e'],
      ['connection_attempted', ['start', 'connection'], 'e'],
      ['connection_accepted', ['start', 'connection'], 'e'],
      ['end', ['end'], 'e'],
    ]);
  });
});

describe('the map python-eql', () => {
  it('gives ECS names beside its own, and reads FILETIME', async () => {
    const events = [
      {
        event_type: 'process',
        subtype: 'create',
        event_subtype_full: 'creation_event',
        timestamp: 131_509_374_547_086_750,
        serial_event_id: 3,
        process_name: 'a.exe',
        process_path: 'C:\\a.exe',
        command_line: 'a.exe "x y"',
        pid: 5,
        unique_pid: 50,
        parent_process_name: 'b.exe',
        hostname: 'ws',
        user_name: 'mira',
      },
      { event_type: 'network', subtype: 'outgoing', timestamp: 131_509_374_557_086_750, destination_port: '443' },
      {
        event_type: 'file',
        event_subtype_full: 'file_delete_event',
        timestamp: 131_509_374_567_086_750,
        file_name: 'x.TXT',
      },
      { event_type: 'registry', timestamp: 131_509_374_577_086_750, registry_path: 'hklm\\a' },
      { event_type: 'dns', timestamp: 131_509_374_587_086_750, query_name: 'a.example' },
    ];
    expect(await readMapped('python-eql', events, IDENTITY)).toEqual([
      [expect.stringMatching(/^2017-09-26T22:10:54\.7086/u), 'process', ['start'], 'start', 'ws'],
      [expect.anything(), 'network', ['start', 'connection'], 'connection_attempted', undefined],
      [expect.anything(), 'file', ['deletion'], 'deletion', undefined],
      [expect.anything(), 'registry', ['change'], 'modification', undefined],
      [expect.anything(), 'dns', ['info', 'protocol'], 'lookup_requested', undefined],
    ]);
    const fields = [
      'serial_event_id',
      'process_name',
      'process.name',
      'process.args',
      'process.parent.name',
      'event.sequence',
    ];
    expect((await readMapped('python-eql', events.slice(0, 1), fields))[0]).toEqual([
      3,
      'a.exe',
      'a.exe',
      ['a.exe', 'x y'],
      'b.exe',
      3,
    ]);
  });
});

describe('built-in maps', () => {
  it.each(BUILT_IN_MAPS)('%s loads, and leaves ECS events as they are', async (map) => {
    const event = {
      '@timestamp': 1,
      event: { category: ['process'], kind: 'event', module: 'sysmon', provider: 'Microsoft-Windows-Sysmon' },
      host: { os: { type: 'windows' } },
    };
    const { map: mapping, problems } = await loadMappings([map], { cwd: process.cwd() });
    expect(problems).toEqual([]);
    expect(mapping?.(event)).toMatchObject(event);
  });
});
