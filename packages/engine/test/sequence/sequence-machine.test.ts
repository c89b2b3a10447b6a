import { parseTimestamp } from '@eqlkit/engine';
import { expect, it } from 'vitest';
import { EventView } from '../../src/event/event-view.js';
import { SequenceMachine } from '../../src/sequence/sequence-machine.js';
import { bindAlone } from '../../src/sequence/stage-test.js';
import { compile, idsOf, makeEvent } from '../run-query.js';

/** A machine that holds two keys at most, and sends it an event; its time is its id in milliseconds. */
function startMachine(query: string) {
  const { plan, fields } = compile(query);
  if (plan.body.kind !== 'sequence') throw new Error('not a sequence');
  const machine = new SequenceMachine(plan.body, bindAlone, null, 2);
  const view = new EventView(fields);
  const send = (id: number, category: string, k: string): readonly unknown[] => {
    const event = makeEvent(id, { 'event.category': category, k });
    view.load(event, parseTimestamp(id) ?? { ms: 0, ns: 0 }, id);
    return machine.process(view).map(idsOf);
  };
  return { machine, plan, send };
}

it('forgets the sequences that wait for a missing event first if too many do, and counts them', () => {
  const { machine, plan, send } = startMachine('sequence by k with maxspan=10ms [x where true] ![y where true]');
  for (const [id, key] of ['a', 'b', 'c'].entries()) expect(send(id, 'x', key)).toEqual([]);
  expect(send(3, 'y', 'b')).toEqual([]);
  // Of a nothing is known any more, b was spoiled.
  expect(send(20, 'z', 'c')).toEqual([[2, -1]]);
  expect(machine.finish().map(idsOf)).toEqual([]);
  expect(plan.problems.get('too-many-pending-keys')).toBe(1);
});

it('forgets of which keys a missing event was seen if there are too many, and counts them', () => {
  const { plan, send } = startMachine('sequence by k with maxspan=10ms ![y where true] [x where true]');
  for (const [id, key] of ['a', 'b', 'c'].entries()) expect(send(id, 'y', key)).toEqual([]);
  expect(send(3, 'x', 'a')).toEqual([[-1, 3]]);
  expect(send(4, 'x', 'b')).toEqual([]);
  expect(send(5, 'x', 'c')).toEqual([]);
  expect(plan.problems.get('too-many-pending-keys')).toBe(1);
});

it('forgets the join keys that were begun first if too many are in flight, and counts them', () => {
  const { machine, plan, send } = startMachine('sequence by k [x where true] [y where true]');
  for (const [id, key] of ['a', 'b', 'b', 'c', 'd'].entries()) expect(send(id, 'x', key)).toEqual([]);
  expect(machine.pendingKeys).toBe(2);
  expect(send(5, 'y', 'a')).toEqual([]);
  expect(send(6, 'y', 'b')).toEqual([]);
  expect(send(7, 'y', 'c')).toEqual([[3, 7]]);
  expect(send(8, 'y', 'd')).toEqual([[4, 8]]);
  expect(plan.problems.get('too-many-pending-keys')).toBe(2);
});
