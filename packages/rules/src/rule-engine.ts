import {
  Engine,
  EventCoverage,
  FieldTable,
  compileQuery,
  matchedFields,
  type CompiledQuery,
  type CompileOptions,
  type CoverageFindings,
  type EvaluationProblem,
  type EventArrival,
  type EventLack,
  type FieldPath,
  type JsonObject,
  type LazyEvent,
  type MissingField,
  type QueryMatch,
  type Timestamp,
} from '@eqlkit/engine';
import type { Diagnostic } from '@eqlkit/language';
import type { Alert } from './alert/alert.js';
import { createAlert } from './alert/create-alert.js';
import { ruleIdentities } from './alert/rule-identities.js';
import type { ExceptionList } from './exception/exception-list.js';
import type { Rule } from './model/rule.js';
import { describeLookBack, withRuleConditions } from './scope/rule-conditions.js';
import { analyzeRule } from './rule-analysis.js';
import { createRuleGate, scopeLackOf, type RuleGateOptions, type ScopeLack } from './scope/rule-gate.js';

/** A rule that cannot run, with diagnostics whose spans point into its query. */
export interface BrokenRule {
  readonly rule: Rule;
  readonly diagnostics: readonly Diagnostic[];
}

/** A rule that no event could have matched. */
export interface UnmatchableRule {
  readonly rule: Rule;
  /**
   * What kept it from matching, at least one: that it saw no event at all, and fields and categories that it needs and that
   * no event had.
   */
  readonly lacks: readonly RuleLack[];
}

/** What keeps a rule from matching any event. */
export type RuleLack = EventLack | ScopeLack;

/** How often something kept a rule from looking at an event fully. */
export interface RuleProblemCount {
  readonly rule: Rule;
  readonly problem: EvaluationProblem;
  readonly count: number;
}

interface ProblemCount {
  /** Position of the rule among those that run. */
  readonly query: number;
  readonly problem: EvaluationProblem;
  readonly count: number;
}

/** What an engine that surveys has found beside the surveys, as plain data. */
export interface RuleFindings {
  /** Null if fields and categories are not watched. */
  readonly coverage: CoverageFindings | null;
  readonly problems: readonly ProblemCount[];
}

/** How rules are run. */
export interface RuleEngineOptions {
  /** Orders events of one timestamp, for rules that name no tiebreaker of their own. */
  readonly tiebreakerField?: string | undefined;
  /** What `now` means in dates of a query, in milliseconds since the epoch. */
  readonly nowMs?: number | undefined;
  /** Shows every rule every event, whatever its `index` says. */
  readonly ignoreIndex?: boolean | undefined;
  /** The name of the index that all events come from. Default: what each event says about it. */
  readonly indexName?: string | undefined;
  /** Watches which fields and categories the events have, for `unmatchable`. Default: no. */
  readonly watchCoverage?: boolean;
  /** Exceptions that rules may name. */
  readonly exceptionLists?: readonly ExceptionList[] | undefined;
  /**
   * Counts only events between each rule's `from` and `to`, seen from `nowMs`. Default: recorded events all count,
   * whenever they happened.
   */
  readonly lookBack?: boolean | undefined;
}

const NO_ALERTS: readonly Alert[] = [];

/** Runs rules over events that come in order of time, and gives alerts. */
export class RuleEngine {
  /** The rules that run. */
  readonly rules: readonly Rule[];
  /** The rules that do not, and why. */
  readonly broken: readonly BrokenRule[];
  private readonly identities: readonly string[];
  private readonly queries: readonly CompiledQuery[];
  private readonly engine: Engine;
  private readonly coverage: EventCoverage | null;
  private readonly scope: RuleGateOptions;
  /** The counts of problems that were taken as findings. */
  private readonly takenProblems = new Map<string, number>();
  private readonly addedProblems: ProblemCount[] = [];

  constructor(rules: readonly Rule[], options: RuleEngineOptions = {}) {
    const table = new FieldTable();
    const running: Rule[] = [];
    const broken: BrokenRule[] = [];
    const queries: CompiledQuery[] = [];
    for (const rule of rules) {
      const { query, diagnostics } = compileRule(rule, table, options);
      if (query === null) {
        broken.push({ rule, diagnostics });
      } else {
        running.push(rule);
        queries.push(query);
      }
    }
    this.rules = running;
    this.broken = broken;
    this.identities = ruleIdentities(running);
    this.queries = queries;
    const { ignoreIndex = false, indexName = null } = options;
    this.scope = { ignoreIndex, indexName };
    const gate = createRuleGate(running, this.scope);
    const fields = options.tiebreakerField === undefined ? [] : [options.tiebreakerField];
    this.coverage = options.watchCoverage === true ? new EventCoverage(queries, { gate, fields }) : null;
    this.engine = new Engine(queries, { gate, coverage: this.coverage });
  }

  /** Events that sequences left out because a later one had come before. */
  get lateEvents(): number {
    return this.engine.lateEvents;
  }

  /** The fields that the rules read, for those who give the engine a {@link LazyEvent}. */
  get fieldPaths(): readonly FieldPath[] {
    return this.engine.fieldPaths;
  }

  /** Whether `process` looks into an event, apart from its time, of which a `survey` has given no numbers. */
  get looksAtAll(): boolean {
    return this.engine.looksAtAll;
  }

  /**
   * Takes the next event, decoded or to be read field by field. Its timestamp is read from `@timestamp` unless it is
   * given.
   */
  process(event: JsonObject | LazyEvent, timestamp?: Timestamp, arrival?: EventArrival): readonly Alert[] {
    const matches = this.engine.process(event, timestamp, arrival);
    return matches.length === 0 ? NO_ALERTS : this.toAlerts(matches);
  }

  /**
   * Does the part of `process` that needs no other event, for engines that work for another one of the same rules. Gives
   * numbers for its `process`; what else was found is taken with `takeFindings`.
   *
   * @param ordinal - As in `EventArrival`.
   */
  survey(event: JsonObject | LazyEvent, ordinal?: number): readonly number[] {
    return this.engine.survey(event, ordinal);
  }

  /** What surveys have found since it was last taken, as plain data. */
  takeFindings(): RuleFindings {
    const problems = this.problemCounts().flatMap(({ query, problem, count }) => {
      const key = `${query} ${problem}`;
      const more = count - (this.takenProblems.get(key) ?? 0);
      this.takenProblems.set(key, count);
      return more === 0 ? [] : [{ query, problem, count: more }];
    });
    return { coverage: this.coverage?.takeFindings() ?? null, problems };
  }

  /** Takes over what another engine of the same rules has found. */
  addFindings({ coverage, problems }: RuleFindings): void {
    if (coverage !== null) this.coverage?.addFindings(coverage);
    this.addedProblems.push(...problems);
  }

  /** Says that no event before a time will come any more: what waited for that time is decided. */
  advanceTo(timestampMs: number): readonly Alert[] {
    return this.toAlerts(this.engine.advanceTo(timestampMs));
  }

  /** Says that no event will come any more. */
  finish(): readonly Alert[] {
    return this.toAlerts(this.engine.finish());
  }

  /** The rules that none of the events could have matched; known only with `watchCoverage`, and if there were events. */
  unmatchable(): readonly UnmatchableRule[] {
    return (this.coverage?.unmatchable() ?? []).flatMap(({ query, shutOut, lacks }) => {
      const rule = this.rules[query];
      if (rule === undefined) return [];
      return [{ rule, lacks: shutOut ? [scopeLackOf(rule, this.scope), ...lacks] : lacks }];
    });
  }

  /**
   * Fields that no event had but one of nearly the same name, and that only one branch of an `or` of a rule needs; known
   * under the conditions of `unmatchable`.
   */
  mistypedBranches(): readonly { readonly rule: Rule; readonly lack: MissingField }[] {
    const { coverage } = this;
    if (coverage === null) return [];
    const unmatchable = new Set(coverage.unmatchable().map(({ query }) => query));
    return this.rules.flatMap((rule, query) => {
      if (unmatchable.has(query)) return [];
      return coverage.idleFields(query).flatMap((lack) => (lack.similar === null ? [] : [{ rule, lack }]));
    });
  }

  /** The options' tiebreaker field if no event had it; known under the conditions of `unmatchable`. */
  missingTiebreaker(): MissingField | null {
    return this.coverage?.missingFields()[0] ?? null;
  }

  /** What kept rules from looking at events fully, and how often, beyond missing fields. */
  evaluationProblems(): readonly RuleProblemCount[] {
    const counts = new Map<string, RuleProblemCount>();
    // In an order that does not depend on what was found where.
    const found = [...this.problemCounts(), ...this.addedProblems].sort(compareProblems);
    for (const { query, problem, count } of found) {
      const rule = this.rules[query];
      const key = `${query} ${problem}`;
      if (rule !== undefined) counts.set(key, { rule, problem, count: count + (counts.get(key)?.count ?? 0) });
    }
    return [...counts.values()];
  }

  private problemCounts(): readonly ProblemCount[] {
    return this.queries.flatMap(({ plan: { problems } }, query) =>
      problems.size === 0 ? [] : [...problems].map(([problem, count]) => ({ query, problem, count })),
    );
  }

  /** Whether `unmatchable` has searched every event for every field, not a sample. */
  get coverageIsExact(): boolean {
    return this.coverage?.exact === true;
  }

  private toAlerts(matches: readonly QueryMatch[]): readonly Alert[] {
    return matches.flatMap(({ query, match }) => {
      const rule = this.rules[query];
      const compiled = this.queries[query];
      if (rule === undefined || compiled === undefined) return [];
      const fields = matchedFields(compiled, match);
      return [
        createAlert(
          rule,
          {
            joinKeys: match.keys,
            timestamp: match.timestamp,
            stages: match.stages.map(({ stage, missing, record }, place) => ({
              stage,
              missing,
              event: record?.event ?? null,
              matchedFields: fields[place] ?? [],
            })),
          },
          this.identities[query],
        ),
      ];
    });
  }
}

function compareProblems(a: ProblemCount, b: ProblemCount): number {
  return a.query - b.query || (a.problem < b.problem ? -1 : Number(a.problem > b.problem));
}

function compileRule(
  rule: Rule,
  fields: FieldTable,
  options: RuleEngineOptions,
): { query: CompiledQuery | null; diagnostics: readonly Diagnostic[] } {
  const analysis = analyzeRule(rule);
  if (analysis.query === null) return { query: null, diagnostics: analysis.diagnostics };
  const { exceptionLists = [], lookBack = false, nowMs } = options;
  const noTime = lookBack ? describeLookBack(rule) : null;
  if (noTime !== null) return { query: null, diagnostics: [noTime] };
  const query = withRuleConditions(analysis.query, rule, { exceptionLists, lookBack, nowMs });
  const compilation = compileQuery(query, { fields, ...compileOptionsOf(rule, options) });
  return { query: compilation.query, diagnostics: [...analysis.diagnostics, ...compilation.diagnostics] };
}

/** How the query of a rule is compiled: where the rule says that category, time and tiebreaker stand. */
export function compileOptionsOf(rule: Rule, options: RuleEngineOptions = {}): CompileOptions {
  const tiebreakerField = rule.tiebreakerField ?? options.tiebreakerField;
  return {
    ...(rule.eventCategoryOverride === null ? {} : { categoryField: rule.eventCategoryOverride }),
    ...(rule.timestampField === null ? {} : { timestampField: rule.timestampField }),
    ...(tiebreakerField === undefined ? {} : { tiebreakerField }),
    ...(options.nowMs === undefined ? {} : { nowMs: options.nowMs }),
  };
}
