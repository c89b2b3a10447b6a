import { parseTimestamp } from '@eqlkit/engine';
import { expect, it } from 'vitest';
import { EventView } from '../../src/event/event-view.js';
import { SequenceMachine } from '../../src/sequence/sequence-machine.js';
import { bindAlone } from '../../src/sequence/stage-test.js';
import { compile, idsOf, makeEvent } from '../run-query.js';

it('forgets the join keys that were begun first if too many are in flight, and counts them', () => {
  const { plan, fields } = compile('sequence by k [x where true] [y where true]');
  if (plan.body.kind !== 'sequence') throw new Error('not a sequence');
  const machine = new SequenceMachine(plan.body, bindAlone, null, 2);
  const view = new EventView(fields);
  const send = (id: number, category: string, k: string): readonly unknown[] => {
    const event = makeEvent(id, { 'event.category': category, k });
    view.load(event, parseTimestamp(id) ?? { ms: 0, ns: 0 }, id);
    return machine.process(view).map(idsOf);
  };
  for (const [id, key] of ['a', 'b', 'b', 'c', 'd'].entries()) expect(send(id, 'x', key)).toEqual([]);
  expect(machine.pendingKeys).toBe(2);
  expect(send(5, 'y', 'a')).toEqual([]);
  expect(send(6, 'y', 'b')).toEqual([]);
  expect(send(7, 'y', 'c')).toEqual([[3, 7]]);
  expect(send(8, 'y', 'd')).toEqual([[4, 8]]);
  expect(plan.problems.get('too-many-pending-keys')).toBe(2);
});
