import type { EventDecoder, EventEncoder } from '../event/event-codec.js';
import type { LineageTrackers } from '../lineage/lineage-tracker.js';
import type { Match } from '../match.js';
import type { JsonValue } from '../values/value.js';
import { FilterPipe } from './filter-pipe.js';
import { HeadPipe } from './head-pipe.js';
import type { PipePlan } from './pipe-plan.js';
import { RowReader } from './row-reader.js';
import { CountPipe, UniqueCountPipe } from './count-pipes.js';
import { SortPipe } from './sort-pipe.js';
import { TailPipe } from './tail-pipe.js';
import { TallyPipe } from './tally-pipe.js';
import { UniquePipe } from './unique-pipe.js';

/** A running pipe: it takes matches one by one and gives what passes. */
export interface PipeMachine {
  push(match: Match): readonly Match[];
  /** The matches that had to wait for the end. */
  finish(): readonly Match[];
  snapshot(encoder: EventEncoder): JsonValue;
  restore(state: JsonValue, decoder: EventDecoder): void;
}

/** Starts a pipe, whose conditions may ask about process trees. */
export function createPipeMachine(plan: PipePlan, trackers: LineageTrackers): PipeMachine {
  switch (plan.kind) {
    case 'head':
      return new HeadPipe(plan.count);
    case 'tail':
      return new TailPipe(plan.count);
    case 'tally':
      return new TallyPipe(plan.tally);
    case 'filter':
      return new FilterPipe(plan.predicate, new RowReader([], plan.fields, trackers));
    case 'unique':
      return new UniquePipe(new RowReader(plan.expressions, plan.fields, trackers));
    case 'sort':
      return new SortPipe(new RowReader(plan.expressions, plan.fields, trackers));
    case 'count':
      return new CountPipe(new RowReader(plan.expressions, plan.fields, trackers));
    case 'unique_count':
      return new UniqueCountPipe(new RowReader(plan.expressions, plan.fields, trackers));
  }
}

/** Sends matches through pipes, and what comes out of each into the next. */
export function pushThrough(pipes: readonly PipeMachine[], matches: readonly Match[]): readonly Match[] {
  let passing = matches;
  for (const pipe of pipes) {
    if (passing.length === 0) return passing;
    passing = passing.flatMap((match) => pipe.push(match));
  }
  return passing;
}

/** Ends pipes one after the other: what one held back still passes those behind it. */
export function finishPipes(pipes: readonly PipeMachine[]): readonly Match[] {
  return pipes.reduce<readonly Match[]>((passing, pipe) => {
    const passed = passing.flatMap((match) => pipe.push(match));
    return [...passed, ...pipe.finish()];
  }, []);
}
