import type { EventView } from '../event/event-view.js';
import type { Match } from '../match.js';
import type { JsonValue } from '../values/value.js';
import type { QueryBody } from './query-body.js';
import type { BoundStage } from '../sequence/stage-test.js';

const NOTHING: readonly Match[] = [];

/** Finds the events of `category where condition`. Each event is judged on its own, so late ones do no harm. */
export class EventBody implements QueryBody {
  readonly needsClock = false;
  readonly needsOrder = false;

  constructor(private readonly stage: BoundStage) {}

  process(view: EventView): readonly Match[] {
    if (!this.stage.holds(view)) return NOTHING;
    const record = view.record();
    const stages = [{ stage: 0, missing: false, record }];
    return [{ kind: 'event', keys: [], stages, timestamp: record.timestamp, row: null }];
  }

  advanceTo(): readonly Match[] {
    return NOTHING;
  }

  finish(): readonly Match[] {
    return NOTHING;
  }

  snapshot(): JsonValue {
    return null;
  }

  restore(): void {
    // There is no state.
  }
}
