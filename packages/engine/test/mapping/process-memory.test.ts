import { describe, expect, it } from 'vitest';
import { ProcessMemory } from '../../src/mapping/process-memory.js';
import type { JsonObject } from '../../src/values/value.js';

function start(pid: number, parent: number, executable: string, more: JsonObject = {}): JsonObject {
  return {
    '@timestamp': `t${String(pid)}-${executable}`,
    host: { id: 'h' },
    event: { category: ['process'], type: ['start'] },
    process: { pid, parent: { pid: parent }, executable, ...more },
  };
}

function connect(pid: number, host = 'h'): JsonObject {
  return { host: { id: host }, event: { category: ['network'], type: ['start'] }, process: { pid } };
}

function processOf(event: JsonObject): JsonObject {
  return event['process'] as JsonObject;
}

describe('what is remembered of processes', () => {
  it('tells the parent of a process, and the process of a connection', () => {
    const memory = new ProcessMemory();
    const parent = memory.complete(start(1, 0, '/bin/session'));
    const child = memory.complete(start(2, 1, '/bin/sh', { args: ['sh', '-c'] }));
    expect(processOf(child)['parent']).toMatchObject({
      pid: 1,
      executable: '/bin/session',
      entity_id: processOf(parent)['entity_id'],
    });
    const connection = memory.complete(connect(2));
    expect(processOf(connection)).toMatchObject({
      executable: '/bin/sh',
      args: ['sh', '-c'],
      entity_id: processOf(child)['entity_id'],
    });
  });

  it('keeps what an event says itself', () => {
    const memory = new ProcessMemory();
    memory.complete(start(2, 1, '/bin/sh', { entity_id: 'own' }));
    const event = { ...connect(2), process: { pid: 2, executable: '/bin/other' } };
    expect(processOf(memory.complete(event))).toMatchObject({ executable: '/bin/other', entity_id: 'own' });
  });

  it('takes a process that runs another program for the same one, and another parent for another process', () => {
    const memory = new ProcessMemory();
    const first = processOf(memory.complete(start(2, 1, '/bin/sh')))['entity_id'];
    expect(processOf(memory.complete(start(2, 1, '/bin/curl')))['entity_id']).toBe(first);
    expect(processOf(memory.complete(connect(2)))).toMatchObject({ executable: '/bin/curl', entity_id: first });
    expect(processOf(memory.complete(start(2, 9, '/bin/other')))['entity_id']).not.toBe(first);
  });

  it('forgets a process that ends, and tells hosts apart', () => {
    const memory = new ProcessMemory();
    memory.complete(start(2, 1, '/bin/sh'));
    expect(processOf(memory.complete(connect(2, 'other')))['executable']).toBeUndefined();
    memory.complete({ ...start(2, 1, '/bin/sh'), event: { category: ['process'], type: ['end'] } });
    expect(processOf(memory.complete(connect(2)))['executable']).toBeUndefined();
  });

  it('learns from processes that ran before, and leaves events without a process alone', () => {
    const memory = new ProcessMemory();
    const seen = { ...start(5, 1, '/sbin/init'), event: { category: ['process'], type: ['info'] } };
    memory.complete(seen);
    expect(processOf(memory.complete(start(6, 5, '/bin/x')))['parent']).toMatchObject({ executable: '/sbin/init' });
    const other = { event: { category: ['file'] } };
    expect(memory.complete(other)).toBe(other);
  });
});
