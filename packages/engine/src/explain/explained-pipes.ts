import { printPipe, type PipeNode } from '@eqlkit/language';
import type { CompileContext } from '../compile/compile-context.js';
import { FieldTable } from '../event/field-table.js';
import type { LineageTrackers } from '../lineage/lineage-tracker.js';
import { eventsOf, type Match } from '../match.js';
import { createPipeMachine, type PipeMachine } from '../pipes/pipe-machine.js';
import type { PipePlan } from '../pipes/pipe-plan.js';
import { RowReader } from '../pipes/row-reader.js';
import { ConditionExplainer } from './condition-explainer.js';
import { StageCounter, type StageTally } from './stage-tally.js';

/** What a pipe made of the results that came to it. */
export interface ExplainedPipe {
  /** As a query would write it. */
  readonly text: string;
  readonly taken: number;
  readonly passed: number;
  /** For a `filter`: which of its conditions rejected how many; results are counted from 0 where events would be. */
  readonly filter: StageTally | null;
}

interface WatchedPipe {
  readonly text: string;
  readonly machine: PipeMachine;
  readonly filter: { readonly counter: StageCounter; readonly rows: RowReader } | null;
  results: number;
  taken: number;
  passed: number;
}

/** What it takes to make a condition of a filter explainable; compile it before the trackers are complete. */
interface FilterCondition {
  readonly explainer: ConditionExplainer;
  readonly fields: FieldTable;
}

/** Compiles the condition of a pipe that is a `filter`; null for any other. */
export function explainFilter(pipe: PipeNode, context: CompileContext): FilterCondition | null {
  const [condition] = pipe.arguments;
  if (pipe.name !== 'filter' || condition === undefined) return null;
  const fields = new FieldTable();
  return { explainer: new ConditionExplainer(condition, null, { ...context, fields }), fields };
}

/** Runs the pipes of a query and counts what each lets pass. */
export class PipeStories {
  private readonly pipes: readonly WatchedPipe[];

  /** `only` restricts what is counted to results with the event of that number, from 1. */
  constructor(
    nodes: readonly PipeNode[],
    plans: readonly PipePlan[],
    filters: readonly (FilterCondition | null)[],
    trackers: LineageTrackers,
    private readonly options: { readonly kept: number; readonly only: number | null },
  ) {
    this.pipes = plans.map((plan, place) => {
      const filter = filters[place] ?? null;
      return {
        text: nodes[place] === undefined ? plan.kind : printPipe(nodes[place]),
        machine: createPipeMachine(plan, trackers),
        filter:
          filter === null
            ? null
            : {
                counter: new StageCounter(filter.explainer, false, options.kept),
                rows: new RowReader([], filter.fields, trackers),
              },
        results: 0,
        taken: 0,
        passed: 0,
      };
    });
  }

  /** Sends matches through the pipes. */
  push(matches: readonly Match[]): readonly Match[] {
    return this.pipes.reduce((passing, pipe) => passing.flatMap((match) => this.pass(pipe, match)), matches);
  }

  /** Ends the pipes one after the other: what one held back still comes to those behind it. */
  finish(): readonly Match[] {
    return this.pipes.reduce<readonly Match[]>((passing, pipe) => {
      const passed = passing.flatMap((match) => this.pass(pipe, match));
      return [...passed, ...this.count(pipe, pipe.machine.finish())];
    }, []);
  }

  private pass(pipe: WatchedPipe, match: Match): readonly Match[] {
    if (this.isCounted(match)) {
      pipe.taken += 1;
      if (pipe.filter !== null) pipe.filter.counter.observe(pipe.filter.rows.load(match, pipe.results), () => true);
    }
    pipe.results += 1;
    return this.count(pipe, pipe.machine.push(match));
  }

  private count(pipe: WatchedPipe, passed: readonly Match[]): readonly Match[] {
    pipe.passed += passed.filter((match) => this.isCounted(match)).length;
    return passed;
  }

  private isCounted(match: Match): boolean {
    const { only } = this.options;
    return only === null || eventsOf(match).some(({ arrival }) => arrival === only - 1);
  }

  /** What the pipes did so far. */
  explain(): readonly ExplainedPipe[] {
    return this.pipes.map(({ text, taken, passed, filter }) => ({
      text,
      taken,
      passed,
      filter: filter?.counter.tally ?? null,
    }));
  }
}
