import { createHash } from 'node:crypto';
import type { JsonObject } from '@eqlkit/engine';
import type { Account, Desktop } from './desktop.js';
import { epochSeconds } from './session-time.js';

/** How many ancestors an event lists. */
const ANCESTORS = 2;

/** What a process executes. */
export interface Program {
  readonly executable: string;
  /** The whole argument vector, the name of the program included. */
  readonly args: readonly string[];
}

/** A process of one of the desktops. An `exec` replaces its program; its entity id stays. */
export interface RunningProcess {
  readonly entityId: string;
  readonly pid: number;
  readonly program: Program;
  readonly account: Account;
  readonly parent: RunningProcess | null;
  readonly desktop: Desktop;
}

/** Makes a program from its path and the arguments after the program name. */
export function program(executable: string, ...args: readonly string[]): Program {
  return { executable, args: [executable, ...args] };
}

/** The entity id that Elastic Defend would give: base64 of agent, process number and start time. */
export function entityIdOf(desktop: Desktop, pid: number, startNs: number): string {
  return Buffer.from(`${desktop.agentId}-${pid}-${epochSeconds(startNs)}`).toString('base64');
}

/** The `process` object of a process event, all but the ancestors' details. */
export function describeProcess(running: RunningProcess): JsonObject {
  const { parent, program: current } = running;
  return {
    entity_id: running.entityId,
    pid: running.pid,
    ...describeProgram(current),
    working_directory: running.account.id === '0' ? '/' : `/home/${running.account.name}`,
    hash: { sha256: createHash('sha256').update(`example file ${current.executable}`).digest('hex') },
    ...(parent === null
      ? {}
      : { parent: { entity_id: parent.entityId, pid: parent.pid, ...describeProgram(parent.program) } }),
    ...describeLeaders(running),
    Ext: { ancestry: ancestry(running) },
  };
}

/** The `process` object of a network or file event, which says less than a process event. */
export function describeActor(running: RunningProcess): JsonObject {
  const { parent } = running;
  return {
    entity_id: running.entityId,
    pid: running.pid,
    name: baseName(running.program.executable),
    executable: running.program.executable,
    ...(parent === null ? {} : { parent: { entity_id: parent.entityId, pid: parent.pid } }),
    Ext: { ancestry: ancestry(running) },
  };
}

/** The part of a path after its last slash. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function describeProgram(current: Program): JsonObject {
  return {
    name: baseName(current.executable),
    executable: current.executable,
    command_line: current.args.join(' '),
    args: current.args,
    args_count: current.args.length,
  };
}

function describeLeaders(running: RunningProcess): JsonObject {
  const { entry, session } = leaders(running);
  return {
    entry_leader: { entity_id: entry.entityId, pid: entry.pid },
    session_leader: { entity_id: session.entityId, pid: session.pid },
    group_leader: { entity_id: running.entityId, pid: running.pid },
  };
}

/** The entry leader is the child of the init process, the session leader the child of that one. */
function leaders(running: RunningProcess): { entry: RunningProcess; session: RunningProcess } {
  const line = lineage(running);
  const entry = line.at(-2) ?? running;
  return { entry, session: line.at(-3) ?? entry };
}

function ancestry(running: RunningProcess): readonly string[] {
  return lineage(running)
    .slice(1, 1 + ANCESTORS)
    .map((ancestor) => ancestor.entityId);
}

function lineage(running: RunningProcess): readonly RunningProcess[] {
  const line = [running];
  for (let parent = running.parent; parent !== null; parent = parent.parent) line.push(parent);
  return line;
}
