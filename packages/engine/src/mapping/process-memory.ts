import { compileFieldReader, type FieldReader } from '../event/field-reader.js';
import { isJsonList } from '../values/json-shape.js';
import { oldestKeysBeyond } from '../values/oldest-keys.js';
import type { JsonObject, JsonValue, Scalar } from '../values/value.js';
import { withField } from './field-writer.js';

/** Processes that are remembered at a time; beyond that the ones that were seen first are forgotten. */
const MAX_PROCESSES = 100_000;

/** What is remembered of a process. */
interface KnownProcess {
  readonly fields: ReadonlyMap<string, JsonValue>;
  readonly parentPid: Scalar | null;
}

/** What is told of a process and, one level up, of its parent. */
const OWN_FIELDS = ['entity_id', 'executable', 'name', 'args', 'command_line'] as const;

interface ProcessReader {
  readonly pid: FieldReader;
  readonly fields: readonly { readonly name: string; readonly path: readonly string[]; readonly read: FieldReader }[];
}

/**
 * Fills in what events lack about their process and its parent, from earlier events of them: sources such as Auditbeat's
 * `auditd` module tell with a connection which process made it, but only with the start of a process what was started. A
 * process without an entity id gets one made of its host, its process id and when it was first seen, which it keeps when it
 * runs another program. Events must come in order of time.
 */
export class ProcessMemory {
  private readonly processes = new Map<string, KnownProcess>();
  private readonly own = compileProcess(['process']);
  private readonly parent = compileProcess(['process', 'parent']);
  private readonly readHost = ['host.id', 'host.name', 'agent.id'].map((name) => compileFieldReader(name.split('.')));
  private readonly readType = compileFieldReader(['event', 'type']);
  private readonly readCategory = compileFieldReader(['event', 'category']);
  private readonly readTime = compileFieldReader(['@timestamp']);

  /** The event with what is known about its process, which is remembered when it begins or is first seen. */
  complete(event: JsonObject): JsonObject {
    const host = firstScalar(this.readHost.map((read) => read(event))) ?? '';
    const pid = scalarOf(this.own.pid(event));
    const parentPid = scalarOf(this.parent.pid(event));
    if (pid === null) return event;
    const key = `${String(host)}\n${String(pid)}`;
    const isProcess = holds(this.readCategory(event), 'process');
    const begins = isProcess && holds(this.readType(event), 'start');
    const known = this.processes.get(key);
    // A process that runs another program stays the same process; one with another parent only has its number.
    const isSame = known !== undefined && (parentPid === null || known.parentPid === parentPid);
    let completed = event;
    if (isSame && begins) completed = fill(completed, this.own, onlyId(known.fields));
    else if (known !== undefined && !begins) completed = fill(completed, this.own, known.fields);
    completed = this.identify(completed, `${String(host)}-${String(pid)}`);
    if (parentPid !== null) {
      completed = fill(completed, this.parent, this.processes.get(`${String(host)}\n${String(parentPid)}`)?.fields);
    }
    if (begins || known === undefined) this.remember(key, completed, parentPid);
    if (isProcess && holds(this.readType(event), 'end')) this.processes.delete(key);
    return completed;
  }

  private identify(event: JsonObject, prefix: string): JsonObject {
    const time = scalarOf(this.readTime(event));
    return fill(event, this.own, new Map([['entity_id', `${prefix}-${String(time ?? '')}`]]));
  }

  private remember(key: string, event: JsonObject, parentPid: Scalar | null): void {
    const fields = new Map<string, JsonValue>();
    for (const { name, read } of this.own.fields) {
      const value = read(event);
      if (value !== undefined && value !== null) fields.set(name, value);
    }
    this.processes.delete(key);
    this.processes.set(key, { fields, parentPid });
    for (const oldest of oldestKeysBeyond(this.processes, MAX_PROCESSES)) this.processes.delete(oldest);
  }
}

function compileProcess(prefix: readonly string[]): ProcessReader {
  return {
    pid: compileFieldReader([...prefix, 'pid']),
    fields: OWN_FIELDS.map((name) => {
      const path = [...prefix, name];
      return { name, path, read: compileFieldReader(path) };
    }),
  };
}

function onlyId(fields: ReadonlyMap<string, JsonValue>): ReadonlyMap<string, JsonValue> {
  return new Map([...fields].filter(([name]) => name === 'entity_id'));
}

/** Sets what the event lacks. */
function fill(event: JsonObject, reader: ProcessReader, known: ReadonlyMap<string, JsonValue> | undefined): JsonObject {
  if (known === undefined) return event;
  let filled = event;
  for (const { name, path, read } of reader.fields) {
    const value = known.get(name);
    const present = read(filled);
    if (value !== undefined && (present === undefined || present === null)) filled = withField(filled, path, value);
  }
  return filled;
}

function scalarOf(value: JsonValue | undefined): Scalar | null {
  return value === undefined || typeof value === 'object' ? null : value;
}

function firstScalar(values: readonly (JsonValue | undefined)[]): Scalar | null {
  return values.map(scalarOf).find((value) => value !== null) ?? null;
}

function holds(value: JsonValue | undefined, text: string): boolean {
  return isJsonList(value) ? value.includes(text) : value === text;
}
