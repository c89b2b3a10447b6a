import type { EventDecoder, EventEncoder } from '../event/event-codec.js';
import { asList, SnapshotError, asObject } from '../event/event-codec.js';
import type { EventView } from '../event/event-view.js';
import { JoinMachine } from '../join/join-machine.js';
import type { LineageTracker, LineageTrackers } from '../lineage/lineage-tracker.js';
import type { Match } from '../match.js';
import { createPipeMachine, finishPipes, pushThrough, type PipeMachine } from '../pipes/pipe-machine.js';
import { SampleMachine } from '../sample/sample-machine.js';
import { SamplesByKey } from '../sample/samples-by-key.js';
import { SequenceMachine } from '../sequence/sequence-machine.js';
import type { StageBinder } from '../sequence/stage-test.js';
import type { Timestamp } from '../time/timestamp.js';
import type { JsonValue } from '../values/value.js';
import { EventBody } from './event-body.js';
import type { QueryBody } from './query-body.js';
import type { BodyPlan, QueryPlan } from './query-plan.js';

/** One query while it runs: its body, its pipes and the process trees that it asks. */
export class QueryMachine {
  private readonly body: QueryBody;
  private readonly pipes: readonly PipeMachine[];
  /** The sources of what its conditions ask about process trees. Its owner shows them every event first. */
  readonly trackers: readonly LineageTracker[];

  /** `bind` says how each stage's condition is decided; `trackers` holds the process trees of all queries of the run. */
  constructor(plan: QueryPlan, bind: StageBinder, trackers: LineageTrackers) {
    this.trackers = plan.lineage.flatMap((lineage) => trackers.get(lineage) ?? []);
    this.body = createBody(plan.body, bind);
    this.pipes = plan.pipes.map((pipe) => createPipeMachine(pipe, trackers));
  }

  /** Whether the passing of time alone can give a match. */
  get needsClock(): boolean {
    return this.body.needsClock;
  }

  /** Whether an event that comes behind a later one must be kept from it. */
  get needsOrder(): boolean {
    return this.body.needsOrder;
  }

  process(view: EventView): readonly Match[] {
    return this.through(this.body.process(view));
  }

  /** Frees some of what is too old to matter at a time, so many things at most. */
  expire(now: Timestamp, most: number): void {
    this.body.expire?.(now, most);
  }

  advanceTo(now: Timestamp): readonly Match[] {
    return this.through(this.body.advanceTo(now));
  }

  finish(): readonly Match[] {
    return [...this.through(this.body.finish()), ...finishPipes(this.pipes)];
  }

  private through(matches: readonly Match[]): readonly Match[] {
    return this.pipes.length === 0 ? matches : pushThrough(this.pipes, matches);
  }

  snapshot(encoder: EventEncoder): JsonValue {
    return {
      body: this.body.snapshot(encoder),
      pipes: this.pipes.map((pipe) => pipe.snapshot(encoder)),
      lineage: this.trackers.map((tracker) => tracker.snapshot()),
    };
  }

  restore(state: JsonValue | undefined, decoder: EventDecoder): void {
    const { body, pipes, lineage } = asObject(state);
    const pipeStates = asList(pipes);
    const lineageStates = asList(lineage);
    if (pipeStates.length !== this.pipes.length || lineageStates.length !== this.trackers.length) {
      throw new SnapshotError('it was made for another query');
    }
    this.body.restore(body ?? null, decoder);
    this.pipes.forEach((pipe, index) => pipe.restore(pipeStates[index] ?? null, decoder));
    this.trackers.forEach((tracker, index) => {
      tracker.restore(lineageStates[index]);
    });
  }
}

function createBody(plan: BodyPlan, bind: StageBinder): QueryBody {
  switch (plan.kind) {
    case 'event':
      return new EventBody(bind(plan.stage));
    case 'sequence':
      return new SequenceMachine(plan, bind);
    case 'join':
      return new JoinMachine(plan, bind);
    case 'sample': {
      const machine = new SampleMachine(plan, bind);
      return plan.ordered ? new SamplesByKey(machine) : machine;
    }
  }
}
