import type { JsonObject } from '@eqlkit/engine';
import type { Desktop } from '../xdg-autostart/desktop.js';

/** Version of the Auditbeat that wrote the events. */
const AGENT_VERSION = '8.17.3';

/** A process as Auditbeat sees it. */
export interface AuditedProcess {
  readonly pid: number;
  readonly parentPid: number;
  readonly executable: string;
  readonly args: readonly string[];
}

/** `execve`, as the `auditd` module tells it: nothing about the parent but its number. */
export function executedEvent(desktop: Desktop, process: AuditedProcess, sequence: number): JsonObject {
  return {
    ...envelope(desktop),
    event: {
      module: 'auditd',
      kind: 'event',
      category: ['process'],
      type: ['start'],
      action: 'executed',
      outcome: 'success',
    },
    service: { type: 'auditd' },
    user: { id: desktop.owner.id, name: desktop.owner.name },
    process: { ...describe(process), args: process.args, working_directory: `/home/${desktop.owner.name}` },
    auditd: {
      sequence,
      result: 'success',
      message_type: 'syscall',
      summary: { object: { type: 'file', primary: process.executable }, how: process.executable },
      data: { syscall: 'execve', arch: 'x86_64' },
    },
    tags: ['exec'],
  };
}

/** `connect`, as the `auditd` module tells it. */
export function connectedEvent(
  desktop: Desktop,
  process: AuditedProcess,
  remote: { readonly ip: string; readonly port: number },
  sequence: number,
): JsonObject {
  return {
    ...envelope(desktop),
    event: {
      module: 'auditd',
      kind: 'event',
      category: ['network'],
      type: ['connection', 'start'],
      action: 'connected-to',
      outcome: 'success',
    },
    service: { type: 'auditd' },
    user: { id: desktop.owner.id, name: desktop.owner.name },
    process: describe(process),
    destination: { ip: remote.ip, port: remote.port },
    network: { direction: 'egress' },
    auditd: {
      sequence,
      result: 'success',
      message_type: 'syscall',
      summary: {
        object: { type: 'socket', primary: remote.ip, secondary: String(remote.port) },
        how: process.executable,
      },
      data: { syscall: 'connect', arch: 'x86_64' },
    },
    tags: ['connect'],
  };
}

/** A process that ran before Auditbeat did, as the `system` module lists it. */
export function existingProcessEvent(desktop: Desktop, process: AuditedProcess): JsonObject {
  return {
    ...envelope(desktop),
    event: {
      module: 'system',
      dataset: 'process',
      kind: 'state',
      category: ['process'],
      type: ['info'],
      action: 'existing_process',
    },
    service: { type: 'system' },
    user: { id: desktop.owner.id, name: desktop.owner.name },
    process: {
      ...describe(process),
      args: process.args,
      entity_id: `${desktop.name}-${String(process.pid)}`,
    },
  };
}

function describe({ pid, parentPid, executable }: AuditedProcess): JsonObject {
  return { pid, parent: { pid: parentPid }, executable, name: executable.slice(executable.lastIndexOf('/') + 1) };
}

function envelope(desktop: Desktop): JsonObject {
  return {
    host: desktop.host,
    agent: { id: desktop.agentId, name: desktop.name, type: 'auditbeat', version: AGENT_VERSION },
    ecs: { version: '8.0.0' },
  };
}
