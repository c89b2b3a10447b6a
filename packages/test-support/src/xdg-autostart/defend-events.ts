import type { JsonObject, JsonValue } from '@eqlkit/engine';
import { baseName, describeActor, describeProcess, type RunningProcess } from './running-process.js';

/** Version of the agent that wrote the events. */
const AGENT_VERSION = '8.17.3';

/** The other end of a connection. */
export interface Remote {
  readonly ip: JsonValue;
  readonly port: number;
  readonly transport?: 'tcp' | 'udp';
}

/** A process event: `fork`, `exec` or `end`. */
export function processEvent(running: RunningProcess, action: 'fork' | 'exec' | 'end'): JsonObject {
  return {
    ...envelope(running, 'process', action, action === 'end' ? 'end' : 'start'),
    process: { ...describeProcess(running), ...(action === 'end' ? { exit_code: 0 } : {}) },
  };
}

/** A network event: a connection begun, or one that ended. */
export function networkEvent(
  running: RunningProcess,
  action: 'connection_attempted' | 'disconnect_received',
  remote: Remote,
  localPort: number,
): JsonObject {
  const { ip, port, transport = 'tcp' } = remote;
  return {
    ...envelope(running, 'network', action, action === 'disconnect_received' ? 'end' : 'start'),
    process: describeActor(running),
    source: { address: running.desktop.address, ip: running.desktop.address, port: localPort },
    destination: { address: ip, ip, port },
    network: {
      transport,
      type: typeof ip === 'string' && ip.includes(':') ? 'ipv6' : 'ipv4',
      direction: 'egress',
    },
  };
}

/** A file event: `creation`, `overwrite`, `rename` or `deletion`. */
export function fileEvent(
  running: RunningProcess,
  action: 'creation' | 'overwrite' | 'rename' | 'deletion',
  path: string,
): JsonObject {
  const type = { creation: 'creation', overwrite: 'change', rename: 'change', deletion: 'deletion' }[action];
  const name = baseName(path);
  const dot = name.lastIndexOf('.');
  return {
    ...envelope(running, 'file', action, type),
    process: describeActor(running),
    file: { path, name, ...(dot > 0 ? { extension: name.slice(dot + 1) } : {}) },
  };
}

/** What every event of Elastic Defend has. Time, sequence and ids come when the timeline is written out. */
function envelope(running: RunningProcess, category: string, action: string, type: string): JsonObject {
  const { desktop, account } = running;
  const dataset = `endpoint.events.${category}`;
  return {
    message: `Endpoint ${category} event`,
    event: {
      action,
      category: [category],
      type: [type],
      kind: 'event',
      module: 'endpoint',
      dataset,
      outcome: 'unknown',
    },
    host: desktop.host,
    user: { id: account.id, name: account.name },
    group: { id: account.id, name: account.name },
    agent: { id: desktop.agentId, type: 'endpoint', version: AGENT_VERSION },
    elastic: { agent: { id: desktop.agentId } },
    data_stream: { type: 'logs', dataset, namespace: 'default' },
    ecs: { version: '8.10.0' },
  };
}
