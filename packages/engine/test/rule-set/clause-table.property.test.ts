import { analyzeQuery, DIALECTS } from '@eqlkit/language';
import { compileQuery, FieldTable, type JsonObject } from '@eqlkit/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventView } from '../../src/event/event-view.js';
import type { StagePlan } from '../../src/plan/query-plan.js';
import type { CandidateSink } from '../../src/rule-set/candidate-sink.js';
import { ClauseTable } from '../../src/rule-set/clause-table.js';
import { ConditionGraph } from '../../src/rule-set/condition-graph.js';
import { IndexedStage, type Candidate } from '../../src/rule-set/indexed-stage.js';
import { PartialOutcome } from '../../src/rule-set/partial-outcome.js';
import { eventArbitrary, queryArbitrary, type GeneratedQuery } from './query-arbitrary.js';

const SEED = 20_261_124;

const LONG_TEXT = `cmd.exe ${'x'.repeat(600)}`;

/** The stages of event queries, with the graph of their conditions and the table of all of them. */
class TableAtWork {
  readonly plans: StagePlan[] = [];
  private readonly fields = new FieldTable();
  private readonly graph = new ConditionGraph();
  private readonly stages: IndexedStage[] = [];
  private readonly table: ClauseTable;
  private readonly view: EventView;

  /** All that is known is what the first event holds in one field. */
  constructor(queries: readonly GeneratedQuery[], first: JsonObject) {
    for (const { text, options } of queries) {
      const { query } = analyzeQuery(text, options);
      const compiled = query === null ? null : compileQuery(query, { ...options, fields: this.fields }).query;
      const body = compiled?.plan.body;
      if (body?.kind !== 'event') continue;
      const { conditions, open } = this.graph.addStage(body.stage, options.dialect ?? DIALECTS.elasticsearch);
      this.plans.push(body.stage);
      this.stages.push(new IndexedStage(this.stages.length, conditions, open));
    }
    const known = this.fields.place('event.category', ['event', 'category'], null);
    this.view = new EventView(this.fields);
    this.load(first);
    const candidates = this.stages.map((stage) => ({ stage, open: stage.conditions, late: stage.open }));
    const outcome = new PartialOutcome(this.graph, new Set([known]));
    this.table = new ClauseTable(candidates, outcome, this.graph, this.view);
  }

  private load(event: JsonObject): void {
    this.view.load(event, { ms: 0, ns: 0 }, 0);
    this.graph.begin(this.view);
  }

  /** The numbers of the stages that hold, or null if the table leaves the event to others. */
  find(event: JsonObject, asksLate: boolean, wanted: (stage: number) => boolean): readonly number[] | null {
    this.load(event);
    const found: number[] = [];
    const sink: CandidateSink = {
      asksLate,
      wants: ({ number }) => wanted(number),
      accept: ({ number }) => found.push(number),
      attempt: ({ stage, open, late }: Candidate) => {
        if (this.graph.allHold(open) && (!asksLate || this.graph.allHold(late))) found.push(stage.number);
      },
    };
    return this.table.find(this.view, sink) ? found : null;
  }

  /** The numbers of the stages that hold, each asked on its own. */
  expected(event: JsonObject, asksLate: boolean, wanted: (stage: number) => boolean): readonly number[] {
    this.load(event);
    const holds = ({ conditions, number }: IndexedStage): boolean =>
      asksLate
        ? this.plans[number]?.predicate.test(this.view) === true
        : conditions.every((condition) => condition.test(this.view));
    return this.stages.filter((stage) => wanted(stage.number) && holds(stage)).map(({ number }) => number);
  }
}

describe('ClauseTable', () => {
  const queries = fc.array(queryArbitrary, { minLength: 10, maxLength: 60, size: 'max' });
  const events = fc.array(eventArbitrary, { minLength: 1, maxLength: 20, size: 'max' });

  it(`finds the stages of which the conditions hold, however often it is asked (seed ${SEED})`, () => {
    let asked = 0;
    let held = 0;
    fc.assert(
      fc.property(queries, events, fc.boolean(), fc.nat({ max: 3 }), (generated, distinct, asksLate, share) => {
        const [first = {}] = distinct;
        const work = new TableAtWork(generated, first);
        const categoryOf = (event: JsonObject): string => JSON.stringify(event['event.category']);
        const alike = distinct.filter((event) => categoryOf(event) === categoryOf(first));
        const wanted = (stage: number): boolean => stage % 4 !== share;
        // What is remembered of the first time must serve the second one.
        for (const event of [...alike, ...alike.toReversed(), ...alike]) {
          const expected = work.expected(event, asksLate, wanted);
          expect(work.find(event, asksLate, wanted)).toEqual(expected);
          asked += work.plans.length;
          held += expected.length;
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
    expect(asked).toBeGreaterThan(30_000);
    expect(held).toBeGreaterThan(3_000);
  });

  it('leaves an event with a very long text to others, as problems are counted for it', () => {
    const text = 'process where process.command_line regex "[a-z]+\\\\.exe" and process.name != "x"';
    const event = (line: string): JsonObject => ({ event: { category: 'process' }, process: { command_line: line } });
    const work = new TableAtWork([{ text, options: { dialect: DIALECTS.elasticsearch } }], event('cmd.exe'));
    expect(work.find(event('cmd.exe'), true, () => true)).toEqual([0]);
    expect(work.find(event(LONG_TEXT), true, () => true)).toBeNull();
    expect(work.find(event('cmd'), true, () => true)).toEqual([]);
  });
});
